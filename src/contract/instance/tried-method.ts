import type { Model } from "../../description/index.ts";

/** The operation at whose URL an undocumented method is tried. */
export function triedWithMethod({ operations: { update, delete: remove } }: Pick<Model, "operations">) {
  return update ?? remove;
}
