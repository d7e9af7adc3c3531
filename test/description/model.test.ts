import { describe, expect, test } from "vitest";
import {
  createDescription,
  descriptionNames,
  instanceEntry,
  loadDescription,
  modelOf,
  type Node,
  type RoleNames,
  rolesOf,
  step,
} from "../../src/description/index.ts";
import { objectOf } from "../../src/description/model.ts";
import { roleNames } from "../../src/description/registry.ts";
import { pets } from "./fixture.ts";

const all = descriptionNames.map((name) => ({ name, model: modelOf(loadDescription(name)) }));
const inverse = (names: object) =>
  Object.fromEntries(Object.entries(names).map(([name, role]) => [role, name]));

describe.each(all)("the model of $name", ({ name, model }) => {
  const about = instanceEntry(name);
  const { operations, roles } = model;

  test("is made once", () => {
    expect(modelOf(model.description)).toBe(model);
  });

  test("has every operation by its kind, the list on its documented path first", () => {
    const kinds = ["list", "read", "create", "update", "delete"] as const;
    const found = kinds.flatMap((kind) => roles.operations(kind));
    expect(found.map(({ id }) => id).sort()).toEqual([...about.operations].sort());
    for (const kind of kinds) {
      for (const operation of roles.operations(kind)) expect(roles.kindOf(operation)).toBe(kind);
      if (kind !== "list") expect(operations[kind]).toBe(roles.operations(kind)[0]);
    }
    expect(operations.list.path).toBe(about.listPath);
    expect([operations.list, operations.listByLink]).toEqual([roles.list, roles.listByLink]);
    expect(roles.operations("list")).toContain(operations.listByLink);
    expect(roles.operations("list").at(-1)).toBe(operations.listByLink);
    expect(roles.pageQuery).toBe(about.pageQuery);
  });

  test("names the properties and the counts of a list by their roles", () => {
    expect(model.names).toEqual(inverse(roleNames.properties));
    expect(model.meta).toEqual(inverse(roleNames.meta));
    expect([...roles.schemas.keys()]).toEqual([...roles.properties.keys()]);
    expect(roles.schemas.get("id")?.node.type).toBe("integer");
  });

  test("has the types with their fields, and the bodies of both writes", () => {
    expect(model.types).toEqual(about.types);
    expect(model.open).toBe(about.open);
    expect(Object.fromEntries(roles.fields)).toMatchObject(about.fields);
    for (const body of [roles.resource, roles.create])
      expect([...(body?.byValue.keys() ?? [])]).toEqual(about.types);
    expect(roles.update?.byValue.size).toBe(about.types.length);
  });

  test("has the list's parameters with what they allow", () => {
    for (const [parameter, { values = [] }] of Object.entries(about.parameters)) {
      const role = roleNames.parameters[parameter] ?? "filter";
      const found = roles.parameters(role).find((it) => it.name === parameter);
      expect(found, parameter).toBeDefined();
      // A list that is open to other types allows no list of them.
      const isOpen = about.open && parameter === model.names.type;
      expect(model.values(found), parameter).toEqual(isOpen ? [] : values);
    }
    expect(model.values(undefined)).toEqual([]);
    expect(model.parameter("page-size")?.name).toBe(inverse(roleNames.parameters)["page-size"]);
    const { values = [], default: usual } = about.parameters[model.parameter("page-size")?.name ?? ""] ?? {};
    expect(model.sizes).toEqual(values.map(Number).sort((one, other) => one - other));
    expect(model.defaultSize).toBe(usual);
    expect(model.hasFilters).toBe(Object.keys(about.parameters).length > 2);
    expect(roles.parameters("filter").map((it) => it.name)).toEqual(Object.keys(about.filters));
    expect(Object.fromEntries(roles.filters)).toEqual(about.filters);
  });

  test("reads datetimes of answers, and those of filters in their own form", () => {
    const moment = Date.UTC(2026, 4, 13, 9, 8, 7) / 1000;
    expect(model.datetime.write(moment)).toBe("2026-05-13 09:08:07");
    expect(model.queryDatetime?.write(moment)).toBe(
      Object.values(about.parameters).every(({ format }) => format === undefined)
        ? undefined
        : "13-05-2026 09:08:07",
    );
  });

  test("points to what is stated about an operation", () => {
    const { list } = operations;
    const responses = step(list.pointer, "responses");
    expect(model.status(list, 200)).toBe(`${responses}/200`);
    // A status that the operation does not name is what it says of all.
    expect(model.status(list, 418)).toBe(responses);
    expect(model.body(list, 418)).toBe(responses);
    expect(model.body(list, 200)).toBe(`${list.responses.get("200")?.pointer}/content`);
    expect(model.statement(list, model.body(list, 200))).toEqual({
      file: `generated/${name}/openapi.yaml`,
      pointer: model.body(list, 200),
      evidence: model.description.evidence(model.body(list, 200)).level,
    });
    expect(model.statement(list, model.status(list, 200))).toMatchObject({ evidence: "family" });
    expect(model.statement(list, list.pointer)).toBe(model.statement(list, list.pointer));
  });

  test("says of each assumption that it is inferred, and of what", () => {
    for (const operation of model.description.operations)
      for (const [key, assumption] of operation.assumptions) {
        const pointer = `${operation.pointer}/x-assumptions/${key}`;
        expect(model.assumption(operation, key)).toBe(pointer);
        expect(model.statement(operation, pointer)).toMatchObject({
          pointer,
          evidence: "inferred",
          assumption,
        });
      }
    const { list } = operations;
    const unknown = model.statement(list, model.assumption(list, "none"));
    expect(unknown).not.toHaveProperty("assumption");
  });

  test("takes all statements about an inferred operation for inferred, for the same reason", () => {
    const { list, listByLink } = operations;
    if (list === listByLink) return;
    const { evidence, assumption } = model.statement(listByLink, model.status(listByLink, 200));
    expect({ evidence, assumption }).toEqual({
      evidence: "inferred",
      assumption: expect.stringMatching(/\blinks\b/),
    });
  });
});

