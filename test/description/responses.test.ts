import { describe, expect, test } from "vitest";
import { type Problem, validateResponse } from "../../src/description/index.ts";
import { operation, pets } from "./fixture.ts";

const json = "application/json; charset=utf-8";

function problemsOf(body: unknown, status = 200, contentType: string | undefined = json): Problem[] {
  return validateResponse(operation("listPets"), status, contentType, body);
}

describe("bodies", () => {
  const cat = { species: "cat", settings: { naps: 3 } };
  const dog = { species: "dog", settings: { tricks: "sit" }, born: "2026-01-02 03:04:05" };
  const page = (...data: unknown[]) => ({ data, next: null });

  test.each([
    ["an empty page", page()],
    ["every branch", page(cat, dog)],
    ["properties that the contract does not know", { ...page({ ...cat, colour: "red" }), more: 1 }],
    ["a next page", { data: [], next: "http://h/pets?page=2" }],
    ["a next page in the other form", { data: [], next: "http://h/pets?&page=2" }],
  ])("%s is accepted", (_, body) => {
    expect(problemsOf(body)).toEqual([]);
  });

  const cases: [given: string, body: unknown, field: string, message: string, pointer: string][] = [
    [
      "a branch that is unknown",
      page(cat, { species: "cow" }),
      "data[1].species",
      'data[1].species must be one of cat, dog, not "cow".',
      "#/components/schemas/Pet/oneOf",
    ],
    [
      "no branch",
      page({}),
      "data[0].species",
      "data[0].species is required but missing; it is one of cat, dog.",
      "#/components/schemas/Pet/oneOf",
    ],
    [
      "an item that is no object",
      page(5),
      "data[0]",
      "data[0] must be an object, not a number.",
      "#/components/schemas/Pet/oneOf",
    ],
    [
      "a property of another type",
      page({ species: "dog", settings: { tricks: 5 } }),
      "data[0].settings.tricks",
      "data[0].settings.tricks must be a string, not a number.",
      "#/components/schemas/Dog/properties/settings/properties/tricks/type",
    ],
    [
      "a datetime of another form",
      page({ ...dog, born: "2026-01-02T03:04:05Z" }),
      "data[0].born",
      "data[0].born must look like a date and time in the form Y-m-d H:i:s.",
      "#/components/schemas/Dog/properties/born/pattern",
    ],
    [
      "a missing property",
      page({ species: "cat" }),
      "data[0].settings",
      "data[0].settings is required but missing.",
      "#/components/schemas/Cat/required",
    ],
    [
      "a link of another form",
      { data: [], next: "http://h/pets" },
      "next",
      "next must look like the pattern ^https?://.*\\?page=\\d+$ or the pattern ^https?://.*\\?&page=\\d+$.",
      "#/components/schemas/PageUrl/anyOf",
    ],
    [
      "no object at all",
      [],
      "",
      "The body must be an object, not an array.",
      "#/components/responses/Pets/content/application~1json/schema/type",
    ],
  ];
  test.each(cases)("%s is one problem", (_, body, field, message, pointer) => {
    expect(problemsOf(body)).toMatchObject([{ location: "body", field, message, pointer }]);
  });
});

describe("status, content type and emptiness", () => {
  test("a status by its class, and one that is not there", () => {
    expect(problemsOf({ errors: [{ title: "no", status: 404 }] }, 404)).toEqual([]);
    expect(problemsOf({}, 500)).toEqual([
      {
        location: "status",
        field: "status",
        message: "Status 500 is not among those of listPets: 200, 4XX.",
        pointer: "#/paths/~1pets~1/get/responses",
        trail: [],
      },
    ]);
    expect(validateResponse(operation("listPetsByLink"), 500, json, { errors: [] })).toEqual([]);
  });
  test.each(["text/html", "application/problem+json", ""])("%j is another content type", (contentType) => {
    expect(problemsOf("", 200, contentType)).toMatchObject([{ location: "header", field: "content-type" }]);
  });
  test.each([
    ["text/html", '"text/html"'],
    [null, "missing"],
  ])("the content type %j is held against what the operation says", (contentType, said) => {
    expect(validateResponse(operation("listPets"), 200, contentType ?? undefined, {})).toEqual([
      {
        location: "header",
        field: "content-type",
        message: `Content-Type must be application/json, but is ${said}.`,
        pointer: "#/components/responses/Pets/content",
        trail: ["#/paths/~1pets~1/get"],
      },
    ]);
  });
  test.each(["application/json", "Application/JSON", " application/json ;charset=utf-8"])(
    "%j is JSON",
    (contentType) => expect(problemsOf({ data: [], next: null }, 200, contentType)).toEqual([]),
  );
  test("a missing body is told", () => {
    expect(problemsOf(undefined)).toEqual([
      {
        location: "body",
        field: "",
        message: "The body is empty, but status 200 of listPets has one.",
        pointer: "#/components/responses/Pets/content",
        trail: ["#/paths/~1pets~1/get"],
      },
    ]);
  });
  test("an answer without stated content may have any body", () => {
    expect(validateResponse(operation("deletePet"), 200, undefined, undefined)).toEqual([]);
    expect(validateResponse(operation("deletePet"), 200, "text/html", "gone")).toEqual([]);
  });
});

describe("evidence", () => {
  test.each([
    ["#/components/schemas/Dog/properties/settings/properties/tricks/type", "inferred"],
    ["#/components/schemas/Dog/properties/settings", "inferred"],
    ["#/components/schemas/Dog/properties/species", "documented"],
    ["#/components/responses/Refused/content", "family"],
    ["#/nowhere/at/all", "documented"],
  ])("%s is %s", (pointer, level) => {
    expect(pets.evidence(pointer).level).toBe(level);
  });
  test("the way to a statement counts where the statement itself says nothing", () => {
    const [problem] = problemsOf({ errors: "no" }, 400);
    expect(problem?.pointer).toBe("#/components/schemas/Errors/properties/errors/type");
    expect(pets.evidence(problem?.pointer ?? "").level).toBe("documented");
    expect(pets.evidence(problem?.pointer ?? "", problem?.trail).level).toBe("family");
  });
});
