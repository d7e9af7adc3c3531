import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { descriptionNames } from "../../src/description/index.ts";
import { generatedPath } from "../../src/generate/paths.ts";
import { withFlatBodies } from "../../src/generate/variants/flat.ts";
import { asOpenApi30 } from "../../src/generate/variants/openapi-3.0.ts";

type Schema = Record<string, unknown> & { properties: Record<string, Record<string, unknown>> };
interface Document {
  openapi: string;
  components: { schemas: Record<string, Schema> };
}

const read = (name: string, file: string) => readFileSync(generatedPath(name, file), "utf8");

describe.each(["openapi-3.0.yaml", "openapi-flat.yaml"])("%s", (file) => {
  test("of every instance is valid OpenAPI 3.0.3, with examples that it allows", async () => {
    const rules = {
      struct: "error",
      "no-unresolved-refs": "error",
      "nullable-type-sibling": "error",
      "no-invalid-media-type-examples": "error",
      "no-invalid-schema-examples": "error",
      "operation-operationId-unique": "error",
    } as const;
    const config = await createConfig({ rules });
    for (const name of descriptionNames) {
      const source = read(name, file);
      expect((parse(source) as Document).openapi).toBe("3.0.3");
      const problems = await lintFromString({ source, config });
      expect(
        problems.map(
          ({ ruleId, message, location }) => `${name} ${ruleId} ${location[0]?.pointer}: ${message}`,
        ),
      ).toEqual([]);
    }
  });
});

test.each(descriptionNames)("the flat forms of %s have every field of the forms once", (name) => {
  const whole = parse(read(name, "openapi.yaml")) as Document;
  const flat = parse(read(name, "openapi-flat.yaml")) as Document;
  const forms = Object.keys(flat.components.schemas).filter((each) => /^(Create|Update)/.test(each));
  expect(forms.length).toBeGreaterThan(0);
  for (const form of forms) {
    const { oneOf } = whole.components.schemas[form] as Schema;
    const branches = (oneOf as { $ref: string }[]).map(
      ({ $ref }) => whole.components.schemas[$ref.split("/").at(-1) ?? ""] as Schema,
    );
    // The branches themselves are gone.
    for (const { $ref } of oneOf as { $ref: string }[])
      expect(flat.components.schemas).not.toHaveProperty($ref.split("/").at(-1) ?? "");
    const expected = new Set(branches.flatMap(({ properties }) => Object.keys(properties)));
    const { properties, required = [] } = flat.components.schemas[form] as Schema;
    expect(Object.keys(properties).sort()).toEqual([...expected].sort());
    for (const [field, { description }] of Object.entries(properties)) {
      const having = branches.filter((branch) => field in branch.properties && branch.properties.type);
      const isOfAll = having.length === branches.filter((branch) => branch.properties.type).length;
      if (isOfAll) expect(String(description)).not.toContain("Only for handlers of type");
      else expect(description).toContain("Only for handlers of type `");
      expect((required as string[]).includes(field)).toBe(
        branches.every((branch) => (branch.required as string[] | undefined)?.includes(field)),
      );
    }
  }
});

test.each([
  [{ const: "a" }, { enum: ["a"] }],
  [
    { type: ["string", "null"], examples: ["a", "b"] },
    { type: "string", nullable: true, example: "a" },
  ],
  [
    { anyOf: [{ $ref: "#/components/schemas/Url" }, { type: "null" }], description: "Where." },
    { type: "string", nullable: true, format: "uri", description: "Where." },
  ],
  [
    { $ref: "#/components/schemas/Url", description: "Where." },
    { allOf: [{ $ref: "#/components/schemas/Url" }], description: "Where." },
  ],
  [{ not: { properties: { type: true } } }, { not: { properties: { type: {} } } }],
  // Data stays as it is, whatever its keys are.
  [
    { examples: { a: { value: { const: 1, examples: [2] } } } },
    { examples: { a: { value: { const: 1, examples: [2] } } } },
  ],
  [
    { properties: { const: { const: 1 }, examples: { type: "array" } } },
    { properties: { const: { enum: [1] }, examples: { type: "array" } } },
  ],
])("in OpenAPI 3.0 %j is %j", (schema, expected) => {
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1", summary: "s", license: { name: "MIT", identifier: "MIT" } },
    components: { schemas: { Url: { type: "string", format: "uri" }, It: schema } },
  };
  const converted = asOpenApi30(document as never) as unknown as { info: unknown } & Document;
  expect(converted.components.schemas.It).toEqual(expected);
  expect(converted.info).toEqual({
    title: "t",
    version: "1",
    license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
  });
});

test("the flat form has one text where the contract has a choice of texts", () => {
  const of = (It: object) => {
    const Url = { type: "string", format: "uri", pattern: "a", examples: ["a:b"] };
    const document = { openapi: "3.1.0", paths: {}, components: { schemas: { Url, It } } };
    return (withFlatBodies(document as never) as unknown as Document).components.schemas.It;
  };
  const Url = { $ref: "#/components/schemas/Url" };
  const other = { type: "string", format: "uri", pattern: "b" };
  expect(of({ title: "It", anyOf: [Url, other] })).toEqual({
    title: "It",
    type: "string",
    format: "uri",
    examples: ["a:b"],
  });
  expect(of({ anyOf: [{ type: "string", enum: ["a"] }, Url] })).toEqual({ type: "string" });
  expect(of({ properties: { next: { anyOf: [Url, { type: "null" }] } } })).toEqual({
    properties: { next: { anyOf: [Url, { type: "null" }] } },
  });
});
