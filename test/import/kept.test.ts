import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";
import { checkKept, contractKnowledge, openContract, readRegister } from "../../src/import/index.ts";
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
