import { Ajv2020 } from "ajv/dist/2020.js";
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
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }), ["email", "uri"]);
  ajv.addSchema(document, "bundle");
  /** Checks a value against a schema of the bundle; the errors, or null. */
  const validate = (schema: Json, value: unknown) => {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"bundle#/'));
    const check = ajv.compile(absolute);
    return check(value) ? null : ajv.errorsText(check.errors);
  };
  return { document, deref, validate };
}
