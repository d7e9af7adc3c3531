import { checks as allChecks, type Check } from "../checks/index.ts";

/** The checks with these names, or all. Throws UnknownCheckError. */
export function chosenChecks(only: readonly string[] | undefined): readonly Check[] {
  if (only === undefined || only.length === 0) return allChecks;
  const unknown = only.find((name) => !allChecks.some((it) => it.name === name));
  if (unknown !== undefined) throw new UnknownCheckError(unknown);
  return allChecks.filter((it) => only.includes(it.name));
}

/** There is no check with this name. */
export class UnknownCheckError extends Error {
  constructor(name: string) {
    super(`Unknown check ${JSON.stringify(name)}: --list names them all.`);
    this.name = "UnknownCheckError";
  }
}
