import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import {
  at,
  descriptionNames,
  familyName,
  instanceEntry,
  instanceNames,
  isNode,
  loadDescription,
  type Node,
  rolesOf,
  step,
  stepsOf,
} from "../../src/description/index.ts";
import { derivedTexts } from "../../src/redocly-plugin/texts.js";
import { facts, filters, type InstanceFacts, sentences, shared } from "./facts.ts";
import { pageFacts } from "./page-facts.ts";

/** What a bundle states: a keyword of one of its nodes, and its value. */
interface Statement {
  pointer: string;
  keyword: string;
  value: unknown;
}

/** The keywords of a schema, a parameter or a body that say what a value has to be. */
const asserting = [
  "type",
  "enum",
  "const",
  "default",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "required",
  "additionalProperties",
  "readOnly",
  "writeOnly",
  "deprecated",
  "not",
];

/** Every statement of a bundle. Examples, extensions and the document's own frame (version, licence, server) state nothing of the API. */
function* statementsOf(node: unknown, pointer = "#"): Generator<Statement> {
  if (typeof node !== "object" || node === null) return;
  const isMapOfNames = stepsOf(pointer).at(-1) === "properties";
  for (const [keyword, value] of Object.entries(node)) {
    const place = step(pointer, keyword);
    if (
      /^x-/.test(keyword) ||
      ["examples", "example", "license", "externalDocs", "servers"].includes(keyword)
    )
      continue;
    const states = ["description", "summary"].includes(keyword)
      ? typeof value === "string"
      : asserting.includes(keyword);
    if (states && !isMapOfNames) yield { pointer: place, keyword, value };
    else yield* statementsOf(value, place);
  }
}

/** Documented statements that are no sentences: where they stand, and what the facts say that they must be. */
const known: readonly { at: RegExp; is: (want: InstanceFacts, node: Node) => unknown }[] = [
  { at: /\/parameters\/Page\/schema\/default$/, is: (want) => want.pages?.page ?? shared.page.default },
  {
    at: /\/parameters\/ResultsPerPage\/schema\/default$/,
    is: (want) => want.pages?.size ?? shared.results_per_page.default,
  },
  {
    at: /\/parameters\/ResultsPerPage\/schema\/enum$/,
    is: (want) => want.pages?.sizes ?? shared.results_per_page.values,
  },
  { at: /\/parameters\/SearchBy\/schema\/enum$/, is: () => filters.search_by?.values },
  { at: /\/parameters\/DatetimeField\/schema\/enum$/, is: () => filters.datetime_field?.values },
  { at: /\/parameters\/OrderBy\/schema\/enum$/, is: () => filters.order_by?.values },
  { at: /\/parameters\/OrderType\/schema\/enum$/, is: () => filters.order_type?.values },
  { at: /\/parameters\/NotificationHandlerId\/required$/, is: () => true },
  {
    at: /\/schemas\/HandlerType\/enum$/,
    // The contract has its own order.
    is: (want, { enum: types }) =>
      Array.isArray(types) && isDeepStrictEqual(types.toSorted(), want.types.toSorted()) ? types : want.types,
  },
  {
    at: /Handler\/properties\/type\/const$/,
    is: (want, { const: type }) => want.types.find((each) => each === type),
  },
  { at: /\/schemas\/Create\w+Handler\/required$/, is: () => ["type", "name"] },
  { at: /\/schemas\/SingleNotificationHandler\/required$/, is: () => ["data"] },
  { at: /\/schemas\/\w+Handler\/required$/, is: () => shared.resourceProperties },
  // None of the three is a parameter of create or update.
  { at: /Handler\/properties\/(id|datetime|last_datetime)\/readOnly$/, is: () => true },
  { at: /\/schemas\/Meta\/required$/, is: () => shared.metaProperties },
  { at: /\/schemas\/Links\/required$/, is: () => ["first", "last", "next", "prev", "self"] },
  { at: /\/schemas\/NotificationHandlerList\/required$/, is: () => ["data", "meta", "links"] },
  { at: /\/schemas\/NotificationHandlerReference\/required$/, is: () => ["data"] },
  { at: /\/schemas\/NotificationHandlerReference\/properties\/data\/required$/, is: () => ["id"] },
  { at: /\/post\/requestBody\/required$/, is: () => true },
  // Words of the pages: an e-mail address, a URL.
  { at: /\/schemas\/EmailAddress\/format$/, is: () => "email" },
  { at: /\/schemas\/\w+Url(\/anyOf\/\d)?\/format$/, is: () => "uri" },
  // Forms: what they take and refuse is tested with values, in facts.test.ts.
  {
    at: /\/schemas\/(Datetime|FilterDatetime|PageUrl)(\/anyOf\/\d)?\/pattern$/,
    is: (_want, { pattern }) => pattern,
  },
];

