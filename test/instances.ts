import { type InstanceEntry, instanceEntry, instanceNames } from "../src/description/index.ts";

/** The first registered instance that a test can use. Throws if the register has none. */
export function pickInstance(what: string, fits: (entry: InstanceEntry) => boolean): string {
  const found = instanceNames.find((name) => fits(instanceEntry(name)));
  if (found === undefined) throw new Error(`The register has no instance ${what}.`);
  return found;
}

const filterCount = ({ parameters }: InstanceEntry) => Object.keys(parameters).length;
const [fewest, most] = [Math.min, Math.max].map((choose) =>
  choose(...instanceNames.map((name) => filterCount(instanceEntry(name)))),
);

/** An instance with no more list parameters than any other has. */
export const plain = pickInstance("without filters", (entry) => filterCount(entry) === fewest);

/** An instance with as many list filters as any has. */
export const filtered = pickInstance("with filters", (entry) => filterCount(entry) === most);
