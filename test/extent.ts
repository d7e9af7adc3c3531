/**
 * How much the tests try. `npm test` tries each behaviour; `npm run test:all` also tries each on every instance, with every fault, for as
 * long as it takes; `npm run test:quick` leaves out what takes long. A variable of its own asks for more of one thing.
 */
const { TESTS: extent } = process.env;

/** Whether this is `npm run test:quick`: a few stand for many, too, where many take longer than people wait. */
export const isQuick = extent === "quick";

/** Whether all of something is tried, which takes long: by `npm run test:all`, or by this variable. */
export function triesAll(variable: string): boolean {
  const value = process.env[variable] ?? "";
  return extent === "all" || value === "all" || value === "1";
}

/** How often something is tried: what the variable says, or else what is usual, or enough for a night. */
export function timesOf(variable: string, { usual, all }: { usual: number; all: number }): number {
  const value = process.env[variable];
  return value === undefined || value === "" ? (extent === "all" ? all : usual) : Number(value);
}
