import { type Model, type Operation, step } from "../../description/index.ts";
import { type Place, placesOf } from "./check.ts";

/** The place of an operation; empty if the instance does not have it. */
export function at(
  operation: Operation | undefined,
  pointer: (operation: Operation) => string,
  subject?: string,
): Place[] {
  return placesOf([operation], pointer).map((place) =>
    subject === undefined ? place : { ...place, subject },
  );
}

/** Pointer to the form of an update. */
export function updateBody(operation: Operation): string {
  return step(operation.pointer, "requestBody");
}

/** Pointer to the settings of handlers of a type; to handlers as such if the contract states none. */
export function settingsPointer(model: Model, type: string): string {
  return (
    model.roles.resource.byValue.get(type)?.properties.get(model.names.settings)?.pointer ??
    model.roles.resource.pointer
  );
}

/** Pointer to the description of a property, which states its meaning; its `x-evidence` may say that the meaning is inferred. */
export function propertyPointer(model: Pick<Model, "roles">, role: "name" | "created" | "changed"): string {
  const pointer = model.roles.schemas.get(role)?.pointer ?? model.roles.resource.pointer;
  return role === "name" ? pointer : step(pointer, "description");
}
