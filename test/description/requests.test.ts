import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coerce, validateForm, validatePathParameters, validateQuery } from "../../src/description/index.ts";
import { operation, pets } from "./fixture.ts";

const schemas = "#/components/schemas";

/** `field: message @ pointer` of each problem. */
function shown(problems: readonly { field: string; message: string; pointer: string }[]): string[] {
  return problems.map(({ field, message, pointer }) => `${field}: ${message} @ ${pointer}`);
}

describe("forms", () => {
  const cases: { given: string; id: string; fields: Record<string, string>; want: string[] }[] = [
    { given: "a good create", id: "createPet", fields: { species: "cat", name: "Tom", naps: "3" }, want: [] },
    {
      given: "a good update that keeps the species",
      id: "updatePet",
      fields: { tricks: "sit", is_awake: "0" },
      want: [],
    },
    { given: "an update of nothing", id: "updatePet", fields: {}, want: [] },
    {
      given: "no species",
      id: "createPet",
      fields: { name: "Tom" },
      want: [`species: species is required but missing; it is one of cat, dog. @ ${schemas}/CreatePet/oneOf`],
    },
    {
      given: "an unknown species: one problem, whatever else is wrong",
      id: "createPet",
      fields: { species: "cow", moo: "1" },
      want: [`species: species must be one of cat, dog, not "cow". @ ${schemas}/CreatePet/oneOf`],
    },
    {
      given: "a required field missing",
      id: "createPet",
      fields: { species: "cat" },
      want: [`name: name is required but missing (species cat). @ ${schemas}/CreateCat/required`],
    },
    {
      given: "a field of another species",
      id: "createPet",
      fields: { species: "cat", name: "Tom", tricks: "sit" },
      want: [
        `tricks: tricks belongs to species dog, not to cat, whose fields are species, name, naps. @ ${schemas}/CreateCat/additionalProperties`,
      ],
    },
    {
      given: "a field that nothing has",
      id: "createPet",
      fields: { species: "dog", name: "Rex", constructor: "x" },
      want: [
        `constructor: "constructor" is not a field here; with species dog the fields are species, name, tricks. @ ${schemas}/CreateDog/additionalProperties`,
      ],
    },
    {
      given: "an integer that is none",
      id: "createPet",
      fields: { species: "cat", name: "Tom", naps: "1e3" },
      want: [`naps: naps must be an integer, not "1e3". @ ${schemas}/CreateCat/properties/naps/type`],
    },
    {
      given: "a flag that is none: one problem",
      id: "updatePet",
      fields: { is_awake: "true" },
      want: [
        `is_awake: is_awake must be one of 0, 1, not "true". @ ${schemas}/UpdatePetKeepingSpecies/properties/is_awake/enum`,
      ],
    },
  ];
  test.each(cases)("$given", ({ id, fields, want }) => {
    expect(shown(validateForm(operation(id), Object.entries(fields)).problems)).toEqual(want);
  });

  test("of a repeated field the last counts", () => {
    const fields = [
      ["species", "cow"],
      ["species", "dog"],
      ["name", "Rex"],
    ] as const;
    const { problems, values, branch } = validateForm(operation("createPet"), fields);
    expect(problems).toEqual([]);
    expect({ ...values }).toEqual({ species: "dog", name: "Rex" });
    expect(branch?.value).toBe("dog");
  });

  test("fields of other branches can be ignored, as the instances do", () => {
    const fields = Object.entries({ species: "cat", name: "Tom", tricks: "sit", colour: "red" });
    const { problems, values } = validateForm(operation("createPet"), fields, "ignore");
    expect(problems).toEqual([]);
    expect({ ...values }).toEqual({ species: "cat", name: "Tom" });
  });

  test.each<[fields: Record<string, string>, want: string[], values: Record<string, unknown>]>([
    [{ litres: "2", colour: "7" }, [], { litres: 2, colour: "7" }],
    [{ litres: "0" }, ["litres: litres must be >= 1."], { litres: 0 }],
    [{}, ["litres: litres is required but missing."], {}],
  ])("of a form without branches %j", (fields, want, values) => {
    const result = validateForm(operation("fillBowl"), Object.entries(fields));
    expect(result.problems.map(({ field, message }) => `${field}: ${message}`)).toEqual(want);
    expect({ ...result.values }).toEqual(values);
    expect(result.branch).toBeUndefined();
  });

  test("an operation without a form is a mistake of the caller", () => {
    expect(() => validateForm(operation("listPets"), [])).toThrow("listPets takes no form");
  });

  test("a problem leads from its place to the operation", () => {
    const body = "#/paths/~1pets/post/requestBody/content/multipart~1form-data";
    const [unknown] = validateForm(operation("createPet"), [["species", "cow"]]).problems;
    expect(unknown).toMatchObject({ location: "body", trail: [body, "#/paths/~1pets/post"] });
    const foreign = Object.entries({ species: "cat", name: "Tom", tricks: "sit" });
    const [stray] = validateForm(operation("createPet"), foreign).problems;
    expect(stray).toMatchObject({ location: "body", trail: [body] });
  });

  test("any fields give problems with a sentence and a pointer, and never an exception", () => {
    const name = fc.oneof(fc.constantFrom("species", "name", "naps", "is_awake", "__proto__"), fc.string());
    const value = fc.oneof(fc.constantFrom("cat", "dog", "1", "7"), fc.string());
    fc.assert(
      fc.property(
        fc.constantFrom("createPet", "updatePet"),
        fc.array(fc.tuple(name, value)),
        (id, fields) => {
          for (const problem of validateForm(operation(id), fields).problems) {
            expect(problem.message).toMatch(/\.$/);
            expect(problem.pointer).toMatch(/^#\/components\/schemas\//);
          }
        },
      ),
    );
  });
});

describe("query parameters", () => {
  const cases: { given: string; query: string; want: string[]; values: Record<string, unknown> }[] = [
    { given: "none: the defaults", query: "", want: [], values: { size: 25 } },
    { given: "the link form of the query", query: "&size=10", want: [], values: { size: 10 } },
    { given: "a repeated one: the last counts", query: "size=7&size=10", want: [], values: { size: 10 } },
    {
      given: "a value that is not allowed",
      query: "size=7",
      want: ["size: size must be one of 10, 25, not 7. @ #/components/parameters/Size/schema/enum"],
      values: { size: 7 },
    },
    {
      given: "another form of date",
      query: "since=2026-01-02",
      want: [
        "since: since must look like a date and time in the form d-m-Y. @ #/components/parameters/Since/schema/pattern",
      ],
      values: { size: 25, since: "2026-01-02" },
    },
    ...["31-02-2026", "29-02-2026", "00-01-2026", "01-13-2026"].map((since) => ({
      given: `${since}, which is in no calendar`,
      query: `since=${since}`,
      want: [
        `since: since is not a date and time that exists: "${since}" (d-m-Y). @ #/components/parameters/Since/schema/x-datetime-format`,
      ],
      values: { size: 25, since },
    })),
    { given: "a leap day", query: "since=29-02-2024", want: [], values: { size: 25, since: "29-02-2024" } },
    {
      given: "an empty number",
      query: "size=",
      want: ["size: size must be one of 10, 25, not empty. @ #/components/parameters/Size/schema/enum"],
      values: { size: "" },
    },
  ];
  test.each(cases)("$given", ({ query, want, values }) => {
    const result = validateQuery(operation("listPets"), new URLSearchParams(query));
    expect(shown(result.problems)).toEqual(want);
    expect({ ...result.values }).toEqual(values);
    expect(result.undocumented).toEqual([]);
  });

  test("a required one that is missing is named, and those of a header are left alone", () => {
    const { problems, values } = validateQuery(operation("fillBowl"), new URLSearchParams());
    expect(problems).toEqual([
      {
        location: "query",
        field: "keeper",
        message: "keeper is required but missing.",
        pointer: "#/paths/~1bowls/post/parameters/0/required",
        trail: [],
      },
    ]);
    expect({ ...values }).toEqual({});
    const given = validateQuery(operation("fillBowl"), new URLSearchParams("keeper=Ann&trace=1"));
    expect(given).toMatchObject({ problems: [], undocumented: ["trace"] });
  });

  test("what is not declared is named, not refused", () => {
    const result = validateQuery(
      operation("listPetsByLink"),
      new URLSearchParams("since=x&__proto__=1&size=25"),
    );
    expect(result.problems).toEqual([]);
    expect(result.undocumented).toEqual(["since", "__proto__"]);
  });
});

describe("path parameters", () => {
  test.each(["1", "42", "9007199254740991"])("%s is an id", (pet_id) => {
    expect(validatePathParameters(operation("updatePet"), { pet_id }).problems).toEqual([]);
  });
  test.each(["0", "-1", "1e3", "1.0", " 1", "9007199254740993", "\0", "abc"])("%j is no id", (pet_id) => {
    expect(validatePathParameters(operation("updatePet"), { pet_id }).problems).toHaveLength(1);
  });
});

describe("coercion", () => {
  test.each([
    ["12", "integer", 12],
    ["-3", "integer", -3],
    ["007", "integer", 7],
    ["9007199254740993", "integer", "9007199254740993"],
    ["1e3", "integer", "1e3"],
    ["", "integer", ""],
    ["12", "string", "12"],
  ])("%j is coerced to %s", (text, type, want) => {
    expect(coerce(text, { type })).toBe(want);
  });
});

describe("matching", () => {
  test.each([
    ["GET", "/pets/", "listPets", {}],
    ["GET", "/pets", "listPetsByLink", {}],
    ["HEAD", "/pets", "listPetsByLink", {}],
    ["GET", "/pets/first", "firstPet", {}],
    ["DELETE", "/pets/7", "deletePet", { pet_id: "7" }],
    ["DELETE", "/pets/a%2Fb", "deletePet", { pet_id: "a/b" }],
  ])("%s %s is %s", (method, path, id, parameters) => {
    const match = pets.matchOperation(method, path);
    expect(match.kind === "operation" && match.operation.id).toBe(id);
    expect(match.kind === "operation" && { ...match.parameters }).toEqual(parameters);
  });
  test.each(["", "/", "/pets/1/", "//pets", "/Pets", "/pets/%ZZ", "/pets/%ff", "/__proto__"])(
    "%s is unknown",
    (path) => {
      expect(pets.matchOperation("GET", path).kind).toBe("unknown-path");
    },
  );
  test("a method that a path lacks is told with those that it has", () => {
    const allow = ["GET", "HEAD", "POST", "OPTIONS"];
    expect(pets.matchOperation("PUT", "/pets")).toEqual({ kind: "method-not-allowed", allow });
    expect(pets.matchOperation("OPTIONS", "/pets")).toEqual({ kind: "options", allow });
    expect(pets.matchOperation("GET", "/pets/1")).toEqual({
      kind: "method-not-allowed",
      allow: ["POST", "DELETE", "OPTIONS"],
    });
  });
});
