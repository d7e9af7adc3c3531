import { describe, expect, test } from "vitest";
import {
  descriptionNames,
  familyName,
  isNode,
  loadDescription,
  rolesOf,
} from "../../src/description/index.ts";
import { allLanguages, type Language, languageFor } from "../../src/docs/index.ts";
import { inEnglish } from "../../src/docs/languages.ts";
import { readingOf } from "../../src/docs/reading.ts";
import { inferredOf } from "../../src/docs/reference/inferred.ts";
import { levelsOf } from "../../src/docs/reference/marks.ts";
import { referenceOf } from "../../src/docs/reference/model.ts";
import { facts, shared } from "../generate/facts.ts";
import { idsOf, markdownOf, pageOf, textOf } from "./page.ts";

const languages = allLanguages();
const english = inEnglish(languages);

describe.each(descriptionNames)("the reference of %s", (name) => {
  const description = loadDescription(name);
  const own = languageFor(languages, description.about.language) ?? english;
  const both = [...new Set([own, english])];

  test.each(both.map((language) => [language.code, language] as const))(
    "in %s says every assumption where it stands, and in its table",
    (_code, language) => {
      const text = textOf(pageOf(name, language));
      const reading = readingOf(description, language);
      const assumptions = assumptionsOf(description.document);
      expect(assumptions.size).toBeGreaterThan(10);
      for (const assumption of assumptions) {
        const sentence = textOf(reading.inline(assumption));
        expect(text).toContain(reading.say("inferredNote", { assumption: sentence }));
        // Once more in the table.
        expect(text.split(sentence).length - 1, assumption).toBeGreaterThan(1);
      }
    },
  );

  test("leads from each line of the table to a place that is there, and no id is there twice", () => {
    const html = pageOf(name, english);
    const ids = idsOf(html);
    expect(ids.length).toBe(new Set(ids).size);
    const inferred = inferredOf(referenceOf(description));
    expect(inferred.length).toBe(assumptionsOf(description.document).size);
    for (const { places } of inferred) {
      expect(places.length).toBeGreaterThan(0);
      for (const place of places) {
        expect(ids).toContain(place);
        expect(html).toContain(`<a href="#${place}"`);
      }
    }
  });

  test("has every operation with its parameters, fields, answers and samples, without a script", () => {
    const html = pageOf(name, english);
    const ids = new Set(idsOf(html));
    const { operations, types } = referenceOf(description);
    expect(operations.map(({ operation }) => operation.id)).toEqual(
      description.operations.map(({ id }) => id),
    );
    for (const { slug, operation, like } of operations) {
      expect(ids).toContain(slug);
      expect(html).toContain(`<code>${operation.path}</code>`);
      if (like !== undefined) continue;
      for (const parameter of operation.parameters) expect(ids).toContain(`${slug}.${parameter.name}`);
      for (const status of operation.responses.keys()) expect(ids).toContain(`${slug}.${status}`);
    }
    for (const type of types) {
      for (const section of ["create", "update", "handler"]) expect(ids).toContain(`${section}/${type}`);
    }
    for (const [type, fields] of rolesOf(description).fields) {
      for (const field of fields) {
        for (const id of [
          `create.${type}.${field}`,
          `update.${type}.${field}`,
          `handler.${type}.settings.${field}`,
        ])
          expect(ids).toContain(id);
      }
    }
  });

  test("has no words of tools, no gap, and nothing that is undefined", () => {
    for (const language of languages.values()) {
      const text = textOf(pageOf(name, language));
      expect(text).not.toMatch(/\{(count|value|status|header|version|licence|variable|what|assumption)\b/);
      expect(text).not.toMatch(/undefined|\[object |NaN/);
      expect(markdownOf(name, language)).not.toMatch(/undefined|\[object |NaN/);
    }
  });

  test("leaves the description as it was", () => {
    const before = JSON.stringify(description.document);
    pageOf(name, english);
    expect(JSON.stringify(description.document)).toBe(before);
  });
});

describe.each(Object.entries(facts))("the page of %s against what its documentation says", (name, fact) => {
  const html = pageOf(name, english);
  const reference = referenceOf(loadDescription(name));
  const operation = (kind: string) => reference.operations.find((each) => each.kind === kind);

  test("its handler types, the fields of each, and which are required", () => {
    for (const kind of ["create", "update"]) {
      const body = operation(kind)?.body;
      expect(body?.byType.map(({ type }) => type).sort()).toEqual([...fact.types].sort());
      for (const { type, fields } of body?.byType ?? []) {
        expect(fields.map((field) => field.name)).toEqual(fact.fields[type]);
        expect(fields.every(({ isRequired }) => !isRequired)).toBe(true);
      }
      // A create needs name and type; everything in an update is optional, the type as well.
      const required = body?.shared.filter(({ isRequired }) => isRequired).map((field) => field.name);
      expect(required?.sort()).toEqual(kind === "create" ? ["name", "type"] : []);
    }
    for (const fields of Object.values(fact.inertFields)) {
      for (const field of fields) expect(html).not.toContain(`<code>${field}</code>`);
    }
  });

  test("its list parameters, page sizes and defaults", () => {
    const fields = operation("list")?.parameters.flatMap((each) => each.fields) ?? [];
    expect(fields.map((field) => field.name).sort()).toEqual([...fact.listParameters].sort());
    const { values, default: preset } = shared.results_per_page;
    expect(fields.find((field) => field.name === "results_per_page")).toMatchObject({
      values: fact.pages?.sizes ?? values,
      preset: fact.pages?.size ?? preset,
    });
  });

  test("its operations, their paths and their errors, and where it is", () => {
    for (const [method, path, id] of shared.operations) {
      const view = reference.operations.find((each) => each.operation.id === id);
      expect([view?.operation.method.toLowerCase(), view?.operation.path]).toEqual([method, path]);
      const told =
        view?.like === undefined ? view : reference.operations.find(({ slug }) => slug === view.like);
      const errors = told?.answers.map(({ status }) => status).filter((status) => status !== "200");
      expect(errors).toEqual(shared.errors[id as keyof typeof shared.errors]);
    }
    expect(html).toContain(`<code>${fact.baseUrl}</code>`);
    if (fact.page !== undefined) expect(html).toContain(`href="${fact.page}"`);
    expect(html).toContain(fact.datetime.slice(0, 10));
    expect(textOf(html)).toContain(fact.firstPageUrl);
  });

  test("the handler, and what lists hold besides", () => {
    const names = [
      ...reference.handler.shared.map((field) => field.name),
      ...(reference.handler.byType[0]?.fields ?? []).map((field) => field.name),
    ];
    expect(names.sort()).toEqual([...shared.resourceProperties].sort());
    const answer = operation("list")?.answers.find(({ status }) => status === "200");
    const below = (part: string) =>
      answer?.fields.find((field) => field.name === part)?.children.map((field) => field.name);
    expect(below("meta")).toEqual(shared.metaProperties);
    expect(below("links")).toEqual(shared.linksProperties);
  });
});

test("delete says that the body is empty or any JSON, and not that there is none", () => {
  const html = pageOf(familyName, english);
  const text = textOf(html.slice(html.indexOf('id="delete.200"'), html.indexOf('id="delete.401"')));
  expect(text).toContain("The body is empty, or any JSON");
});

test("an instance whose language nobody translates into is in English, and says so", () => {
  const alone: ReadonlyMap<string, Language> = new Map([[english.code, english]]);
  for (const name of descriptionNames) {
    const { language } = loadDescription(name).about;
    const isForeign = languageFor(alone, language) === undefined;
    const html = pageOf(name, english, { isUntranslated: isForeign });
    expect(html.includes("There is no translation into it yet")).toBe(isForeign);
    expect(html).toContain(`<html lang="${english.code}"`);
  }
});

/** The assumptions of a bundle that readers meet: those of nodes that are inferred, and those of operations. */
function assumptionsOf(document: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const child of Object.values(value)) visit(child);
    if (!isNode(value)) return;
    for (const text of Object.values(isNode(value["x-assumptions"]) ? value["x-assumptions"] : {}))
      found.add(String(text));
    if (levelsOf(value).includes("inferred")) found.add(String(value["x-assumption"]));
  };
  visit(document);
  return found;
}
