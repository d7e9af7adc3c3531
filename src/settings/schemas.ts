import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

/** The published JSON Schemas. `npm run schemas` derives them from TypeScript types. */
export type SchemaName = "contract-report" | "contract-baseline" | "contract-fleet" | "kept-facts";

const known = new Map<SchemaName, ValidateFunction>();

/** The validator of a published schema. */
export function schemaOf(name: SchemaName): ValidateFunction {
  const validate = known.get(name) ?? compile(name);
  known.set(name, validate);
  return validate;
}

function compile(name: SchemaName): ValidateFunction {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(readFileSync(file, "utf8")));
}
