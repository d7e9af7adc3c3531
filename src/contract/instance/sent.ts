import { type Model, objectOf } from "../../description/index.ts";
import type { Pair } from "./pair.ts";

/** What a sent name and value mean for the handler: the property, and its expected value. */
export function meaningOfSent(
  model: Model,
  [name, value]: readonly [string, string],
  resource: Readonly<Record<string, unknown>>,
): { got: unknown; wanted: unknown } {
  if (name === model.names.enabled) return { got: resource[name], wanted: value === model.flag(true) };
  if (name === model.names.type || name === model.names.name) return { got: resource[name], wanted: value };
  return { got: objectOf(resource[model.names.settings])?.[name], wanted: value };
}

/** Whether a handler has the values that were sent. */
export function isAsSent(
  model: Model,
  sent: readonly Pair[],
  resource: Readonly<Record<string, unknown>>,
): boolean {
  return sent.every((pair) => {
    const { got, wanted } = meaningOfSent(model, pair, resource);
    return got === wanted;
  });
}
