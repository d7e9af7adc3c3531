import { accepted, refused } from "../judge.ts";
import { ask, type Run } from "../run.ts";
import { unknownId } from "../values.ts";

/** A handler that the list has, read by its id; and one that nobody has. */
export async function read(run: Run): Promise<void> {
  const { model } = run;
  const operation = model.operations.read;
  const listed = run.readings[0]?.content?.items[0]?.[model.names.id];
  if (!run.write && typeof listed === "number") {
    const expect = accepted(operation, "ensure_resource_availability");
    run.reads.push(await ask(run, { purpose: "a handler that the list has", operation, id: listed, expect }));
  }
  const expect = refused(model, operation, 404, "unknown_resource");
  await ask(run, { purpose: "a handler that does not exist", operation, id: unknownId, expect });
}
