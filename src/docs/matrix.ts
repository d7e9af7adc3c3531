import { type Description, follow, isNode, rolesOf, step, list as words } from "../description/index.ts";

/** What one instance has in a row of the matrix: yes, no, or how. */
export type Cell = boolean | string;

export interface Row {
  readonly name: string;
  /** Whether the name is one of the contract's. */
  readonly isCode: boolean;
  /** By the instances, in their order. */
  readonly cells: readonly Cell[];
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What each instance has of the family's contract, read from the bundles: nothing in it is written anywhere else. */
export function matrixOf(family: Description, instances: readonly Description[]): Group[] {
  const row = (name: string, isCode: boolean, cell: (instance: Description) => Cell): Row => {
    return { name, isCode, cells: instances.map(cell) };
  };
  const parametersOf = (description: Description): string[] => {
    const [operation] = rolesOf(description).operations("list");
    return operation?.parameters.filter((it) => it.in === "query").map(({ name }) => name) ?? [];
  };
  const familyFields = rolesOf(family).fields;
  return [
    {
      title: "Handler types",
      rows: family.handlerTypes.map((type) =>
        row(type, true, (instance) => instance.handlerTypes.includes(type)),
      ),
    },
    {
      title: "Fields",
      rows: [...familyFields].flatMap(([type, fields]) =>
        fields.map((field) =>
          row(field, true, (instance) => rolesOf(instance).fields.get(type)?.includes(field) ?? false),
        ),
      ),
    },
    {
      title: "List parameters",
      rows: parametersOf(family).map((name) =>
        row(name, true, (instance) => parametersOf(instance).includes(name)),
      ),
    },
    {
      title: "Forms",
      rows: [
        row("datetimes in answers", false, (it) => datetimeForms(it, resourceSchemas(it))),
        row("datetimes in filters", false, (it) => datetimeForms(it, parameterSchemas(it))),
        row("links of page 1", false, (it) => `${rolesOf(it).pageQuery}1`),
      ],
    },
  ];
}

function resourceSchemas(description: Description): unknown[] {
  return [...rolesOf(description).schemas.values()].map(({ node }) => node);
}

function parameterSchemas(description: Description): unknown[] {
  return rolesOf(description)
    .operations("list")
    .flatMap(({ parameters }) => parameters.map(({ schema }) => schema.node));
}

function datetimeForms(description: Description, schemas: readonly unknown[]): Cell {
  const forms = new Set<string>();
  for (const schema of schemas) {
    const { node } = follow(description.document, schema, step("#", "schema"));
    const form = isNode(node) ? node["x-datetime-format"] : undefined;
    if (typeof form === "string") forms.add(form);
  }
  return forms.size === 0 ? false : words([...forms]);
}
