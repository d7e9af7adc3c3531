import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { loadDescription } from "../../src/description/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a bundle is read here as the plain JSON that it is.
export type Json = any;

/** A committed bundle as plain JSON, with the little that tests need to look around in it. */
export function readBundle(name: string) {
  const document: Json = structuredClone(loadDescription(name).document);
  const deref = (node: Json): Json => {
    if (typeof node?.$ref !== "string") return node;
    return node.$ref
      .slice(2)
      .split("/")
      .reduce((at: Json, part: string) => at[part.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  };
  // Most tests only look around, and a schema has several examples.
  let ajv: Ajv2020 | undefined;
  const checks = new Map<string, ValidateFunction>();
  /** Checks a value against a schema of the bundle; the errors, or null. */
  const validate = (schema: Json, value: unknown) => {
    ajv ??= validatorOf(document);
    const absolute = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"bundle#/');
    const check = checks.get(absolute) ?? ajv.compile(JSON.parse(absolute));
    checks.set(absolute, check);
    return check(value) ? null : ajv.errorsText(check.errors);
  };
  return { document, deref, validate };
}

function validatorOf(document: Json): Ajv2020 {
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }), ["email", "uri"]);
  return ajv.addSchema(document, "bundle");
}
