import type { InstanceEntry, Registry, RegistryParameter } from "../description/index.ts";
import { generatedBy } from "./generated-by.ts";

/** The text of generated/common.ts: what all instances have in common, for functions that take a client of any instance. */
export function renderCommon(registry: Registry): string {
  const instances: readonly InstanceEntry[] = Object.values(registry.instances);
  const known = new Set(registry.family.types);
  const own = new Set(instances.flatMap(({ types }) => types).filter((type) => !known.has(type)));
  const fields = sharedOf(instances.map((each) => each.types)).map((type) => {
    const names = sharedOf(instances.map((each) => each.fields[type] ?? []));
    return `  ${JSON.stringify(type)}: ${union(names)};\n`;
  });
  const parameters = sharedOf(
    instances.map((each) =>
      Object.entries(each.parameters).map(([name, what]) => nameWithValues(name, what)),
    ),
  ).map((text) => (JSON.parse(text) as [name: string])[0]);
  return `// ${generatedBy()}

/** The handler types that every instance has, and of each the fields that all of them take. */
export interface CommonFields {
${fields.join("")}}

/** The handler types that only entries of instances name, and the family doesn't: they can be read wherever a client of any instance is. */
export type OwnType = ${union([...own])};

/** The operations that every instance has. */
export type CommonOperation = ${union(sharedOf(instances.map((each) => each.operations)))};

/** The parameters of the list that every instance has, with the same values. */
export type CommonParameter = ${union(parameters)};
`;
}

/** The intersection of all lists, in the order of the first. */
function sharedOf([first = [], ...others]: readonly (readonly string[])[]): string[] {
  const sets = others.map((list) => new Set(list));
  return first.filter((each) => sets.every((set) => set.has(each)));
}

/** A parameter with other values elsewhere is a different one. */
function nameWithValues(name: string, { values, format }: RegistryParameter): string {
  return JSON.stringify([name, values, format]);
}

function union(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" | ") || "never";
}
