import type { ErrorObject, Options, SchemaValidateFunction, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { nearest } from "./known-names.ts";
import { fieldOf, requirement } from "./messages.ts";
import { isNode, type Located, type Node, step } from "./nodes.ts";
import { list, type Problem, type ProblemLocation, shownValue } from "./problem.ts";
import { trailOf } from "./trail.ts";
import { branchOf, kindsAt, readUnion, type Union } from "./unions.ts";

/** Checks a value against one schema of the description. */
export type Check = (value: unknown, location: ProblemLocation, field?: string) => Problem[];

/** Makes checks for the schemas of one description. Schemas are compiled once, when a check is made. */
export interface Validator {
  /** `trail`: the places through which the contract reaches the schema, innermost first. */
  check(schema: Located, trail?: readonly string[]): Check;
  /** The union at a schema, if there is one. */
  union(schema: Located): Union | undefined;
}

const key = "bundle";

/** How many errors are reported for one value at most. */
const mostErrors = 1_000;

const options: Options = {
  allErrors: true,
  verbose: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  // `format` is only an annotation in OpenAPI 3.1, and the pages' own examples have values that no format check would accept.
  validateFormats: false,
  validateSchema: false,
  ownProperties: true,
  // Optimizing the generated code takes longer than all checks of most runs together.
  code: { optimize: false },
};

/**
 * An ajv for one description. `oneOf` is replaced: it chooses the branch by the `const` of its selecting property, so that one wrong field
 * gives one error of that branch. ajv alone would report every branch.
 */
export function createValidator(document: Node, pointers: WeakMap<object, string>): Validator {
  const ajv = new Ajv2020(options);
  ajv.removeKeyword("oneOf");
  ajv.removeKeyword("anyOf");
  ajv.addVocabulary([...foreignKeywords(document)].filter((keyword) => !ajv.getKeyword(keyword)));
  ajv.addKeyword({
    keyword: "oneOf",
    schemaType: "array",
    compile: (_branches, parentSchema) => checkOneOf(parentSchema),
  });
  ajv.addKeyword({
    keyword: "anyOf",
    schemaType: "array",
    compile: (_branches, parentSchema) => checkAnyOf(parentSchema),
  });
  ajv.addSchema({ ...document, $id: key });

  const compiled = new Map<string, ValidateFunction>();
  /** How many more errors the current check may report: ajv's time grows with the square of their number. */
  let room = mostErrors;
  const unions = new Map<string, Union | undefined>();

  function validateAt(pointer: string): ValidateFunction {
    let validate = compiled.get(pointer);
    if (validate === undefined) {
      const fragment = pointer.slice(1).split("/").map(encodeURIComponent).join("/");
      validate = ajv.getSchema(`${key}#${fragment}`);
      if (validate === undefined) throw new Error(`${pointer}: not a schema`);
      compiled.set(pointer, validate);
    }
    return validate;
  }

  function unionAt(schema: Located): Union | undefined {
    if (!unions.has(schema.pointer)) unions.set(schema.pointer, readUnion(document, schema));
    return unions.get(schema.pointer);
  }

  function checkOneOf(parentSchema: Node): SchemaValidateFunction {
    const pointer = pointers.get(parentSchema);
    if (pointer === undefined) throw new Error("a oneOf is outside of the description");
    const union = unionAt({ node: parentSchema, pointer });
    const validate: SchemaValidateFunction = (value: unknown, context?: { instancePath: string }) => {
      const at = context?.instancePath ?? "";
      if (room <= 0) return true;
      validate.errors =
        union === undefined
          ? exactlyOne(parentSchema, pointer, value, at)
          : branchErrors(union, parentSchema, value, at);
      room -= validate.errors.length;
      return validate.errors.length === 0;
    };
    return validate;
  }

  function branchErrors(
    union: Union,
    parentSchema: Node,
    value: unknown,
    instancePath: string,
  ): ErrorObject[] {
    if (!isNode(value)) {
      return [
        {
          ...blank,
          keyword: "type",
          instancePath,
          params: { type: "object", value, statement: "oneOf" },
          parentSchema,
        },
      ];
    }
    const selector = Object.hasOwn(value, union.property) ? value[union.property] : undefined;
    const branch = branchOf(union, selector);
    if (branch === undefined) {
      const params = { union, selector };
      return [{ ...blank, keyword: "oneOf", instancePath, params, parentSchema }];
    }
    return errorsAt(branch.pointer, value, instancePath);
  }

  /**
   * An `anyOf` keeps its meaning, but gets better errors: if only one alternative takes objects (or strings), and the value is one, the
   * errors are about that alternative; otherwise the error is that no alternative fits.
   */
  function checkAnyOf(parentSchema: Node): SchemaValidateFunction {
    const pointer = pointers.get(parentSchema);
    if (pointer === undefined) throw new Error("an anyOf is outside of the description");
    const places = (parentSchema.anyOf as unknown[]).map((_, index) => step(step(pointer, "anyOf"), index));
    const meant = (value: unknown) => {
      const kind = isNode(value) ? "object" : typeof value === "string" ? "string" : undefined;
      const fitting = places.filter((place) => kind !== undefined && kindsAt(document, place).has(kind));
      return fitting.length === 1 ? fitting[0] : undefined;
    };
    const validate: SchemaValidateFunction = (value: unknown, context?: { instancePath: string }) => {
      const instancePath = context?.instancePath ?? "";
      validate.errors = [];
      if (places.some((place) => validateAt(place)(value))) return true;
      const place = meant(value);
      validate.errors =
        place === undefined
          ? [{ ...blank, keyword: "anyOf", instancePath, params: { value }, parentSchema }]
          : errorsAt(place, value, instancePath);
      return false;
    };
    return validate;
  }

  /** ajv overwrites `data` of the errors that a keyword returns, so the value is kept in `params`. */
  function errorsAt(pointer: string, value: unknown, instancePath: string): ErrorObject[] {
    const validate = validateAt(pointer);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => ({
      ...error,
      instancePath: instancePath + error.instancePath,
      params: { value: error.data, ...error.params },
    }));
  }

  /** A `oneOf` without a selecting property keeps its JSON Schema meaning: exactly one branch is valid. */
  function exactlyOne(
    parentSchema: Node,
    pointer: string,
    value: unknown,
    instancePath: string,
  ): ErrorObject[] {
    const branches = parentSchema.oneOf as unknown[];
    const valid = branches.filter((_, index) => validateAt(step(step(pointer, "oneOf"), index))(value));
    if (valid.length === 1) return [];
    const message = `must match exactly one of ${branches.length} forms, not ${valid.length}`;
    return [{ ...blank, keyword: "oneOf", instancePath, parentSchema, message }];
  }

  function problemOf(error: ErrorObject, location: ProblemLocation, field: string, trail: string[]): Problem {
    const schemaPointer = isNode(error.parentSchema) ? (pointers.get(error.parentSchema) ?? "#") : "#";
    const inside = (path: string) => (field === "" ? path : path === "" ? field : `${field}.${path}`);
    const problem = (
      name: string,
      message: string,
      pointer = step(schemaPointer, error.params.statement ?? error.keyword),
    ): Problem => {
      return { location, field: name, message, pointer, trail };
    };
    if (error.keyword === "required") {
      const name = inside(fieldOf(error.instancePath, error.params.missingProperty));
      return problem(name, `${name} is required but missing.`);
    }
    if (error.keyword === "additionalProperties") {
      const name = inside(fieldOf(error.instancePath, error.params.additionalProperty));
      const known = isNode(error.parentSchema) ? Object.keys(error.parentSchema.properties ?? {}) : [];
      const there = known.length === 0 ? "" : `: ${nearest(error.params.additionalProperty, known)}`;
      return problem(name, `${name} is not known to the contract here${there}.`);
    }
    if (error.keyword === "oneOf" && error.params.union !== undefined) {
      const { union, selector } = error.params as { union: Union; selector: unknown };
      const name = inside(fieldOf(error.instancePath, union.property));
      return problem(name, selectorMessage(union, selector, name));
    }
    const name = inside(fieldOf(error.instancePath));
    return problem(name, `${name === "" ? "The body" : name} ${requirement(error)}.`);
  }

  return {
    union: unionAt,
    check(schema, outer = []) {
      const validate = validateAt(schema.pointer);
      return (value, location, field = "") => {
        room = mostErrors;
        if (validate(value)) return [];
        return onePerValue((validate.errors ?? []).slice(0, mostErrors)).map((error) => {
          const trail = trailOf(document, unionAt, schema, value, error.instancePath);
          return problemOf(error, location, field, [...trail, ...outer]);
        });
      };
    },
  };
}

