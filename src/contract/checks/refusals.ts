import type { Operation } from "../../description/index.ts";
import { lackingType, triedWithMethod } from "../instance/index.ts";
import { withStatus } from "./answers.ts";
import { type Check, placesOf } from "./check.ts";

/** Checks that a request is refused or accepted, as the contract states or assumes. They also run as the answers arrive. */
export const refusalChecks: readonly Check[] = [
  {
    name: "ignored_auth",
    proves: "A request without a key, or with a wrong one, is answered with 401.",
    write: false,
    stages: ["auth", "delete"],
    targets: withStatus(401),
  },
  {
    name: "unknown_resource",
    proves: "A request for a handler that does not exist is answered with 404.",
    write: false,
    stages: ["read"],
    targets: (model) => placesOf([model.operations.read], (it) => model.status(it, 404)),
  },
  {
    name: "ensure_resource_availability",
    proves: "A handler that was created, or is in the list, can be read.",
    write: false,
    stages: ["read", "create"],
    targets: (model) => placesOf([model.operations.read], (it) => model.status(it, 200)),
  },
  {
    name: "page_past_the_end",
    proves: "A page past the end is empty, not an error.",
    write: false,
    stages: ["refusals"],
    targets: ({ operations: { list }, ...model }) => [
      { operation: list, pointer: model.assumption(list, "page-past-the-end") },
    ],
    judge(run, verdict) {
      const { list } = run.model.operations;
      const reading = run.readings.find((it) => it.exchange.call.expect?.check === "page_past_the_end");
      if (reading?.content === undefined || reading.content.items.length === 0) return;
      verdict.breaks(
        { operation: list },
        {
          message: "A page past the end has handlers.",
          got: `${reading.content.items.length} handlers on page ${reading.page}`,
          pointer: run.model.assumption(list, "page-past-the-end"),
          exchange: reading.exchange,
        },
      );
    },
  },
  {
    name: "undocumented_parameters",
    proves: "A query parameter that the instance does not document is ignored.",
    write: true,
    stages: ["create"],
    targets: ({ operations: { list }, ...model }) => [
      { operation: list, pointer: model.assumption(list, "undocumented-parameters") },
    ],
  },
  {
    name: "negative_data_rejection",
    proves: "A request that the contract does not allow is refused with 400.",
    write: false,
    stages: ["refusals", "create"],
    targets: (model) => {
      const { list, create, update } = model.operations;
      const { type, name, enabled } = model.names;
      const at = (operation: Operation | undefined, ...subjects: string[]) =>
        subjects.flatMap((subject) =>
          placesOf([operation], (it) => model.status(it, 400)).map((place) => ({ ...place, subject })),
        );
      const parameters = [model.parameter("page-size"), model.parameter("page")];
      return [
        ...at(list, ...parameters.flatMap((it) => it?.name ?? [])),
        ...at(create, `${name} missing`, `${type} missing`),
        ...(model.open ? [] : at(create, `${type} unknown`)),
        ...(model.open ? [] : at(update, `${type} unknown`)),
        ...at(update, `${enabled} unknown`),
        ...(lackingType(model) === undefined ? [] : at(create, `${type} of another instance`)),
      ];
    },
  },
  {
    name: "use_after_free",
    proves: "Every request for a deleted handler is answered with 404.",
    write: true,
    stages: ["delete"],
    targets: (model) => {
      const { read, update, delete: remove } = model.operations;
      if (remove === undefined) return [];
      return [
        ...placesOf([read], () => model.assumption(remove, "read-after-delete")),
        ...placesOf([update, remove], (it) => model.status(it, 404)),
      ];
    },
  },
  {
    name: "account_isolation",
    proves: "Another account can't read, change or delete a handler. Needs a second key.",
    write: true,
    stages: ["isolation"],
    targets: (model) => {
      const { read, update, delete: remove } = model.operations;
      return placesOf([read, update, remove], (it) => model.status(it, 404));
    },
  },
  {
    name: "unsupported_method",
    proves: "A method that no page documents is refused.",
    write: true,
    stages: ["methods"],
    targets: (model) => placesOf([triedWithMethod(model)], (it) => it.pointer),
  },
];
