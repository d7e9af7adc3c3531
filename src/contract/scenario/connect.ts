import { accepted } from "../judge.ts";
import { type Run, readList } from "../run.ts";
import { RunStopped } from "../transport.ts";

/** The first request: whether anybody is there, whether the key is good, and what the list is without any parameter. */
export async function connect(run: Run): Promise<void> {
  const { exchange } = await readList(run, {
    purpose: "the list without parameters",
    expect: { ...accepted(run.model, run.model.operations.list), accountDecides: true },
  });
  const { outcome } = exchange;
  if (outcome.kind === "failure" && outcome.reason === "unreachable") {
    throw new RunStopped("unreachable", outcome.message);
  }
  if (outcome.kind === "answer" && (outcome.status === 401 || outcome.status === 403)) {
    throw new RunStopped("key-refused", `The instance refuses this key: ${outcome.status} for the list.`);
  }
}
