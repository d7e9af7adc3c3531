import { describe, expect, test } from "vitest";
import {
  at,
  descriptionNames,
  evidenceOf,
  follow,
  instanceEntry,
  instanceNames,
  isNode,
  loadDescription,
  type Node,
  step,
  UnknownInstanceError,
  validateForm,
  validateResponse,
} from "../../src/description/index.ts";

/** The examples of a media type: key and value. */
function examplesAt(document: Node, pointer: string): [string, unknown][] {
  const examples = at(document, step(pointer, "examples"));
  return Object.entries(isNode(examples) ? examples : {}).map(([key, example]) => {
    return [key, follow(document, example, step(step(pointer, "examples"), key)).node.value];
  });
}

describe.each(descriptionNames)("the bundle of %s", (name) => {
  const description = loadDescription(name);

  test("is read once", () => {
    expect(loadDescription(name)).toBe(description);
    expect(description.name).toBe(name);
  });

  test("says what the registry says", () => {
    const { baseUrl, types } = instanceEntry(name);
    expect(description).toMatchObject({ baseUrl, handlerTypes: types });
  });

  test("takes every one of its request examples", () => {
    let checked = 0;
    for (const operation of description.operations) {
      for (const content of operation.body?.contents ?? []) {
        for (const [key, value] of examplesAt(description.document, content.pointer)) {
          const fields = Object.entries(value as object).map(([field, it]) => [field, String(it)] as const);
          expect(validateForm(operation, fields).problems, `${operation.id} ${key}`).toEqual([]);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThanOrEqual(2 * description.handlerTypes.length);
  });

  test("takes every one of its answer examples", () => {
    for (const operation of description.operations) {
      for (const [status, response] of operation.responses) {
        for (const content of response.contents) {
          const examples = examplesAt(description.document, content.pointer);
          expect(examples.length).toBeGreaterThan(0);
          for (const [key, value] of examples) {
            const code = status === "default" ? 599 : Number(status);
            const problems = validateResponse(operation, code, content.mediaType, value);
            expect(problems, `${operation.id} ${status} ${key}`).toEqual([]);
          }
        }
      }
    }
  });

  test("every operation asks for the key", () => {
    expect(description.operations.every((operation) => operation.secured)).toBe(true);
  });
});

test("an unknown instance: the error lists the known ones", () => {
  expect(() => loadDescription("example.com")).toThrow(UnknownInstanceError);
  expect(() => loadDescription("__proto__")).toThrow(UnknownInstanceError);
  for (const name of instanceNames) expect(() => loadDescription("../x")).toThrow(name);
});

test("a keyword of a node can have evidence of its own", () => {
  const document = {
    a: { minimum: 1, type: "integer", "x-evidence": { minimum: "inferred" }, "x-assumption": "From 1." },
  };
  expect(evidenceOf(document, "#/a/minimum")).toEqual({ level: "inferred", assumption: "From 1." });
  expect(evidenceOf(document, "#/a/type")).toEqual({ level: "documented" });
});

test("a reference says what it refers to says", () => {
  const document = {
    paths: {
      get: {
        "x-evidence": { responses: "family" },
        responses: { 200: { $ref: "#/b" }, 404: { $ref: "#/a" } },
      },
    },
    a: { "x-evidence": "inferred", "x-assumption": "It is not there." },
    b: { "x-evidence": { content: "documented" }, content: {} },
  };
  expect(evidenceOf(document, "#/paths/get/responses/404")).toMatchObject({ level: "inferred" });
  expect(evidenceOf(document, "#/paths/get/responses/200")).toEqual({ level: "family" });
  expect(evidenceOf(document, "#/b/content")).toEqual({ level: "documented" });
});
