import type { InstanceEntry } from "../description/index.ts";
import type { Messages } from "./messages.ts";

/** What one instance has in a row of the matrix: yes, no, or a value. */
export type Cell = boolean | string;

export interface Row {
  readonly name: string;
  /** Whether the name comes from the contract. */
  readonly isCode: boolean;
  /** One cell per instance, in the order of instances. */
  readonly cells: readonly Cell[];
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

/**
 * The features of each instance, from the registry. Rows are in the family's order, followed by what only single instances have. A field
 * that is documented for a type that is not allowed, or without its type, is `inert`.
 */
export function matrixOf(
  family: InstanceEntry,
  instances: readonly InstanceEntry[],
  words: Messages,
): Group[] {
  const inert = words.say("inert");
  const row = (name: string, isCode: boolean, cell: (instance: InstanceEntry) => Cell): Row => {
    return { name, isCode, cells: instances.map(cell) };
  };
  const rows = (namesOf: (entry: InstanceEntry) => readonly string[], cell = has(namesOf)): Row[] => {
    const names = new Set([family, ...instances].flatMap(namesOf));
    return [...names].map((name) => row(name, true, (instance) => cell(instance, name))).filter(isSomebodys);
  };
  return [
    {
      title: words.say("matrixTypes"),
      rows: [...rows(({ types }) => types), row(words.say("rowAnyType"), false, ({ open }) => open)].filter(
        isSomebodys,
      ),
    },
    {
      title: words.say("matrixFields"),
      rows: rows(
        ({ fields, inertFields }) => [...Object.values(fields), ...Object.values(inertFields)].flat(),
        ({ fields, inertFields }, name) =>
          Object.values(fields).some((each) => each.includes(name)) ||
          (Object.values(inertFields).some((each) => each.includes(name)) && inert),
      ),
    },
    { title: words.say("matrixOperations"), rows: rows(({ operations }) => operations) },
    { title: words.say("matrixParameters"), rows: rows(({ parameters }) => Object.keys(parameters)) },
    {
      title: words.say("matrixForms"),
      rows: [
        row(words.say("rowAnswerDatetimes"), false, (it) => it.responseDatetimeFormat),
        row(words.say("rowFilterDatetimes"), false, (it) => it.filterDatetimeFormat ?? false),
        row(words.say("rowLinks"), false, (it) => `${it.pageQuery}1`),
        ...differing([row(words.say("rowPath"), false, (it) => it.listPath)]),
        ...differing(
          Object.keys(family.parameters).map((name) =>
            row(words.say("rowValues", { name }), false, (instance) => valuesOf(instance, name, words)),
          ),
        ),
      ].filter(isSomebodys),
    },
  ];
}

function has(namesOf: (entry: InstanceEntry) => readonly string[]) {
  return (instance: InstanceEntry, name: string): Cell => namesOf(instance).includes(name);
}

function isSomebodys({ cells }: Row): boolean {
  return cells.some((cell) => cell !== false);
}

/** The rows in which instances differ. */
function differing(rows: readonly Row[]): Row[] {
  return rows.filter(({ cells }) => new Set(cells.filter((cell) => cell !== false)).size > 1);
}

/** The values that a parameter allows, and its default. Empty if the values are handler types, which have rows of their own. */
function valuesOf({ parameters, types }: InstanceEntry, name: string, words: Messages): Cell {
  const { values, default: preset } = parameters[name] ?? {};
  if (values === undefined || values.every((value) => types.includes(value))) return false;
  const all = values.join(", ");
  return preset === undefined ? all : words.say("cellPreset", { values: all, preset: String(preset) });
}
