/**
 * How much the tests try. `npm test` tries each behaviour once. `npm run test:all` also tries each on every instance and with every fault.
 * `npm run test:quick` leaves out what takes long. A variable of its own asks for more of one thing.
 */
const { TESTS: scope } = process.env;

/** Whether this is `npm run test:quick`. Some tests then try a few cases only. */
export const isQuick = scope === "quick";

/** Whether to try all cases of something, which takes long: in `npm run test:all`, or when this variable says so. */
export function triesAll(variable: string): boolean {
  const value = process.env[variable] ?? "";
  return scope === "all" || value === "all" || value === "1";
}

/** How often to try something: as often as the variable says, otherwise `usual`, or `all` in `npm run test:all`. */
export function timesOf(variable: string, { usual, all }: { usual: number; all: number }): number {
  const value = process.env[variable];
  return value === undefined || value === "" ? (scope === "all" ? all : usual) : Number(value);
}