const blank = { keyword: "", instancePath: "", schemaPath: "", params: {} } satisfies ErrorObject;

/** The message for a value that selects no branch. */
export function selectorMessage(union: Union, selector: unknown, name = union.property): string {
  const allowed = list(union.byValue.keys());
  return selector === undefined
    ? `${name} is required but missing; it is one of ${allowed}.`
    : `${name} must be one of ${allowed}, not ${shownValue(selector)}.`;
}

/** The most helpful error first: a wrong enum value is not reported again for its type, nor an anyOf once per alternative. */
const tellingOrder = ["oneOf", "enum", "const", "anyOf", "type", "pattern"];

function onePerValue(errors: ErrorObject[]): ErrorObject[] {
  const kept = new Map<string, ErrorObject>();
  const rank = (error: ErrorObject) => {
    const index = tellingOrder.indexOf(error.keyword);
    return index === -1 ? tellingOrder.length : index;
  };
  for (const error of errors) {
    const name = error.params.missingProperty ?? error.params.additionalProperty ?? "";
    const place = `${error.instancePath}\n${name}`;
    const other = kept.get(place);
    if (other === undefined || rank(error) < rank(other)) kept.set(place, error);
  }
  return [...kept.values()];
}

/** Keys that mean nothing to JSON Schema: those of OpenAPI around the schemas, and all annotations. */
function foreignKeywords(document: Node): Set<string> {
  const keywords = new Set([...Object.keys(document), "example", "discriminator", "externalDocs", "xml"]);
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (name.startsWith("x-") && !Array.isArray(value)) keywords.add(name);
      visit(child);
    }
  };
  visit(document);
  return keywords;
}
