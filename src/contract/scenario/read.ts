import { accepted, refused } from "../judge.ts";
import { ask, type Run } from "../run.ts";
import { unknownId } from "../values.ts";

/** A handler that a list had, read by its id; and one that nobody has. */
export async function read(run: Run): Promise<void> {
  const { model } = run;
  const operation = model.operations.read;
  if (operation === undefined) return;
  const { id } = model.names;
  const listed = run.readings.flatMap((it) => it.content?.items ?? []).find((it) => Number.isInteger(it[id]));
  if (!run.write && listed !== undefined) {
    const expect = accepted(model, operation, "ensure_resource_availability");
    const call = { purpose: "a handler that the list has", operation, id: Number(listed[id]), expect };
    run.reads.push({ exchange: await ask(run, call), listed });
  }
  const expect = refused(model, operation, 404, "unknown_resource");
  await ask(run, { purpose: "a handler that does not exist", operation, id: unknownId, expect });
}
