import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { keptOutcomes } from "../../src/import/import-pages.ts";
import {
  checkKept,
  contractKnowledge,
  ImportError,
  openContract,
  readRegister,
  reportOf,
} from "../../src/import/index.ts";
import { keptPath } from "../../src/import/register.ts";
import { facts } from "../generate/facts.ts";

const register = readRegister();
const contract = openContract(contractKnowledge(), register);
/** The others were registered by hand: test/generate/facts.test.ts demands their facts. */
const kept = [...register.keys()].filter((name) => existsSync(keptPath(name)));

test.each(kept)("what was read from the page of %s is what its entry says", (name) => {
  const checked = checkKept(name, contract);
  expect(checked?.result.findings.filter(({ level }) => level !== "odd")).toEqual([]);
  const hand = facts[name];
  if (hand === undefined) return;
  expect(checked?.result).toMatchObject({
    base_url: hand.baseUrl,
    language: hand.language,
    page_query: /\?.*=/.exec(hand.firstPageUrl)?.[0],
  });
  expect([...(checked?.result.types ?? [])].sort()).toEqual([...hand.types].sort());
  expect(checked?.result.parameters.map((each) => each.name).sort()).toEqual([...hand.listParameters].sort());
  const shown = Object.entries({ ...hand.fields, ...hand.inertFields }).filter(
    ([, fields]) => fields.length > 0,
  );
  expect(checked?.result.fields).toEqual(Object.fromEntries(shown));
});

test("a type of its own is unknown until the instance is registered with it", () => {
  const [name = ""] = kept;
  const entry = register.get(name);
  const [type = ""] = entry?.types ?? [];
  const { family } = contract.knowledge;
  const others = family.types.filter((each) => each !== type);
  const knowledge = { ...contract.knowledge, family: { ...family, types: others } };
  const kinds = (options: object) => {
    const registered = new Map([[name, { ...entry, ...options }]]) as typeof register;
    const findings = checkKept(name, { ...contract, knowledge, register: registered })?.result.findings;
    return findings?.map(({ kind }) => kind);
  };
  expect(kinds({})).toContain("unknown-type");
  expect(kinds({ custom_types: { [type]: family.fields[type] } })).not.toContain("unknown-type");
});

test("the folder of kept facts has files of registered instances alone, and no page's text", () => {
  expect(kept.length).toBeGreaterThan(0);
  expect(readdirSync(dirname(keptPath(""))).sort()).toEqual(
    kept.map((name) => basename(keptPath(name))).sort(),
  );
  for (const name of kept) expect(readFileSync(keptPath(name), "utf8")).not.toMatch(/curl|Bearer/);
});

test("kept facts without an entry are named, and how to mend that", () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-"));
  const [name = "", ...others] = kept;
  try {
    for (const each of [name, ...others]) cpSync(keptPath(each), keptPath(each, folder));
    cpSync(keptPath(name), keptPath("gone.example", folder));
    const outcomes = keptOutcomes(openContract(contract.knowledge, register, folder));
    const found = outcomes.filter(({ page }) => page === "pages/gone.example.json");
    expect(outcomes.length).toBe(register.size + 1);
    expect(found).toMatchObject([
      { imported: { registered: undefined, result: { instance: "gone.example" } } },
    ]);
    const [stray] = found;
    const text = stray !== undefined && "imported" in stray ? reportOf(stray.imported, false) : "";
    expect(text).toContain(
      "redocly.yaml has no entry gone.example: import its page with --write, or remove pages/gone.example.json. [not-registered]",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const [shown = ""] = kept;
const whole = JSON.parse(readFileSync(keptPath(shown), "utf8"));

/** The outcomes of --check for the kept facts of made-up instances, in the order of their names. */
function checked(texts: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(keptPath(name, folder), text);
    return keptOutcomes(openContract(contract.knowledge, new Map(), folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ["null", ":1:1: the file is empty"],
  ["5", ":1:1: the file must be object"],
  ["[]", ":1:1: the file must be object"],
  ["{}", ":1:1: about is missing here"],
  ['{"about":"",\n"facts":null}', ":2:9: facts is empty"],
  ['{"about":"",\n"facts":{"parameters":[]}}', ":2:9: baseUrl is missing here"],
  ["{", " can't be read: "],
])("the kept facts %s are named as such, and those of others are compared", (text, message) => {
  const [damaged, other] = checked({ "a.example": text, "b.example": JSON.stringify(whole) });
  expect(other).toMatchObject({ page: "pages/b.example.json", imported: {} });
  const error = damaged !== undefined && "error" in damaged ? damaged.error : "";
  expect(error.slice(0, error.indexOf(message))).toBe("pages/a.example.json");
  expect(error).toMatch(/\. Remove the file, and import the page again with --write\.$/);
});

/** The paths of all values, one of each list. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const children = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const own = Array.isArray(value) ? children.slice(-1) : children;
  return [
    ...(path.length > 0 ? [[...path]] : []),
    ...own.flatMap(([step, child]) => pathsOf(child, [...path, step])),
  ];
}

test("kept facts with a hole or another value anywhere are compared, or named with the place", () => {
  for (const path of pathsOf(whole)) {
    const [last = "", ...before] = path.toReversed();
    for (const value of [undefined, null, {}]) {
      const damaged = structuredClone(whole);
      before.reduceRight((node, step) => node[step], damaged)[last] = value;
      const [outcome] = checked({ "a.example": JSON.stringify(damaged, null, 1) });
      const error =
        outcome !== undefined && "error" in outcome ? outcome.error : "pages/a.example.json:0:0: ";
      expect(error, `${path}: ${value}`).toMatch(/^pages\/a\.example\.json:\d+:\d+: /);
    }
  }
});

test("a place in kept facts is that of the value that is wrong", () => {
  const text = JSON.stringify({ ...whole, facts: { ...whole.facts, missing: [5] } }, null, 1);
  const line = text.split("\n").findIndex((each) => each.includes('"missing"')) + 2;
  expect(checked({ "a.example": text })[0]).toMatchObject({
    error: expect.stringContaining(`pages/a.example.json:${line}:4: missing must be string.`),
  });
});

test.each([
  ["apis: [", /^redocly\.yaml can't be read: .*line 1.* Correct it, and import again\.$/s],
  ["", /^redocly\.yaml has no map apis/],
  ["apis:", /^redocly\.yaml has no map apis/],
  ["apis: [1]", /^redocly\.yaml has no map apis/],
])("a register of %j is refused with its file and what to do", (text, message) => {
  const file = join(mkdtempSync(join(tmpdir(), "register-")), "redocly.yaml");
  writeFileSync(file, text);
  expect(() => readRegister(file)).toThrow(ImportError);
  expect(() => readRegister(file)).toThrow(message);
});

test("an entry without content is no instance", () => {
  const file = join(mkdtempSync(join(tmpdir(), "register-")), "redocly.yaml");
  writeFileSync(
    file,
    "apis:\n  a.example:\n  b.example: { root: x }\n  c.example: { decorators: { notification-handlers/instance: } }\n",
  );
  expect(readRegister(file)).toEqual(new Map());
});
