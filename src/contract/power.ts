export interface PowerResult {
  readonly fault: string;
  readonly instance: string;
  readonly caught: boolean;
  readonly others: readonly string[];
}
export async function measurePower(
  _i: readonly string[],
  _f: (x: { fault: string; instance: string }) => void,
): Promise<PowerResult[]> {
  return [];
}
export function powerTable(_r: readonly PowerResult[]): string {
  return "";
}
