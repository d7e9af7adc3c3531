import { expect, test } from "vitest";
import { parse } from "yaml";
import { withEntry } from "../../src/import/entry-text.ts";
import { decoratorId } from "../../src/redocly-plugin/instance.js";
import type { InstanceOptions } from "../../src/redocly-plugin/options.js";

const register = `# The register.
apis:
  one.example:
    root: openapi/openapi.yaml
    decorators:
      ${decoratorId}:
        # Read by a person.
        base_url: https://one.example/api
        source:
          language: fr
          seen: "2026-01-02"
        types: [email] # all that it has
        custom_types:
          owl:
            - owl_topic
        links: plain
        extra_fields:
          email: [email_name]

  # The second one.
  two.example:
    root: openapi/openapi.yaml
    decorators:
      ${decoratorId}:
        base_url: https://two.example/api
        source: { language: fr, seen: "2026-01-02" }
        types: [email]
        links: plain

# What follows.
preprocessors:
  notification-handlers/inline-examples: on
`;

const entry = {
  base_url: "https://one.example/api",
  source: { language: "fr", seen: "2026-01-02" },
  types: ["email"],
  custom_types: { owl: ["owl_topic"] },
  links: "plain",
  extra_fields: { email: ["email_name"] },
} as InstanceOptions;

const entryIn = (text: string, name: string) => parse(text).apis[name].decorators[decoratorId];

test.each([
  ["a list", { types: ["email", "slack"] }],
  ["a map of lines in the middle", { custom_types: { owl: ["owl_topic", "owl_token"], pager: [] } }],
  ["a map of lines at the end", { extra_fields: { email: ["cc"] } }],
  ["a map of maps", { source: { language: "uz", seen: "2026-03-04" } }],
  ["an option that is new", { page_sizes: [10, 20] }],
  ["one that is gone in the middle", { custom_types: undefined }],
  ["one that is gone at the end", { extra_fields: undefined }],
  ["everything at once", { types: "unknown", custom_types: undefined, links: "other", default_page: 2 }],
])("%s is changed, and all else stays as it is", (_, change) => {
  const wanted = JSON.parse(JSON.stringify({ ...entry, ...change }));
  const text = withEntry(register, "one.example", wanted);
  expect(entryIn(text, "one.example")).toEqual(wanted);
  const behind = (whole: string) => whole.slice(whole.indexOf("\n\n  # The second one."));
  expect(behind(text)).toBe(behind(register));
  expect(text).toContain("        # Read by a person.\n        base_url: ");
  expect(withEntry(text, "one.example", wanted)).toBe(text);
});

test("nothing is changed where nothing differs", () => {
  expect(withEntry(register, "one.example", entry)).toBe(register);
});

test("a new entry stands behind the others, between blank lines", () => {
  const text = withEntry(register, "new.example", entry);
  expect(entryIn(text, "new.example")).toEqual(entry);
  const start = text.indexOf("\n\n  new.example:");
  const end = text.indexOf("\n\n# What follows.");
  expect(start).toBeGreaterThan(register.indexOf("two.example"));
  expect(text.slice(0, start) + text.slice(end)).toBe(register);
});

test.each([
  "a: b",
  "!!js/function x",
  "# no comment",
  "- item",
  "yes",
  "null",
  "0x10",
  "1e3",
  "{a: b}",
  "[a]",
  "*alias",
  "&anchor",
  "%tag",
  "@at",
  "`tick`",
  "'single'",
  '"double"',
  "a\nb: c",
  "a\r\nb",
  "\u2028apis:",
  "\u202Etxt.exe",
  "\u0000",
  "\u001b[31m",
  "  spaces  ",
  "| block",
  "> folded",
  "?",
  "2026-01-02",
  "<<",
  "__proto__",
  "",
])("%j is quoted as an example's name, new and changed", (name) => {
  const with_ = { ...entry, source: { ...entry.source, example: { name } } } as InstanceOptions;
  for (const [text, instance] of [
    [withEntry(register, "new.example", with_), "new.example"],
    [withEntry(register, "one.example", with_), "one.example"],
  ] as const) {
    expect(entryIn(text, instance).source.example).toEqual({ name });
    expect(Object.keys(parse(text).apis)).toEqual(expect.arrayContaining(["one.example", "two.example"]));
    expect(Object.keys(parse(text))).toEqual(["apis", "preprocessors"]);
  }
});