const family = modelOf(loadDescription("family"));

test("a filter compares a property, or else a field of the settings", () => {
  const { names, roles } = family;
  const [[, [field = ""] = []] = []] = [...roles.fields].filter(([, fields]) => fields.length > 0);
  const resource = {
    [names.name]: "Ops",
    [names.enabled]: 1,
    [names.settings]: { [field]: "of the settings" },
  };
  const [filter = ""] = [...roles.filters].find(([, property]) => property === names.enabled) ?? [];
  expect(family.compared(filter, resource)).toBe(1);
  expect(family.compared(names.name, resource)).toBe("Ops");
  expect(family.compared(field, resource)).toBe("of the settings");
  expect(family.compared(field, { ...resource, [names.settings]: [] })).toBeUndefined();
});

describe("a description that lacks what the code needs", () => {
  const { document, about, name } = pets;
  const roles = {
    parameters: { size: "page-size" },
    properties: Object.fromEntries(
      ["id", "type", "name", "settings", "enabled", "changed", "created"].map((role) => [
        `its_${role}`,
        role,
      ]),
    ),
    meta: { pages: "total-pages" },
  } as RoleNames;
  const property = { type: "string" };
  const pet = {
    type: "object",
    properties: {
      ...Object.fromEntries(Object.keys(roles.properties).map((it) => [it, property])),
      kind: { const: "cat" },
      its_settings: { type: "object", properties: { naps: property } },
    },
  };
  const schema = {
    type: "object",
    properties: {
      data: { type: "array", items: { oneOf: [pet] } },
      meta: { type: "object", properties: { pages: property, more: property } },
    },
  };
  const content = { "application/json": { schema } };
  const read = (paths: Node) => rolesOf(createDescription({ ...document, paths }, { name, about, roles }));
  const listing = (operation: Node) => ({ "/pets/": { get: { operationId: "list", ...operation } } });

  test("is read if it lacks nothing", () => {
    const found = read(listing({ responses: { 200: { content } } }));
    expect([...found.fields]).toEqual([["cat", ["naps"]]]);
    expect([...found.meta]).toEqual([["total-pages", "pages"]]);
    expect(found.listByLink).toBe(found.list);
    expect([found.create, found.update, found.operations("read")]).toEqual([undefined, undefined, []]);
  });

  test.each<[string, Node, string]>([
    ["a list", { "/pets/": { post: { responses: {} } } }, "operation to list"],
    ["an answer of the list", listing({ responses: { 201: { content } } }), "schema of the list"],
    ["a schema of that answer", listing({ responses: { 200: { content: {} } } }), "schema of the list"],
    [
      "handlers in that answer",
      listing({ responses: { 200: { content: { "application/json": { schema: { type: "object" } } } } } }),
      "union of the resource",
    ],
    ...Object.entries(roles.properties).map(([left, role]): [string, Node, string] => {
      const properties = Object.fromEntries(Object.entries(pet.properties).filter(([it]) => it !== left));
      const items = { oneOf: [{ ...pet, properties }] };
      const body = { schema: { type: "object", properties: { data: { type: "array", items } } } };
      return [
        `the handler's ${role}`,
        listing({ responses: { 200: { content: { "application/json": body } } } }),
        `property of the resource for ${role}`,
      ];
    }),
  ])("%s: it is refused, and told", (_, paths, what) => {
    expect(() => read(paths)).toThrow(new Error(`The description has no ${what}.`));
  });
});

test("flags are 1 and 0 on the wire", () => {
  expect([true, false].map(family.flag)).toEqual(["1", "0"]);
});

test.each([null, 1, "text", []])("%j is no object", (value) => {
  expect(objectOf(value)).toBeUndefined();
  expect(objectOf({ value })).toEqual({ value });
});