/** The JSON type of what the pages call a string, an integer, a boolean, or show as such; by the name of the component or property. */
const types: readonly { at: RegExp; type: string }[] = [
  { at: /\/securitySchemes\/api_key$/, type: "http" },
  { at: /\/(NotificationHandlerId|Page\/schema|ResultsPerPage\/schema)$/, type: "integer" },
  { at: /\/Meta\/properties\/(page|results_per_page|total|total_pages)$/, type: "integer" },
  { at: /\/IsEnabled$/, type: "boolean" },
  { at: /\/properties\/(next|prev)\/anyOf\/1$/, type: "null" },
  { at: /\/NotificationHandlerList\/properties\/data$/, type: "array" },
  {
    at: /\/(NotificationHandlerList|SingleNotificationHandler|NotificationHandlerReference|Meta|Links)$/,
    type: "object",
  },
  { at: /\/NotificationHandlerReference\/properties\/data$/, type: "object" },
  { at: /\/(Create|Update)?\w+Handler$/, type: "object" },
  { at: /\/EmailSettings\/anyOf\/0$/, type: "object" },
  { at: /\/(HandlerName|HandlerType|Datetime|FilterDatetime|PageUrl)(\/anyOf\/\d)?$/, type: "string" },
  { at: /Handler\/properties\/type$/, type: "string" },
  { at: /\/(Search|SearchBy|DatetimeField|OrderBy|OrderType)\/schema$/, type: "string" },
];

/** What the pages say together: of an instance that is not listed nobody knows more. */
const pages = instanceNames.flatMap((each) => pageFacts(each) ?? []);
const union: InstanceFacts = {
  ...(Object.values(facts)[0] as InstanceFacts),
  types: instanceEntry(familyName).types.filter((type) =>
    pages.some(({ types: said }) => said.includes(type)),
  ),
  listParameters: pages.flatMap(({ listParameters }) => listParameters),
};

