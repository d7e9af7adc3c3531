import type { Model } from "../../description/index.ts";
import { isOrdered } from "../instance/index.ts";
import { excerpt } from "../judging/index.ts";
import type { Ordering, Run } from "../run/index.ts";
import type { Check, Verdict } from "./check.ts";
import { askedFor } from "./filters.ts";

/** Checks of ordered lists. */
export const orderChecks: readonly Check[] = [
  {
    name: "order_conformance",
    proves: "The list is in the order that was asked for, ascending and descending.",
    write: false,
    stages: ["filters"],
    targets: (model) => {
      const parameter = model.parameter("order-property");
      return model.values(parameter).map((subject) => ({
        operation: model.operations.list,
        subject,
        pointer: parameter?.pointer ?? "",
      }));
    },
    judge: orderConformance,
  },
];

function orderConformance(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.list;
  for (const ordering of run.orderings) {
    const { reading, value, property, descending } = ordering;
    const place = { operation, subject: value };
    if (reading.content === undefined) {
      verdict.cannot(place, "the list could not be read in this order");
      continue;
    }
    // No page documents where handlers without a value are placed.
    const values = reading.content.items
      .map((it) => it[property])
      .filter((it) => it !== null && it !== undefined);
    if (new Set(values).size < 2) verdict.cannot(place, `no two handlers differ in ${property}`);
    else if (isOrdered(values, descending)) {
      verdict.holds(
        place,
        reading.filters.map(([name, text]) => askedFor(model, operation, name, text)),
      );
    } else verdict.breaks(place, outOfOrder(model, ordering, values));
  }
}

function outOfOrder(model: Model, { reading, value, descending }: Ordering, values: readonly unknown[]) {
  return {
    message: `The list ordered by ${value} is not ${descending === undefined ? "in that order" : descending ? "descending" : "ascending"}.`,
    got: excerpt(values.slice(0, 4)),
    pointer: model.parameter("order-property")?.pointer ?? model.operations.list.pointer,
    exchange: reading.exchange,
  };
}
