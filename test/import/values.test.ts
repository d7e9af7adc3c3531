import { expect, test } from "vitest";
import { type Context, type Described, describedIn } from "../../src/import/values.ts";

const context: Context = {
  words: new Set(["page", "name", "datetime", "email", "webhook", "slack", "ASC", "DESC"]),
  phrases: { list: new Set(["allowed", "values"]), default: new Set(["default"]) },
  isNumber: false,
};
const nothing: Described = { values: null, default: null, format: null };

const mail = ["email", "webhook"];

/** A description of a row of words, and what it says. */
test.each<[string, Partial<Described>]>([
  ["Allowed values: ASC, DESC.", { values: ["ASC", "DESC"] }],
  ["one of email or webhook", { values: mail }],
  ["email or webhook or page", { values: ["email", "webhook", "page"] }],
  ["email (an address), webhook (a URL) and slack", { values: ["email", "webhook", "slack"] }],
  ["«email», “webhook”", { values: mail }],
  ["email , , webhook", { values: mail }],
  ["email, email, webhook", { values: ["email", "email", "webhook"] }],
  ["email or email", {}],
  ["email (unclosed, webhook", {}],
  // A sentence before the list, and one behind it.
  ["The page, name, datetime", { values: ["page", "name", "datetime"] }],
  ["email, webhook and other things", { values: mail }],
  ["email, webhook other", { values: mail }],
  ["email, pigeon other", {}],
  // Words that nothing knows are values where a list is introduced, or where the rest is in another script.
  ["values: a, b, c", { values: ["a", "b", "c"] }],
  ["values a, b, c", { values: ["a", "b", "c"] }],
  ["a, b, c", {}],
  ["первое, email, slack, pigeon-x", { values: ["email", "slack", "pigeon-x"] }],
  // A single value must be introduced.
  ["values: email", { values: ["email"] }],
  ["values email", { values: ["email"] }],
  ["allowed email.", { values: ["email"] }],
  [": email", { values: ["email"] }],
  [": pigeon", {}],
  ["email", {}],
  ["values:", { values: [] }],
  ["values: .", { values: [] }],
  ["others:", {}],
  ["default email", { default: "email" }],
  ["default pigeon", {}],
  ["email, webhook. Default: webhook", { values: mail, default: "webhook" }],
  ["email, webhook, …", { values: mail }],
  ["email, webhook, ...", { values: mail }],
  ["email, webhook.", { values: mail }],
  ["d-m-Y H:i:s", { format: "d-m-Y H:i:s" }],
  ["as Y.m.d", { format: "Y.m.d" }],
  ["j/n/Y", { format: "j/n/Y" }],
  ["YYYY-MM-DD hh:mm", { format: "YYYY-MM-DD hh:mm" }],
  ["d-m-m", {}],
  ["a-b-c", {}],
  ["x/d/m/Y/z", {}],
  ["2025-12-05 14:25:37, 14:25", {}],
])("%s", (text, said) => {
  expect(describedIn(text, context)).toEqual({ ...nothing, ...said });
});

/** The same of a row of numbers. */
test.each<[string, Described["values"], Described["default"]]>([
  ["10, 25, 50", [10, 25, 50], null],
  ["10, 25 and 50", [10, 25, 50], null],
  ["10, 25, 50, 25", [10, 25, 50], 25],
  ["10, 10, 25", [10, 25], 10],
  ["10, 25, 50. Default 25", [10, 25, 50], 25],
  ["10, 25, 50. Default 5", [10, 25, 50], 5],
  ["10, 25, 50. At most 100, default 5, since 2", [10, 25, 50], 5],
  // Numbers of a list ascend.
  ["10 and 5", null, 5],
  ["10 and 25", null, 25],
  ["50", null, 50],
  ["default10", null, 10],
  ["none", null, null],
])("%s: %j, default %j", (text, values, value) => {
  expect(describedIn(text, { ...context, isNumber: true })).toEqual({ ...nothing, values, default: value });
});

test.each([
  ["ASC for one order, DESC for the other", ["ASC", "DESC"]],
  ["ASC for one order, ASC again", null],
  ["ASC, DESC", ["ASC", "DESC"]],
])("values that the contract knows are found in any sentence: %s", (text, values) => {
  const known = new Set(["ASC", "DESC"]);
  expect(describedIn(text, { ...context, known }).values).toEqual(values);
});
