import { unknownId } from "../instance/index.ts";
import { accepted, refused } from "../judging/index.ts";
import { ask, conclude, type Run, readList } from "../run/index.ts";
import type { Exchange } from "../wire/index.ts";

/** Reads a handler of the list by its id, and one that does not exist. */
export async function read(run: Run): Promise<void> {
  const { model } = run;
  const operation = model.operations.read;
  if (operation === undefined) return;
  const { id } = model.names;
  const listed = run.readings.flatMap((it) => it.content?.items ?? []).find((it) => Number.isInteger(it[id]));
  if (!run.write && listed !== undefined) {
    const expect = accepted(model, operation, "ensure_resource_availability");
    const call = { purpose: "a read of a listed handler", operation, id: Number(listed[id]), expect };
    const exchange = await run.transport.send(call);
    if (isMissing(exchange) && !(await isStillListed(run, call.id)))
      run.ledger.cannot({ check: expect.check, operation }, "another client deleted the handler meanwhile");
    else {
      conclude(run, exchange);
      run.reads.push({ exchange, listed });
    }
  }
  const expect = refused(model, operation, 404, "unknown_resource");
  await ask(run, { purpose: "a read of a handler that does not exist", operation, id: unknownId, expect });
}

function isMissing({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && outcome.status === 404;
}

/** Whether the list still has a handler. True if that can't be known. */
async function isStillListed(run: Run, id: number): Promise<boolean> {
  if (!run.transport.mayRepeat) return true;
  const { model } = run;
  const purpose = "the list, for a handler that could not be read,";
  const { content } = await readList(run, { purpose, page: 1, size: model.sizes.at(-1), again: true });
  return content === undefined || content.items.some((it) => it[model.names.id] === id);
}
