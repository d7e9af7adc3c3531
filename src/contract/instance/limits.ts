import { familyName, instanceEntry, type Model } from "../../description/index.ts";

/** Why nothing may be created on an instance: it could not be deleted. Undefined if creating is safe. */
export function whyReadsOnly({ description: { name }, operations }: Model): string | undefined {
  if (operations.create === undefined)
    return `Nothing is created: ${name} has no operation to create a handler.`;
  return operations.delete === undefined
    ? `Nothing is created: ${name} has no operation to delete what would come of it.`
    : undefined;
}

/** A type that the family has and this instance lacks; undefined if the instance may have any type. */
export function lackingType({ open, types }: Model): string | undefined {
  return open ? undefined : instanceEntry(familyName).types.find((it) => !types.includes(it));
}
