import { familyName, instanceEntry, type Model } from "../../description/index.ts";

/** Why nothing may be created on an instance: what would come of it could not be removed. Undefined where it may. */
export function whyReadsOnly({ description: { name }, operations }: Model): string | undefined {
  if (operations.create === undefined)
    return `Nothing is created: ${name} has no operation to create a handler.`;
  return operations.delete === undefined
    ? `Nothing is created: ${name} has no operation to delete what would come of it.`
    : undefined;
}

/** A type that the family has and this instance lacks; undefined where it may have any. */
export function lackingType({ open, types }: Model): string | undefined {
  return open ? undefined : instanceEntry(familyName).types.find((it) => !types.includes(it));
}
