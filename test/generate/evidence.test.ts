import { describe, expect, test } from "vitest";
import { at, descriptionNames, isNode, loadDescription, step } from "../../src/description/index.ts";

/** What the contract says and no page does, by the pointer of the statement. */
const beyondThePages = [
  ["#/components/schemas/Datetime/description", "UTC"],
  ["#/components/schemas/LastDatetime/description", "last changed"],
  ["#/components/schemas/LastDatetime/pattern", "in the form of datetime"],
  ["#/components/schemas/FilterDatetime/description", "UTC"],
  ["#/components/parameters/Search/description", "ignores case"],
  ["#/components/parameters/IsEnabled/description", "narrows"],
  ["#/components/parameters/DatetimeField/description", "which datetime"],
  ["#/components/parameters/DatetimeStart/description", "belongs to the range"],
  ["#/components/parameters/DatetimeEnd/description", "belongs to the range"],
  ["#/components/schemas/XConsumerKey/description", "slip"],
] as const;

/** What stands beside it and is on the page: the mark does not spread. */
const onThePage = [
  "#/components/schemas/Datetime/pattern",
  "#/components/schemas/FilterDatetime/pattern",
  "#/components/parameters/DatetimeStart",
  "#/components/parameters/SearchBy/description",
  "#/components/parameters/OrderBy/description",
  "#/components/schemas/HandlerName/description",
  "#/components/schemas/UpdateNotificationHandlerKeepingType/properties/name",
];

describe("what an instance with everything says", () => {
  const { document, evidence } = loadDescription("k.aws.bj");

  test.each(beyondThePages)("%s is inferred", (pointer, assumption) => {
    expect(at(document, pointer)).toBeDefined();
    expect(evidence(pointer)).toMatchObject({
      level: "inferred",
      assumption: expect.stringContaining(assumption),
    });
  });

  test.each(onThePage)("%s is documented", (pointer) => {
    expect(at(document, pointer)).toBeDefined();
    expect(evidence(pointer)).toEqual({ level: "documented" });
  });
});

test.each(descriptionNames)("%s speaks of UTC, which no page does, only where it is marked", (name) => {
  const { document, evidence } = loadDescription(name);
  const unmarked: string[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) visit(child, step(pointer, key));
    if (!isNode(value) || typeof value.description !== "string" || !/\bUTC\b/.test(value.description)) return;
    const statement = step(pointer, "description");
    if (evidence(statement).level !== "inferred") unmarked.push(statement);
  };
  visit(document, "#");
  // The introduction says itself that it is assumed to be so.
  expect(unmarked).toEqual(["#/info/description"]);
});
