import type { OperationKind } from "../description/index.ts";
import type { Field, Form } from "./facts.ts";
import type { Knowledge } from "./knowledge.ts";
import { addWord } from "./parameters.ts";
import type { Row } from "./rows.ts";
import type { Samples } from "./sample.ts";
import { listIn, wordBefore } from "./values.ts";

/** The create form and the update form, and the phrases with which their rows introduce a list. */
export function formsOf(
  rows: readonly Row[],
  samples: ReadonlyMap<OperationKind, readonly Samples[]>,
  words: ReadonlySet<string>,
  knowledge: Knowledge,
): { create: Form | null; update: Form | null; phrases: ReadonlySet<string> } {
  const phrases = new Set<string>();
  const isThere = (kind: OperationKind) => (samples.get(kind)?.length ?? 0) > 0;
  const sample = (kind: OperationKind) => samples.get(kind)?.find(({ curl }) => curl !== undefined)?.curl;
  const own = (kind: OperationKind) => rows.filter(({ section }) => section === kind);
  const names = new Map<string, string>();
  const form = (kind: "create" | "update"): Form | null => {
    if (!isThere(kind)) return null;
    const list = typesOf(own(kind), words, knowledge, phrases);
    const fields = fieldsOf(own(kind), list?.suffix ?? "", sample("create")?.form, names, knowledge);
    return {
      types: list ? { value: list.types, line: list.line } : null,
      isTypesWhole: list?.isWhole ?? false,
      fields,
    };
  };
  return { create: form("create"), update: form("update"), phrases };
}

/** The types in the row of types. */
function typesOf(
  rows: readonly Row[],
  words: ReadonlySet<string>,
  knowledge: Knowledge,
  phrases: Set<string>,
) {
  const at = rows.findIndex(({ name }) => name === knowledge.properties.type);
  const row = rows[at];
  if (row === undefined) return undefined;
  const list = listIn(row.description, words);
  if (list) addWord(phrases, wordBefore(list.tokens, list.start));
  const listed = (list?.items ?? []).map(({ text }) => text);
  const conditions = new Set(rows.flatMap(({ condition = [] }) => condition));
  const suffix = suffixOf([...conditions], new Set([...listed, ...knowledge.family.types]));
  const next = list?.tokens[list.end];
  const isOpen =
    next?.text === "…" || (next?.text === "." && list?.tokens[(list?.end ?? 0) + 1]?.text === ".");
  return { types: [...new Set(listed)], line: row.line, suffix, isWhole: at < rows.length - 1 && !isOpen };
}

/**
 * The suffix that a language adds to each type of a condition, as in "typeemailda": most of them have it, and no type without it is known.
 */
function suffixOf(conditions: readonly string[], types: ReadonlySet<string>): string {
  const unknown = conditions.filter((each) => !types.has(each));
  if (unknown.length < 2 || unknown.length * 2 <= conditions.length) return "";
  const votes = new Map<string, number>();
  for (const each of unknown) {
    const type = [...types].filter((type) => each.startsWith(type)).sort((a, b) => b.length - a.length)[0];
    const suffix = type === undefined ? "" : each.slice(type.length);
    if (suffix !== "" && !suffix.startsWith("_")) votes.set(suffix, (votes.get(suffix) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, one], [, other]) => other - one);
  return most !== undefined && most[1] > 1 ? most[0] : "";
}

function fieldsOf(
  rows: readonly Row[],
  suffix: string,
  sample: ReadonlyMap<string, string> | undefined,
  names: Map<string, string>,
  { properties, family }: Knowledge,
): Field[] {
  const named = new Set(rows.map(({ name }) => name));
  return rows.map(({ name, condition, required, type, line }) => {
    const types = condition?.map((each) =>
      each.endsWith(suffix) ? each.slice(0, each.length - suffix.length) : each,
    );
    const base = { required, type, condition: types, line };
    if (name !== undefined) return { ...base, name, nameFrom: "row" as const };
    const [only = ""] = types ?? [];
    const sent = sample?.get(properties.type) === only ? [...sample.keys()] : [];
    const shown = sent.filter(
      (each) => !named.has(each) && each !== properties.name && each !== properties.type,
    );
    const known = (family.fields[only] ?? []).filter((each) => !named.has(each));
    const found = shown[0] ?? names.get(only) ?? (known.length === 1 ? known[0] : undefined);
    if (found !== undefined) {
      names.set(only, found);
      named.add(found);
    }
    const nameFrom = found === undefined ? undefined : shown[0] === found ? "sample" : "contract";
    return { ...base, name: found, nameFrom };
  });
}
