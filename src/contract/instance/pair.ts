export type Pair = readonly [name: string, value: string];
