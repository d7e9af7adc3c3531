import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { fieldOf, requirement } from "../../src/description/messages.ts";

const ajv = new Ajv2020({ verbose: true, strict: false });

/** What ajv says of a value that breaks this keyword. */
function broken(schema: object, value: unknown, keyword: string) {
  const validate = ajv.compile(schema);
  validate(value);
  const error = (validate.errors ?? []).find((each) => each.keyword === keyword);
  if (error === undefined) throw new Error(`${keyword} is not broken`);
  return error;
}

test.each<[string, object, unknown, string]>([
  ["a value of several", { enum: ["a", 1] }, "c", 'must be one of a, 1, not "c"'],
  ["an empty value", { enum: ["a"] }, "", "must be one of a, not empty"],
  ["one value", { const: "a" }, "b", 'must be "a", not "b"'],
  ["an integer, of text", { type: "integer" }, "1e3", 'must be an integer, not "1e3"'],
  [
    "an integer, of too many digits",
    { type: "integer" },
    "-99999999999999999999",
    'must be an integer up to 9007199254740991, not "-99999999999999999999"',
  ],
  [
    "a number, of text, which may be a secret",
    { type: "number" },
    "secret",
    "must be a number, not a string",
  ],
  ["an integer, of a list", { type: "integer" }, [1], "must be an integer, not an array"],
  ["text, of null", { type: "string" }, null, "must be a string, not null"],
  ["text, of an object", { type: "string" }, {}, "must be a string, not an object"],
  ["text or nothing", { type: ["object", "null"] }, true, "must be an object or null, not a boolean"],
  [
    "a form of datetimes",
    { pattern: "^\\d$", "x-datetime-format": "d-m-Y" },
    "a",
    "must look like a date and time in the form d-m-Y",
  ],
  ["a pattern", { pattern: "^\\d$" }, "a", "must look like the pattern ^\\d$"],
  ["nothing that there is", { not: {} }, "a", "must NOT be valid"],
  [
    "a property at least",
    { minProperties: 1, properties: { a: {}, b: {} } },
    {},
    "must have at least 1 of a, b",
  ],
  ["any text", { minLength: 1 }, "", "must not be empty"],
  ["a longer text", { minLength: 2 }, "a", "must NOT have fewer than 2 characters"],
  ["what ajv says best", { maximum: 3 }, 4, "must be <= 3"],
])("what asks for %s", (_, schema, value, message) => {
  expect(requirement(broken(schema, value, Object.keys(schema)[0] ?? ""))).toBe(message);
});

test("what asks for one form of several tells each of them once", () => {
  const anyOf = [
    { pattern: "^b$" },
    { pattern: "^b$" },
    { $ref: "#/$defs/Url" },
    { type: ["null", "integer"] },
    { type: "boolean" },
    { maxLength: 0 },
    false,
  ];
  expect(requirement(broken({ anyOf, $defs: { Url: { const: "c" } } }, "a", "anyOf"))).toBe(
    "must look like the pattern ^b$ or a Url or null or integer or boolean or one of the allowed forms",
  );
});

test.each<[string, string | undefined, string]>([
  ["", undefined, ""],
  ["", "name", "name"],
  ["/data/0/settings/e~1mail", undefined, "data[0].settings.e/mail"],
  ["/data/12", "a~b", "data[12].a~b"],
  ["/a~0b/c", undefined, "a~b.c"],
  ["/0", undefined, "[0]"],
  ["/a1/1a", undefined, "a1.1a"],
])("%j with %j is the field %j", (path, last, field) => {
  expect(fieldOf(path, last)).toBe(field);
});
