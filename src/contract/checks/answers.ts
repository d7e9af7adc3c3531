import { type Model, step } from "../../description/index.ts";
import type { Stage } from "../run/index.ts";
import { type Check, type Place, placesOf } from "./check.ts";

const everything: readonly Stage[] = [
  "connect",
  "auth",
  "read",
  "pages",
  "sizes",
  "filters",
  "refusals",
  "create",
  "update",
  "isolation",
  "methods",
  "delete",
];

function everywhere(model: Model): Place[] {
  return model.description.operations.map((operation) => ({
    operation,
    pointer: step(operation.pointer, "responses"),
  }));
}

/** The places of a check about a status: all operations for which the contract lists it. */
export function withStatus(status: number): (model: Model) => Place[] {
  return (model) => {
    const operations = model.description.operations.filter((it) => it.responses.has(String(status)));
    return placesOf(operations, (it) => model.status(it, status));
  };
}

/** Checks of every single answer, whatever the request was for. They run as the answers arrive. */
export const answerChecks: readonly Check[] = [
  {
    name: "answers_in_full",
    proves: "Every request gets a complete answer in time: no reset, no timeout, no endless body.",
    write: false,
    stages: everything,
    targets: everywhere,
  },
  {
    name: "not_a_server_error",
    proves: "No request is answered with a status of 500 or above.",
    write: false,
    stages: everything,
    targets: withStatus(500),
  },
  {
    name: "rate_limit",
    proves: "After a 429, requests are answered again once the wait that it asks for is over.",
    write: false,
    stages: everything,
    targets: withStatus(429),
  },
  {
    name: "unstable",
    proves: "A read that broke a documented statement breaks it again when it is repeated.",
    write: false,
    stages: everything,
    targets: (model) => {
      const { list, listByLink, read } = model.operations;
      return placesOf([...new Set([list, listByLink, read])], (it) => step(it.pointer, "responses"));
    },
  },
  {
    name: "status_code_conformance",
    proves: "Every status code is one that the contract lists for the operation.",
    write: false,
    stages: everything,
    targets: everywhere,
  },
  {
    name: "positive_data_acceptance",
    proves:
      "Every request that the contract allows is answered with 200: each type, field, parameter and value.",
    write: false,
    stages: everything,
    targets: withStatus(200),
  },
  {
    name: "content_type_conformance",
    proves:
      "The content type is the one in the contract, and JSON is declared as UTF-8 or without a charset.",
    write: false,
    stages: everything,
    targets: everywhere,
  },
  {
    name: "response_schema_conformance",
    proves: "The body matches its schema, and each handler the schema of its type.",
    write: false,
    stages: everything,
    targets: everywhere,
  },
  {
    name: "error_status_agreement",
    proves: "The status in the body of an error is the status code of the answer.",
    write: false,
    stages: ["auth", "read", "refusals", "create", "delete"],
    targets: (model) => placesOf(model.description.operations, (it) => model.body(it, 401)),
  },
  {
    name: "undocumented_data",
    proves:
      "Notes what answers have beyond the contract: properties, types, headers about rate limits and deprecation.",
    write: false,
    stages: everything,
    targets: everywhere,
  },
];
