/** A form field or query parameter, as sent. */
export type Pair = readonly [name: string, value: string];
