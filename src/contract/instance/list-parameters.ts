import type { Model, ParameterRole } from "../../description/index.ts";
import { type Parameter, step } from "../../description/index.ts";

/** Whether there are two parameters at least that narrow a list down, so that they can be sent together. */
export function combines(model: Model): boolean {
  return model.roles.parameters("filter").length + model.roles.parameters("search-text").length > 1;
}

/** Parameters that say nothing alone: that they are accepted is all that can be told without one of those that they go with. */
const partners: readonly (readonly [alone: ParameterRole, of: readonly ParameterRole[]])[] = [
  ["search-property", ["search-text"]],
  ["range-property", ["range-start", "range-end"]],
  ["order-direction", ["order-property"]],
];

/** Parameters that say something about another one, which the instance lacks, with the values to send. */
export function idleParameters(
  model: Model,
  write: boolean,
): readonly (readonly [parameter: Parameter, value: string])[] {
  return partners.flatMap(([role, of]) => {
    const parameter = model.parameter(role);
    if (parameter === undefined || of.some((it) => model.parameter(it) !== undefined)) return [];
    const values = model.values(parameter).map((value) => [parameter, value] as const);
    return write ? values : values.slice(0, 1);
  });
}

/** Where the contract says what a parameter does, and whether the page says so. */
export function meaningOf({ pointer }: { readonly pointer: string }): string {
  return step(pointer, "description");
}
