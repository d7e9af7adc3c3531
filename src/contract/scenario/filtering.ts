import type { Parameter } from "../../description/index.ts";
import type { Pair } from "../instance/index.ts";
import { type Alternative, type Filtering, type Resource, type Run, readList } from "../run/index.ts";
import type { Order } from "./orders.ts";
import { nextSize } from "./pages.ts";

interface Filter extends Pick<Filtering, "check" | "belongs" | "sentence" | "pointer"> {
  readonly subject?: string | undefined;
  readonly filters: readonly Pair[];
  readonly order?: Order | undefined;
  readonly alternatives?: readonly Alternative[];
  readonly statements?: readonly string[];
}

/** Reads the first page of a filtered list, and notes what it should hold. */
export async function filter(run: Run, { filters, order, ...wanted }: Filter): Promise<void> {
  const sent = [...filters, ...(order?.filters ?? [])];
  const purpose = `the list with ${sent.map(([name, value]) => `${name}=${value}`).join(" and ")}`;
  const isFine = (items: readonly Resource[]) => items.every(wanted.belongs);
  const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters: sent, isFine });
  run.filterings.push({ subject: undefined, alternatives: [], statements: [], ...wanted, reading });
  if (order !== undefined) run.orderings.push({ ...order, reading });
}

/** The list without the filter's effect, as an alternative. Only possible if the whole account is known. */
export function ignored({ everything }: Run, { pointer }: Parameter): Alternative[] {
  return everything === undefined ? [] : [{ pointer, belongs: () => true }];
}
