import { randomBytes } from "node:crypto";

/** The prefix of the names of all handlers that the checks create. */
export const marker = "contract-test";

/** The pattern of run ids: base 36, a hyphen, eight hexadecimal digits. */
export const runPattern = "[0-9a-z]{8,9}-[0-9a-f]{8}";
const namePattern = new RegExp(`^${marker} (${runPattern})(?: |$)`);

/** A new run's id: its start in milliseconds, in base 36, and a random part. */
export function newRunId(now: number): string {
  return `${now.toString(36)}-${randomBytes(4).toString("hex")}`;
}

/** When a run began, in milliseconds since 1970. */
export function startOf(runId: string): number {
  return Number.parseInt(runId.split("-", 1)[0] ?? "", 36);
}

/** The run in a handler's name; undefined if no run made the name. */
export function runOf(name: unknown): string | undefined {
  return typeof name === "string" ? namePattern.exec(name)?.[1] : undefined;
}

/** The name of a handler: the marker, the run, a number, and perhaps a text that servers often damage. */
export function nameOf(runId: string, number: number, text?: string): string {
  return [marker, runId, number, ...(text === undefined ? [] : [text])].join(" ");
}
