import { type Model, type Parameter, type ParameterRole, step } from "../../description/index.ts";

/** Whether at least two parameters narrow the list, so that they can be combined. */
export function combines(model: Model): boolean {
  return model.roles.parameters("filter").length + model.roles.parameters("search-text").length > 1;
}

/** Parameters that have no effect alone. Without one of their partners a check can only tell that they are accepted. */
const partners: readonly (readonly [alone: ParameterRole, of: readonly ParameterRole[]])[] = [
  ["search-property", ["search-text"]],
  ["range-property", ["range-start", "range-end"]],
  ["order-direction", ["order-property"]],
];

/** Parameters whose partners the instance lacks, with values to send. */
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

/** Pointer to the description of a parameter, which may be documented or inferred. */
export function meaningOf({ pointer }: { readonly pointer: string }): string {
  return step(pointer, "description");
}
