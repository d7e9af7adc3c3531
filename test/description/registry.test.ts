import { expect, test } from "vitest";
import {
  adoptDescription,
  BundleError,
  contractOf,
  describeBundles,
  familyName,
  instanceEntry,
  instanceNames,
  loadDescription,
  readRegistry,
  UnknownInstanceError,
} from "../../src/description/index.ts";

const [first = ""] = instanceNames;

test.each([instanceEntry, loadDescription, contractOf])(
  "%o refuses a name that there is not, and names those that there are",
  (read) => {
    for (const name of ["nowhere.example", "constructor", ""]) {
      const refused = () => read(name);
      expect(refused).toThrow(UnknownInstanceError);
      expect(refused).toThrow(`Unknown instance ${JSON.stringify(name)}: there are ${first}, `);
    }
  },
);

test("a description is made anew of YAML or of what was parsed, of the registered alone", () => {
  const { document } = contractOf(first);
  const bundles = new Map([
    [first, document],
    [familyName, contractOf(familyName).document],
    ["nowhere.example", document],
  ]);
  const made = describeBundles(readRegistry(), bundles);
  expect(made.map(({ name }) => name)).toEqual([first, familyName]);
  expect(made[0]?.about).toEqual(instanceEntry(first));
  expect(made[0]?.document).toBe(document);
  expect(made[0]).not.toBe(loadDescription(first));
});

test.each([
  ["[]", "it holds no object"],
  ["a: [", "Flow sequence"],
  ["openapi: 3.1.0", "it has no operation"],
])("the bundle %j is refused with its file, the reason and what to do", (yaml, reason) => {
  const make = () => describeBundles(readRegistry(), new Map([[first, yaml]]));
  expect(make).toThrow(BundleError);
  expect(make).toThrow(`generated/${first}/openapi.yaml can't be used: ${reason}`);
  expect(make).toThrow(/\. Run npm run generate\.$/);
  // One line, whatever the reason.
  expect(make).toThrow(/^.*$/);
});

test("a description that is adopted is the one of its name from then on", () => {
  const before = loadDescription(first);
  const [anew] = describeBundles(readRegistry(), new Map([[first, before.document]]));
  adoptDescription(anew!);
  expect(loadDescription(first)).toBe(anew);
  expect(contractOf(first)).toEqual({ about: anew?.about, document: before.document });
  adoptDescription(before);
  expect(loadDescription(first)).toBe(before);
});
