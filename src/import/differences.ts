import {
  type ExamplePart,
  type Fact,
  type Field,
  type Form,
  kinds,
  type PageFacts,
  type Parameter,
} from "./facts.ts";
import { type Finding, listed } from "./finding.ts";

/** How a page differs from what was read from it before: each difference once, with its line. */
export function differences(now: PageFacts, before: PageFacts): Finding[] {
  const findings = [
    ...whereDiffers(now, before),
    ...sectionsThatDiffer(now, before),
    ...rowsThatDiffer("list", now.parameters, before.parameters, parameterDiffers),
    ...formDiffers("create", now.create, before.create),
    ...formDiffers("update", now.update, before.update),
    ...answersThatDiffer(now, before),
  ];
  return findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

const differs = (kind: string, message: string, line: number | null): Finding => ({
  kind,
  level: "differs",
  message,
  line,
});

function whereDiffers(now: PageFacts, before: PageFacts): Finding[] {
  if (now.baseUrl === null || now.baseUrl.value === before.baseUrl?.value) return [];
  const message = `The API is at ${now.baseUrl.value}; it was at ${before.baseUrl?.value ?? "no known address"}.`;
  return [differs("base-url", message, now.baseUrl.line)];
}

function sectionsThatDiffer(now: PageFacts, before: PageFacts): Finding[] {
  return kinds.flatMap((kind, index): Finding[] => {
    const [own, old] = [now.sections[kind], before.sections[kind]];
    if (own === undefined && old === undefined) return [];
    if (own === undefined) return [sectionMissing(kind, index, now, before)];
    if (old === undefined) return [differs("section-added", `The page documents ${kind} now.`, own.line)];
    const text = ({ method, hasSlash }: typeof own.value) =>
      `${method}, ${hasSlash ? "with" : "without"} a slash at the end`;
    if (text(own.value) === text(old.value)) return [];
    return [differs("endpoint", `${kind} is ${text(own.value)}; it was ${text(old.value)}.`, own.line)];
  });
}

/** A section that is missing, or replaced by another operation. Its place is where the next one begins. */
function sectionMissing(kind: string, index: number, now: PageFacts, before: PageFacts): Finding {
  const lineOf = (each: (typeof kinds)[number]) => now.sections[each]?.line;
  const next = kinds
    .slice(index)
    .map(lineOf)
    .find((line) => line !== undefined);
  const last = kinds
    .slice(0, index)
    .map(lineOf)
    .findLast((line) => line !== undefined);
  const known = new Set(before.otherOperations.map(({ value }) => value));
  const instead = now.otherOperations.find(
    ({ value, line }) => !known.has(value) && line > (last ?? 0) && line < (next ?? Number.POSITIVE_INFINITY),
  );
  return instead === undefined
    ? differs("section-missing", `The section that documents ${kind} is gone.`, next ?? null)
    : differs("section-missing", `${instead.value} stands where ${kind} stood.`, instead.line);
}

interface Named {
  readonly name: string | undefined;
  readonly line: number;
}

/** Compares rows by name. If one row stands in the place of another, it was renamed. */
function rowsThatDiffer<Row extends Named>(
  where: string,
  now: readonly Row[],
  before: readonly Row[],
  attributes: (now: Row, before: Row) => Finding[],
): Finding[] {
  const { pairs, added, removed } = aligned(now, before);
  const findings = pairs.flatMap(([own, old]) => attributes(own, old));
  for (const [index, row] of [...added]) {
    const gone = [...removed].find(([, old]) => old.after === index.after);
    if (gone) removed.delete(gone[0]);
    const name = row.name ?? "a row without a name";
    findings.push(
      gone
        ? differs(
            "renamed",
            `${name} stands where ${gone[0].name ?? "a row without a name"} stood (${where}).`,
            row.line,
          )
        : differs("row-added", `${name} is new (${where}).`, row.line),
    );
  }
  for (const [row, { after }] of removed) {
    // After the last row: the line below it.
    const line = now[after]?.line ?? (now.at(-1)?.line ?? 0) + 1;
    findings.push(differs("row-removed", `${row.name ?? "A row without a name"} is gone (${where}).`, line));
  }
  return findings;
}

/** Pairs up rows: the nth row of a name with the nth of that name before. The others are identified by how many pairs precede them. */
function aligned<Row extends Named>(now: readonly Row[], before: readonly Row[]) {
  const keys = (rows: readonly Row[]) => {
    const seen = new Map<string, number>();
    return rows.map(({ name = "" }) => {
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return `${name} ${seen.get(name)}`;
    });
  };
  const [own, old] = [keys(now), keys(before)];
  const places = new Map(own.map((key, index) => [key, index]));
  const olds = new Set(old);
  const pairs: [Row, Row][] = [];
  const removed = new Map<Row, { after: number }>();
  let after = 0;
  for (const [index, key] of old.entries()) {
    const row = before[index] as Row;
    const place = places.get(key);
    const match = place === undefined ? undefined : now[place];
    if (match === undefined || place === undefined) removed.set(row, { after });
    else {
      pairs.push([match, row]);
      after = place + 1;
    }
  }
  const added = now.flatMap((row, index): [{ after: number }, Row][] =>
    olds.has(own[index] ?? "") ? [] : [[{ after: index }, row]],
  );
  return { pairs, added, removed };
}

/** One finding for each statement of a row that has changed. */
function changed<Row extends Named>(
  now: Row,
  before: Row,
  statements: readonly (keyof Row & string)[],
): Finding[] {
  return statements.flatMap((each): Finding[] => {
    const [own, old] = [text(now[each]), text(before[each])];
    if (own === old) return [];
    return [differs(each, `${now.name ?? "This row"}: ${each} is ${own}; it was ${old}.`, now.line)];
  });
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "not said";
  return Array.isArray(value) ? listed(value) : String(value);
}

const parameterDiffers = (now: Parameter, before: Parameter) => [
  ...labelsDiffer(now, before),
  ...changed(now, before, ["enum", "default", "format"]),
];

const fieldDiffers = (now: Field, before: Field) => [
  ...labelsDiffer(now, before),
  ...changed(now, before, ["condition"]),
];

/** Labels that can't be interpreted any more are one change. */
function labelsDiffer<Row extends Parameter | Field>(now: Row, before: Row): Finding[] {
  const isLost =
    now.required === null && now.type === null && before.required !== null && before.type !== null;
  if (!isLost) return changed<Parameter | Field>(now, before, ["required", "type"]);
  return [
    differs(
      "labels",
      `${now.name ?? "This row"}: its labels are not those of other rows any more.`,
      now.line,
    ),
  ];
}

function formDiffers(where: "create" | "update", now: Form | null, before: Form | null): Finding[] {
  if (now === null || before === null) return [];
  const [own, old] = [now.types, before.types];
  const findings = rowsThatDiffer(where, now.fields, before.fields, fieldDiffers);
  if (own && old && text(own.value) !== text(old.value)) {
    findings.push(
      differs(
        "types",
        `The types are ${text(own.value)}; they were ${text(old.value)} (${where}).`,
        own.line,
      ),
    );
  }
  return findings;
}

function answersThatDiffer(now: PageFacts, before: PageFacts): Finding[] {
  const findings: Finding[] = [];
  const first = <T>(own: readonly Fact<T>[], old: readonly Fact<T>[], form: (value: T) => unknown) =>
    own.find(({ value }, index) => {
      const other = old[index] ?? old.at(-1);
      return other !== undefined && form(value) !== form(other.value);
    });
  const link = first(now.pageQueries, before.pageQueries, (value) => value);
  if (link)
    findings.push(
      differs(
        "links",
        `Links have ${link.value}; they had ${text(before.pageQueries[0]?.value)}.`,
        link.line,
      ),
    );
  const datetime = first(now.datetimes, before.datetimes, formOf);
  if (datetime)
    findings.push(
      differs(
        "datetimes",
        `Datetimes are like ${datetime.value}; they were like ${text(before.datetimes[0]?.value)}.`,
        datetime.line,
      ),
    );
  for (const part of ["handler", "read", "meta", "links"] satisfies ExamplePart[]) {
    const rows = (keys: readonly Fact<string>[]) => keys.map(({ value, line }) => ({ name: value, line }));
    if (now.exampleKeys[part].length === 0) continue;
    findings.push(
      ...rowsThatDiffer(
        `JSON, ${part}`,
        rows(now.exampleKeys[part]),
        rows(before.exampleKeys[part]),
        () => [],
      ),
    );
  }
  const [comma, old] = [now.trailingComma, before.trailingComma];
  if (comma && old && comma.value !== old.value)
    findings.push(
      differs(
        "trailing-comma",
        `The JSON has ${comma.value ? "a comma that nothing follows" : "no such comma any more"}.`,
        comma.line,
      ),
    );
  return findings;
}

/** The format of a datetime: without its digits, so that two moments give the same. */
const formOf = (datetime: string) => datetime.replace(/\d/g, "0");
