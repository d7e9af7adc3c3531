/** Why a run could not continue. */
export type StopReason =
  | "unreachable"
  | "timeouts"
  | "rate-limit"
  | "outage"
  | "aborted"
  | "key-refused"
  | "not-found"
  | "budget"
  | "volume"
  | "journal";

/** The run can't continue: the instance does not answer or accepts no more requests, or a person stopped it. */
export class RunStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, message: string) {
    super(message);
    this.name = "RunStopped";
    this.reason = reason;
  }
}
