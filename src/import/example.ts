import type { Fact, PageFacts } from "./facts.ts";
import type { Knowledge } from "./knowledge.ts";
import type { KnownSection } from "./sample.ts";

type Examples = Pick<PageFacts, "pageQueries" | "trailingComma" | "example" | "datetimes" | "exampleKeys">;

/** What the JSON samples of the list and of one handler show. */
export function exampleOf(sections: readonly KnownSection[], knowledge: Knowledge): Examples {
  const shown = sections
    .filter(({ kind }) => kind === "list" || kind === "read")
    .flatMap(({ samples }) => samples.json);
  const list = sections.filter(({ kind }) => kind === "list").flatMap(({ samples }) => samples.json);
  const handlers = shown.flatMap((sample) =>
    [["data", 0] as const, ["data"] as const].flatMap((path) => {
      const keys = sample.keys(...path);
      return keys === undefined ? [] : [{ sample, path, keys }];
    }),
  );
  const text = (property: string): Fact<string> | undefined => {
    for (const { sample, path } of handlers) {
      const found = sample.at(...path, property);
      if (typeof found?.value === "string") return { value: found.value, line: found.line };
    }
    return undefined;
  };
  const commas = shown.flatMap(({ trailingComma }) => (trailingComma === undefined ? [] : [trailingComma]));
  const whole = shown.find(({ isComplete }) => isComplete);
  const created = knowledge.createdProperty;
  const name = text(knowledge.properties.name);
  const datetime = text(created);
  const facts = (keys: readonly { name: string; line: number }[] = []) =>
    keys.map((each) => ({ value: each.name, line: each.line }));
  const keysAt = (key: string) => facts(list.find((sample) => sample.keys(key))?.keys(key));
  const datetimes = handlers.map(({ sample, path }) => sample.at(...path, created));
  return {
    pageQueries: list.flatMap((sample) => pageQueriesOf(sample.keys("links") ?? [], sample.at, knowledge)),
    trailingComma:
      commas[0] !== undefined
        ? { value: true, line: commas[0] }
        : (whole && { value: false, line: whole.line }) || null,
    example: { ...(name && { name }), ...(datetime && { datetime }) },
    datetimes: datetimes.flatMap((each) => (each ? [{ value: String(each.value), line: each.line }] : [])),
    exampleKeys: {
      handler: facts(handlers.find(({ path }) => path.length === 2)?.keys),
      read: facts(handlers.find(({ path }) => path.length === 1)?.keys),
      meta: keysAt("meta"),
      links: keysAt("links"),
    },
  };
}

/** The text between the path and the page number in each URL. */
function pageQueriesOf(
  keys: readonly { name: string }[],
  at: (...path: string[]) => { value: unknown; line: number } | undefined,
  { resource }: Knowledge,
): Fact<string>[] {
  return keys.flatMap(({ name }) => {
    const link = at("links", name);
    if (typeof link?.value !== "string") return [];
    const start = link.value.lastIndexOf(`/${resource}`);
    const query = /^\/?(\?[^\s"']*?)\d+$/.exec(
      start === -1 ? "" : link.value.slice(start + resource.length + 1),
    )?.[1];
    return query === undefined ? [] : [{ value: query, line: link.line }];
  });
}
