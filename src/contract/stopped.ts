/** Why a run could not go on. */
export type StopReason =
  | "unreachable"
  | "timeouts"
  | "rate-limit"
  | "outage"
  | "aborted"
  | "key-refused"
  | "budget"
  | "volume"
  | "journal";

/** The run can't go on: the instance does not answer or wants no more requests, or a person stopped it. */
export class RunStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, message: string) {
    super(message);
    this.name = "RunStopped";
    this.reason = reason;
  }
}
