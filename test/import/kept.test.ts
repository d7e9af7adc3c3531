import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkKept, contractKnowledge, openContract, readRegister } from "../../src/import/index.ts";
import { facts } from "../generate/facts.ts";

const register = readRegister();
const contract = openContract(contractKnowledge(), register);

test.each([...register.keys()])("what was read from the page of %s is what its entry says", (name) => {
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
  const [name = ""] = register.keys();
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

test("the folder of kept facts has a file for each registered instance, and no page's text", () => {
  for (const name of register.keys()) {
    const text = readFileSync(new URL(`../../pages/${name}.json`, import.meta.url), "utf8");
    expect(text).not.toMatch(/curl|Bearer/);
  }
});