describe.each(descriptionNames)("%s states nothing that is neither a fact of its page nor marked", (name) => {
  const description = loadDescription(name);
  const { document, evidence, handlerTypes, about } = description;
  const want = name === familyName ? union : pageFacts(name);
  const fields = Object.values(about.fields).flat();
  // Every page calls the fields of types strings.
  const fieldSchemas = new Set(
    [...(rolesOf(description).create?.byValue.values() ?? [])].flatMap(({ properties }) =>
      [...properties].filter(([field]) => fields.includes(field)).map(([, { pointer }]) => pointer),
    ),
  );
  // So is the text property or the field that a filter compares.
  const compared = [...fields, "name"];
  for (const [key, parameter] of Object.entries((at(document, "#/components/parameters") ?? {}) as Node)) {
    const filter = isNode(parameter) ? String(parameter.name) : "";
    if (compared.includes(filter) && want?.listParameters.includes(filter))
      fieldSchemas.add(`#/components/parameters/${key}/schema`);
  }
  const documented = [...statementsOf(document)].filter(
    ({ pointer }) => evidence(pointer).level === "documented",
  );

  test("there are facts of its page", () => {
    expect(want, `Import the page of ${name}, or transcribe it into test/generate/facts.ts.`).toBeDefined();
  });

  test.skipIf(want === undefined)("its page says every sentence that is not marked", () => {
    const said = documented.filter(({ keyword }) => keyword === "description" || keyword === "summary");
    const unknown = said
      .flatMap(({ pointer, value }) =>
        String(value)
          .trim()
          .split("\n\n")
          .map((text) => ({ pointer, text })),
      )
      .map(({ pointer, text }) => ({
        pointer,
        text: text.replaceAll("\n", " ").replaceAll(/`(\w+)`/g, typeGap),
      }))
      .filter(({ text }) => !sentences.includes(text) && text !== name);
    const lines = [...new Set(unknown.map(({ text }) => `  ${JSON.stringify(text)},`))];
    const todo = [
      "Hold each against the pages. If a page says it, add to `sentences` in test/generate/facts.ts:",
      ...lines,
      "Otherwise mark it in openapi/ as inferred: x-evidence and x-assumption.",
    ];
    expect(unknown, todo.join("\n")).toEqual([]);
    expect(said.length).toBeGreaterThan(handlerTypes.length);
  });

  test.skipIf(want === undefined)("numbers, values, forms and types", () => {
    const stated = documented.filter(({ keyword }) => keyword !== "description" && keyword !== "summary");
    const wrong = stated.filter(({ pointer, keyword, value }) => {
      const parent = pointer.slice(0, pointer.lastIndexOf("/"));
      if (keyword === "type" && fieldSchemas.has(parent)) return value !== "string";
      if (keyword === "type") return types.find(({ at: place }) => place.test(parent))?.type !== value;
      const rule = known.find(({ at: place }) => place.test(pointer));
      const node = at(document, parent);
      return (
        rule === undefined ||
        JSON.stringify(rule.is(want as InstanceFacts, isNode(node) ? node : {})) !== JSON.stringify(value)
      );
    });
    const lines = wrong.map(({ pointer, keyword, value }) => {
      if (known.some(({ at: place }) => place.test(pointer)))
        return `  ${pointer}: ${JSON.stringify(value)} is not what test/generate/facts.ts says.`;
      const [at, what] =
        keyword === "type" ? [pointer.slice(0, -"/type".length), "type: "] : [pointer, "is: () => "];
      const place = stepsOf(at).slice(-3).join("\\/");
      return `  { at: /\\/${place}$/, ${what}${JSON.stringify(value)} },`;
    });
    const todo = [
      "Hold each against the pages. If a page says it, add to `types` or `known` in test/generate/statements.test.ts:",
      ...lines,
      "Otherwise mark it in openapi/ as inferred: x-evidence and x-assumption.",
    ];
    expect(wrong, todo.join("\n")).toEqual([]);
    expect(stated.length).toBeGreaterThan(handlerTypes.length);
  });

  test("examples that are not the page's say so", () => {
    const unmarked: string[] = [];
    const visit = (node: unknown, pointer: string): void => {
      if (typeof node !== "object" || node === null) return;
      if (isNode(node) && "summary" in node && "value" in node) {
        const isMarked =
          node["x-evidence"] === "documented" ||
          String(node.description).startsWith("Made for this contract");
        if (!isMarked) unmarked.push(pointer);
      }
      for (const [key, child] of Object.entries(node)) visit(child, step(pointer, key));
    };
    visit(document, "#");
    expect(unmarked).toEqual([]);
  });

  function typeGap(quoted: string, word: string): string {
    return handlerTypes.includes(word) ? "{type}" : fields.includes(word) ? "{field}" : quoted;
  }
});

test("a sentence that no page says is found, and so is a number", () => {
  const [name = ""] = instanceNames;
  const { document } = loadDescription(name);
  const changed = structuredClone(document) as unknown as {
    components: { schemas: Record<string, Record<string, unknown>> };
  };
  Object.assign(changed.components.schemas.HandlerName ?? {}, {
    description: "A name of up to 80 letters.",
    maxLength: 80,
  });
  const stated = [...statementsOf(changed)].filter(({ pointer }) => pointer.includes("/HandlerName/"));
  expect(stated.map(({ value }) => value)).toContain("A name of up to 80 letters.");
  expect(stated.map(({ keyword }) => keyword)).toContain("maxLength");
  expect(sentences).not.toContain("A name of up to 80 letters.");
  expect(known.some(({ at: place }) => place.test("#/components/schemas/HandlerName/maxLength"))).toBe(false);
});

test("sentences that only an entry brings in name no instance", () => {
  for (const text of derivedTexts) for (const name of instanceNames) expect(text).not.toContain(name);
});
