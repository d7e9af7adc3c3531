import { expect, test } from "vitest";
import {
  contractKnowledge,
  importPage,
  isRegistrable,
  openContract,
  readRegister,
} from "../../src/import/index.ts";
import { madeUp } from "./made-up.ts";
import { languages } from "./page-languages.ts";
import { partsOf, write } from "./pages.ts";

test.each(["panel.example", "a.b.c.example", "xn--80ak6aa92e.example", "1.example", "127.0.0.1"])(
  "%j can be the name of an instance",
  (name) => {
    expect(isRegistrable(name)).toBe(true);
  },
);

test.each([
  "",
  "host",
  "../x",
  "..",
  "a/../b.example",
  "a\\b.example",
  "/etc/passwd",
  "a..example",
  ".example",
  "example.",
  "-a.example",
  "a-.example",
  "a: b",
  "a.example: {}",
  "!!js.example",
  "a.example\nb: c",
  "a.example\n",
  "\u202Eelpmaxe.a",
  "a\u200b.example",
  "A.example",
  "bücher.example",
  "a_b.example",
  "__proto__",
  "__proto__.example",
  "constructor",
  "con",
  "con.example",
  "lpt1.example",
  "[::1]",
  "a.example:80",
  "registry.json",
  "instances.ts",
  "$\u007bx}.example",
  "`x`.example",
  `${"a".repeat(250)}.example`,
])("%j can't be the name of an instance", (name) => {
  expect(isRegistrable(name)).toBe(false);
});

const contract = openContract(contractKnowledge(), readRegister());
const template = write(partsOf(madeUp, languages.en!), "pipes");

test.each([
  "../x",
  "a: b",
  "!!js",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "con",
  "$\u007bx}",
  "*/alert(1)/*",
  "<script>alert(1)</script>",
  "\u001b[31mred",
  "\u202Eogap",
])("a page with %j in place of a type and a parameter is read without harm", async (name) => {
  const text = template
    .replaceAll(/\bpager\b(?!_)/g, () => name)
    .replaceAll("| owl_topic |", () => `| ${name} |`);
  const { result } = await importPage("page", text, contract, { name: "a.txt", language: "en" });
  expect(({} as Record<string, unknown>).pager_code).toBeUndefined();
  expect(result.fields.email).toEqual(["email"]);
  expect(result.instance).toBe("panel.made-up.example");
  const names = [
    ...(result.types ?? []),
    ...Object.keys(result.fields),
    ...Object.values(result.fields).flat(),
    ...result.parameters.map((each) => each.name),
  ];
  // What would reach files, code and pages is a word of letters, or the entry's schema refuses it.
  for (const each of names) expect(each).toMatch(/^[\w.-]+$/);
  expect(JSON.parse(JSON.stringify(result.entry))).toEqual(result.entry);
});

test.each([
  "http://../api",
  "https://a.example:b/api",
  "https://name:word@a.example/api",
  "https://a.example/%2e%2e/api",
  "https://a.example/'; drop/api",
  "file:///api",
  "https://\u202Eelpmaxe/api",
])("a page of %j names no API, or one that is checked as an entry's", async (baseUrl) => {
  const text = write(partsOf({ ...madeUp, baseUrl }, languages.en!), "pipes");
  const { result } = await importPage("page", text, contract, { name: "a.txt", language: "en" });
  // Without a name that can be one, nothing is written.
  if (result.base_url === null || !isRegistrable(result.instance ?? "")) return;
  const { protocol, username, password, href } = new URL(result.base_url);
  expect(protocol).toMatch(/^https?:$/);
  expect(username + password).toBe("");
  expect(href).not.toContain("..");
  expect(result.base_url).not.toMatch(/[\s'"`<>]|\p{Cf}/u);
});
