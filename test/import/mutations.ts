import type { Part } from "./pages.ts";

/** A table's row, to be changed. */
type Row = [name: string, labels: string[], description: string];

/** The parts of a page, to be changed. */
class Draft {
  readonly parts: Part[];

  constructor(parts: readonly Part[]) {
    // Parts share objects; a JSON round trip gives each its own.
    this.parts = JSON.parse(JSON.stringify(parts));
  }

  /** The rows of the list, of create or of update. */
  rows(table: Table): Row[] {
    return (
      this.parts.flatMap((each) => ("rows" in each ? [each.rows as Row[]] : []))[tables.indexOf(table)] ?? []
    );
  }

  row(table: Table, name: string): Row | undefined {
    return this.rows(table).find((row) => row[0] === name);
  }

  /** The index of the line with method and path of an operation. */
  endpoint(kind: (typeof kinds)[number]): number {
    const all = this.parts.flatMap((each, index) => ("endpoint" in each ? [index] : []));
    return all[kinds.indexOf(kind)] ?? -1;
  }

  /** The answer of the list. */
  get list(): {
    data: Record<string, unknown>[];
    meta: Record<string, unknown>;
    links: Record<string, unknown>;
  } {
    const [first] = this.parts.flatMap((each) => ("json" in each ? [each.json] : []));
    return first as Draft["list"];
  }
}

const tables = ["list", "create", "update"] as const;
type Table = (typeof tables)[number];
const kinds = ["list", "read", "create", "update", "delete"] as const;

export interface Mutation {
  readonly what: string;
  /** Changes one thing; false if the page doesn't have it. */
  readonly change: (draft: Draft) => boolean;
}

/** A copy of the parts with one thing changed; null if they don't have it. */
export function mutated(parts: readonly Part[], { change }: Mutation): Part[] | null {
  const draft = new Draft(parts);
  return change(draft) ? draft.parts : null;
}

/** Changes a row, where it is there and the change changes it. */
function inRow(what: string, table: Table, name: string, change: (row: Row) => void): Mutation {
  return {
    what: `${what} of ${name}, ${table}`,
    change(draft) {
      const row = draft.row(table, name);
      if (row === undefined) return false;
      const before = JSON.stringify(row);
      change(row);
      return JSON.stringify(row) !== before;
    },
  };
}

/** Replaces something in the description of a row. */
function says(what: string, table: Table, name: string, pattern: RegExp, by: string): Mutation {
  return inRow(what, table, name, (row) => {
    row[2] = row[2].replace(pattern, by);
  });
}

function dropped(table: Table, name: string): Mutation {
  return {
    what: `the row ${name} of ${table} dropped`,
    change(draft) {
      const rows = draft.rows(table);
      const at = rows.findIndex((row) => row[0] === name);
      if (at >= 0) rows.splice(at, 1);
      return at >= 0;
    },
  };
}

function added(table: Table, behind: string): Mutation {
  return {
    what: `a row added to ${table}`,
    change(draft) {
      const rows = draft.rows(table);
      const at = rows.findIndex((row) => row[0] === behind);
      const [, labels = [], description = ""] = rows[at] ?? [];
      rows.splice(at + 1, 0, ["brand_new", labels, description.replace("type = webhook", "type = slack")]);
      return at >= 0;
    },
  };
}

/** Renames a property, and keeps its position. */
function renamed(object: Record<string, unknown>, from: string, to: string): void {
  const entries = Object.entries(object);
  for (const key of Object.keys(object)) delete object[key];
  for (const [key, value] of entries) object[key === from ? to : key] = value;
}

function example(what: string, edit: (list: Draft["list"]) => void): Mutation {
  return {
    what,
    change(draft) {
      edit(draft.list);
      return true;
    },
  };
}

function endpoint(what: string, kind: (typeof kinds)[number], edit: (text: string) => string): Mutation {
  return {
    what,
    change(draft) {
      const at = draft.endpoint(kind);
      const part = draft.parts[at];
      if (part === undefined || !("endpoint" in part)) return false;
      const [method = "", url = ""] = edit(part.endpoint.join(" ")).split(" ");
      draft.parts[at] = { endpoint: [method, url] };
      return true;
    },
  };
}

const rename = (to: string) => (row: Row) => {
  row[0] = to;
};
const label = (index: number, to: string) => (row: Row) => {
  row[1][index] = to;
};

/** Each single fact of a page in English, changed. */
export const mutations: readonly Mutation[] = [
  inRow("the name", "create", "webhook", rename("webhoook")),
  inRow("the name", "update", "webhook", rename("webhoook")),
  inRow("the name", "list", "results_per_page", rename("results_on_page")),
  says("a page size", "list", "results_per_page", /\b250\b/, "260"),
  says("the default", "list", "results_per_page", /(?<=Defaults to `)25\b/, "50"),
  says("the default", "list", "page", /(?<=Defaults to `)1\b/, "0"),
  says("a value", "create", "type", /\bslack\b/, "owl"),
  says("a value", "update", "type", /\bslack\b/, "owl"),
  says("the condition", "create", "slack", /type = slack/, "type = webhook"),
  says("the condition", "update", "slack", /type = slack/, "type = webhook"),
  says("the form of datetimes", "list", "datetime_start", /d-m-Y/, "Y-m-d"),
  says("a filter's value", "list", "order_by", /last_datetime/, "first_datetime"),
  inRow("what is needed", "create", "name", label(0, "Optional")),
  inRow("the type", "list", "is_enabled", label(1, "String")),
  inRow("the type", "update", "is_enabled", label(1, "String")),
  inRow("the type in no known word", "update", "is_enabled", label(1, "Ⱀⱁⱂⱃ")),
  inRow("both labels in no known words", "create", "webhook", (row) => row[1].splice(0, 2, "Ⱀⱁⱂⱃ", "ⰀⰁⰂ")),
  endpoint("the method of create", "create", (text) => text.replace("POST", "PUT")),
  endpoint("the method of update", "update", (text) => text.replace("POST", "PUT")),
  endpoint("the path of the list", "list", (text) => text.replace(/\/$/, "")),
  example("the form of links", ({ links }) => {
    links.first = String(links.first).replace(/\?&?page=/, "?p=1&page=");
  }),
  example("the form of datetimes", ({ data: [handler = {}] }) => {
    handler.datetime = String(handler.datetime).replace(/(\d{4})-(\d\d)-(\d\d) /, "$3.$2.$1 ");
  }),
  example("a property of the handler", ({ data: [handler = {}] }) =>
    renamed(handler, "is_enabled", "enabled"),
  ),
  example("a property of meta", ({ meta }) => renamed(meta, "total_pages", "pages")),
  dropped("list", "page"),
  dropped("list", "is_enabled"),
  ...(["create", "update"] as const).flatMap((table) =>
    ["webhook", "slack"].map((name) => dropped(table, name)),
  ),
  dropped("update", "is_enabled"),
  added("list", "page"),
  added("create", "webhook"),
  added("update", "webhook"),
  ...(["read", "create", "update"] as const).map(
    (kind): Mutation => ({
      what: `the section ${kind} dropped`,
      change(draft) {
        const [start, end] = [draft.endpoint(kind), draft.endpoint(kinds[kinds.indexOf(kind) + 1] ?? kind)];
        draft.parts.splice(start, end - start);
        return true;
      },
    }),
  ),
];
