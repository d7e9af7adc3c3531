import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parseSettings, readSettings, SettingsError } from "../../src/settings/index.ts";

const validate = new Ajv({ allErrors: true, verbose: true }).compile({
  type: "object",
  required: ["version", "list"],
  additionalProperties: false,
  properties: {
    version: { type: "number", const: 1 },
    list: {
      type: "array",
      items: {
        type: "object",
        required: ["day"],
        additionalProperties: false,
        properties: {
          day: { type: "string", pattern: "^\\d{4}$", description: "A year, as YYYY." },
          why: { type: "string", minLength: 1, description: "The reason." },
        },
      },
    },
  },
});

const parsed = (text: string) => parseSettings<{ list: unknown[] }>("a.yaml", text, validate);
const errorOf = (text: string) => {
  try {
    parsed(text);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return undefined;
};

describe("a file that people write", () => {
  test.each([
    ["YAML", "version: 1\nlist:\n  - day: '2026'\n"],
    ["JSON", '{"version":1,"list":[{"day":"2026"}]}'],
  ])("%s is read", (_, text) => {
    expect(parsed(text).value.list).toEqual([{ day: "2026" }]);
  });

  test.each([
    ["version: 1\nlist:\n  - why: x\n", "a.yaml:3:5: day is missing here."],
    ["version: 1\nlist:\n  - day: '20'\n", "a.yaml:3:10: day is not in its form. It is: A year, as YYYY."],
    [
      "version: 1\nlist:\n  - day: '2026'\n    why:\n",
      "a.yaml:4:9: why is empty: fill it in. It is: The reason.",
    ],
    [
      "version: 1\nlist:\n  - day: '2026'\n    who: x\n",
      'a.yaml:4:10: there is no "who" here; there are day, why.',
    ],
    ["version: 2\nlist: []\n", "a.yaml:1:10: version must be 1."],
    ["version: 1\nlist: x\n", "a.yaml:2:7: list must be array."],
    ["[]", "a.yaml:1:1: the file must be object."],
    ["", "a.yaml:1:1: the file is empty: fill it in."],
  ])("%j: the place, and what to do", (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  test.each(["version: [1", '{"version": 1,, }', "a: b: c", "&a [*a, *b]"])(
    "%j: neither YAML nor JSON, and where",
    (text) => {
      expect(errorOf(text)).toMatch(
        /^a\.yaml:\d+:\d+: this is neither YAML nor JSON: |^a\.yaml: it can't be read: /,
      );
    },
  );

  test("many slips are not all told", () => {
    const text = `version: 1\nlist:\n${"  - {}\n".repeat(9)}`;
    expect(errorOf(text)?.split("\n")).toHaveLength(6);
    expect(errorOf(text)).toMatch(/and 4 more\.$/);
  });

  test("aliases that unfold without end are refused", () => {
    const text = `a: &a [x, x, x]\n${"bcdefghijk".replace(/./g, (it) => `${it}: &${it} [${`*${String.fromCharCode(it.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}`;
    expect(errorOf(text)).toMatch(/^a\.yaml/);
  });

  test.each(["/nonexistent/file.yaml", "/tmp"])("%s can't be read: one sentence", (file) => {
    expect(() => readSettings(file, validate)).toThrow(`${file} can't be read: `);
  });
});
