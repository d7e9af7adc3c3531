import { accepted } from "../judging/index.ts";
import { type Run, readList } from "../run/index.ts";
import { RunStopped } from "../stopped.ts";
import { isOwnRefusal } from "../wire/index.ts";

/** The first request: is the instance there, is the key valid, and what is the list without parameters. */
export async function connect(run: Run): Promise<void> {
  const { exchange } = await readList(run, {
    purpose: "the list without parameters",
    expect: { ...accepted(run.model, run.model.operations.list), accountDecides: true },
  });
  const { outcome } = exchange;
  if (run.transport.stopped !== undefined) throw run.transport.stopped;
  // A firewall's page may concern this request only: the next one tells.
  if (outcome.kind === "answer" && (outcome.status === 401 || outcome.status === 403) && !exchange.sign) {
    throw isOwnRefusal(outcome)
      ? new RunStopped(
          "key-refused",
          `The instance refuses the API key: it answers ${outcome.status} to a request for the list.`,
        )
      : new RunStopped(
          "outage",
          `Something in front of the API, such as a firewall, refuses the request: ${outcome.status}.`,
        );
  }
}
