import { randomBytes } from "node:crypto";

/** What the names of all handlers that the checks create begin with. */
export const marker = "contract-test";

export const runPattern = "[0-9a-z]{8,9}-[0-9a-f]{8}";
const namePattern = new RegExp(`^${marker} (${runPattern})(?: |$)`);

/** A new run's id: when it began, in base 36 milliseconds, and a random part. */
export function newRunId(now: number): string {
  return `${now.toString(36)}-${randomBytes(4).toString("hex")}`;
}

/** When a run began, in milliseconds since 1970. */
export function startOf(runId: string): number {
  return Number.parseInt(runId.split("-", 1)[0] ?? "", 36);
}

/** The run that gave a handler its name; undefined for a name that no run gave. */
export function runOf(name: unknown): string | undefined {
  return typeof name === "string" ? namePattern.exec(name)?.[1] : undefined;
}

/** The name of a handler: the marker, the run, a number, and perhaps a text that is hard to keep. */
export function nameOf(runId: string, number: number, text?: string): string {
  return [marker, runId, number, ...(text === undefined ? [] : [text])].join(" ");
}
