import { expect, test } from "vitest";
import {
  adoptDescription,
  contractOf,
  describeBundles,
  familyName,
  loadDescription,
  readRegistry,
} from "../../src/description/index.ts";
import { removedOf, servedOf, unserved } from "../../src/watch/served.ts";
import { filtered, plain } from "../instances.ts";

/* What was derived is held against what is served. */
const registry = readRegistry();
const derived = [plain, filtered].map((name) => ({ name, document: contractOf(name).document }));
const namesOf = (served: ReadonlyMap<string, string>, now = registry, bundles = derived) =>
  unserved(served, now, bundles, (name) => served.has(name)).map(({ name }) => name);

const retitled = derived.map(({ name, document }) => ({
  name,
  document: { ...document, info: { title: "Changed", version: "1" } },
}));

test("what is served already is not served anew, whether it was asked for before or not", () => {
  const served = servedOf([plain, filtered]);
  for (const name of [plain, filtered]) loadDescription(name);
  expect(namesOf(served)).toEqual([]);
  expect(namesOf(servedOf([plain, filtered]))).toEqual([]);
});

test("a changed bundle of an instance that is served is told; of another one it isn't", () => {
  expect(namesOf(servedOf([plain]), registry, retitled)).toEqual([plain]);
});

test("an instance that is wanted and not served yet is told", () => {
  const told = unserved(servedOf([plain]), registry, derived, () => true);
  expect(told.map(({ name }) => name)).toEqual([filtered]);
});

test("an instance that the register lists no more is removed; the family never is", () => {
  const { [plain]: _, ...instances } = registry.instances;
  expect(removedOf([plain, filtered, familyName], { ...registry, instances })).toEqual([plain]);
  expect(removedOf([plain, filtered], registry)).toEqual([]);
});

test("a change of the register that leaves the bundle as it is is told", () => {
  const about = { ...contractOf(plain).about, language: "tlh" };
  const changed = { ...registry, instances: { ...registry.instances, [plain]: about } };
  expect(namesOf(servedOf([plain, filtered]), changed)).toEqual([plain]);
});

test("a contract that generated/ holds already is told where another one is served", () => {
  const before = loadDescription(plain);
  const [older] = describeBundles(registry, new Map(retitled.map((it) => [it.name, it.document])));
  try {
    if (older !== undefined) adoptDescription(older);
    expect(namesOf(servedOf([plain]))).toEqual([plain]);
  } finally {
    adoptDescription(before);
  }
});
