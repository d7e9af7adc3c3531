import { describe, expect, test } from "vitest";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";
import { type Json, readBundle } from "./bundle.ts";
import { facts, filters, shared } from "./facts.ts";
import { pageFacts } from "./page-facts.ts";

const COMMON = ["type", "name", "is_enabled"];

describe.each(Object.entries(facts))("%s", (name, want) => {
  const { document, deref, validate } = readBundle(name);
  const entry = instanceEntry(name);
  const { schemas } = document.components;
  const typeOf = (branch: Json) => deref(branch).properties.type?.const;
  const fieldsOf = (branch: Json) =>
    Object.keys(deref(branch).properties).filter((field) => !COMMON.includes(field));

  test("is where and in the language that the page says", () => {
    expect(document.servers).toEqual([{ url: want.baseUrl, description: name }]);
    expect(entry).toMatchObject({ baseUrl: want.baseUrl, language: want.language });
  });

  test("names the page that it was read from, with the day that it shows", () => {
    const seen = want.datetime.slice(0, 10);
    const source = { ...(want.page !== undefined && { url: want.page }), language: want.language, seen };
    expect(entry.source).toEqual(source);
    expect(document.externalDocs.url).toBe(want.page ?? `${new URL(want.baseUrl).origin}/`);
    expect(document.externalDocs.description).toContain(seen);
  });

  test("documents inert fields, and says that they are left out", () => {
    expect(entry.inertFields).toEqual(want.inertFields);
    for (const operation of [
      document.paths["/notification-handlers"].post,
      document.paths["/notification-handlers/{notification_handler_id}"].post,
    ]) {
      const told = Object.values<string>(operation["x-assumptions"]).join();
      for (const field of Object.values(want.inertFields).flat())
        expect(told).toMatch(new RegExp(`\\b${field}\\b[^;]*; they are left out here`));
    }
  });

  test("has the operations of the page, each behind the bearer key", () => {
    const operations = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
      Object.entries<Json>(item)
        .filter(([method]) => method !== "parameters")
        .map(([method, operation]) => [method, path, operation.operationId]),
    );
    expect(operations.sort()).toEqual([...shared.operations].sort());
    expect(document.security).toEqual([{ api_key: [] }]);
    expect(document.components.securitySchemes.api_key).toMatchObject({ type: "http", scheme: "bearer" });
  });

  test.each(Object.entries(shared.errors))(
    "%s can answer with the errors of the family",
    (operationId, codes) => {
      const operation = Object.values<Json>(document.paths)
        .flatMap((item) => Object.values<Json>(item))
        .find((each) => each.operationId === operationId);
      expect(Object.keys(operation.responses)).toEqual(["200", ...codes]);
      for (const code of codes) {
        const media = deref(operation.responses[code]).content["application/json"];
        expect(media.schema).toEqual({ $ref: "#/components/schemas/Errors" });
        for (const example of Object.values<Json>(media.examples)) {
          const status = code === "default" ? expect.any(Number) : Number(code);
          expect(deref(example).value).toEqual({ errors: [{ title: expect.any(String), status }] });
        }
      }
    },
  );

  test.each(["NotificationHandler", "CreateNotificationHandler", "UpdateNotificationHandler"])(
    "%s has a branch for each type of the page and no other",
    (schema) => {
      const types = schemas[schema].oneOf.map(typeOf).filter((type: unknown) => type !== undefined);
      expect(types.sort()).toEqual([...want.types].sort());
      expect(Object.keys(schemas[schema]).filter((key) => /Of$|discriminator|properties/.test(key))).toEqual([
        "oneOf",
      ]);
    },
  );

  test.each(want.types)("%s has the fields of the page", (type) => {
    const branch = (schema: string) => schemas[schema].oneOf.find((each: Json) => typeOf(each) === type);
    const fields = want.fields[type];
    expect(fieldsOf(branch("CreateNotificationHandler"))).toEqual(fields);
    expect(deref(branch("CreateNotificationHandler")).required).toEqual(["type", "name"]);
    expect(fieldsOf(branch("UpdateNotificationHandler"))).toEqual(fields);
    expect(deref(branch("UpdateNotificationHandler")).required).toEqual(["type"]);
    const resource = deref(branch("NotificationHandler"));
    expect(Object.keys(resource.properties)).toEqual(shared.resourceProperties);
    expect(resource.required).toEqual(shared.resourceProperties);
    const [object, empty] = deref(resource.properties.settings).anyOf.map(deref);
    expect(Object.keys(object.properties ?? {})).toEqual(fields);
    expect(empty).toMatchObject({ type: "array", maxItems: 0 });
    for (const field of fields ?? []) {
      expect(deref(deref(branch("CreateNotificationHandler")).properties[field]).type).toBe("string");
    }
  });

  test("an update without type takes the fields of every type of the instance, and no other", () => {
    const keeping = schemas.UpdateNotificationHandler.oneOf.filter(
      (each: Json) => typeOf(each) === undefined,
    );
    expect(keeping).toHaveLength(1);
    expect(fieldsOf(keeping[0]).sort()).toEqual(Object.values(want.fields).flat().sort());
    expect(deref(keeping[0]).required).toBeUndefined();
    expect(Object.keys(deref(keeping[0]).properties)).toContain("is_enabled");
  });

  test("bodies are multipart forms", () => {
    for (const operation of [
      document.paths["/notification-handlers"].post,
      document.paths["/notification-handlers/{notification_handler_id}"].post,
    ]) {
      expect(Object.keys(operation.requestBody.content)).toEqual(["multipart/form-data"]);
      expect(operation.requestBody.required).toBe(true);
    }
  });

  test.each(["/notification-handlers/", "/notification-handlers"])(
    "GET %s takes the parameters of the page",
    (path) => {
      const parameters: Json[] = document.paths[path].get.parameters.map(deref);
      expect(parameters.map((parameter) => parameter.name).sort()).toEqual([...want.listParameters].sort());
      expect(parameters.every((parameter) => parameter.in === "query" && !parameter.required)).toBe(true);
      const schema = (parameter: string) => deref(parameters.find((each) => each.name === parameter)!.schema);
      const page = want.pages?.page ?? shared.page.default;
      expect(schema("page")).toMatchObject({ type: "integer", default: page });
      expect(schema("results_per_page")).toMatchObject({
        type: "integer",
        enum: want.pages?.sizes ?? shared.results_per_page.values,
        default: want.pages?.size ?? shared.results_per_page.default,
      });
      for (const [filter, { values, good, bad }] of Object.entries(filters)) {
        if (!want.listParameters.includes(filter)) continue;
        if (values) {
          expect(schema(filter).type).toBe("string");
          expect([...schema(filter).enum].sort()).toEqual([...values].sort());
        }
        if (good !== undefined) expect(validate(schema(filter), good)).toBeNull();
        if (bad !== undefined) expect(validate(schema(filter), bad)).not.toBeNull();
      }
    },
  );

  test("datetimes of answers are Y-m-d H:i:s, and last_datetime may be null", () => {
    const { properties } = deref(schemas.NotificationHandler.oneOf[0]);
    for (const property of ["datetime", "last_datetime"]) {
      expect(deref(properties[property])["x-datetime-format"]).toBe("Y-m-d H:i:s");
      expect(validate(properties[property], shared.datetime.good)).toBeNull();
      for (const bad of shared.datetime.bad) expect(validate(properties[property], bad)).not.toBeNull();
    }
    expect(validate(properties.last_datetime, null)).toBeNull();
    expect(validate(properties.datetime, null)).not.toBeNull();
  });

  test("meta and links have the members of the page, links in the page's form", () => {
    expect(Object.keys(schemas.Meta.properties)).toEqual(shared.metaProperties);
    expect(Object.values<Json>(schemas.Meta.properties).map((each) => each.type)).toEqual(
      shared.metaProperties.map(() => "integer"),
    );
    expect(Object.keys(schemas.Links.properties).sort()).toEqual(shared.linksProperties);
    expect(validate(schemas.PageUrl, want.firstPageUrl)).toBeNull();
    const otherForm = want.firstPageUrl.includes("?&")
      ? want.firstPageUrl.replace("?&", "?")
      : want.firstPageUrl.replace("?", "?&");
    expect(validate(schemas.PageUrl, otherForm)).not.toBeNull();
    // No page shows where in a longer query the page number stands.
    for (const query of ["results_per_page=10&page=2", "page=2&results_per_page=10"]) {
      expect(validate(schemas.PageUrl, want.firstPageUrl.replace("page=1", query))).toBeNull();
    }
    for (const [member, nullable] of [
      ["next", true],
      ["prev", true],
      ["first", false],
      ["last", false],
      ["self", false],
    ] as const) {
      expect(validate(schemas.Links.properties[member], null) === null).toBe(nullable);
    }
  });

  test("the answers that the page shows are valid, and stand in the contract as they are", () => {
    const handler = { ...shared.handler, datetime: want.datetime };
    const url = want.firstPageUrl;
    const list = {
      data: [handler],
      meta: {
        page: 1,
        results_per_page: want.pages?.size ?? shared.results_per_page.default,
        total: 1,
        total_pages: 1,
      },
      links: { first: url, last: url, next: null, prev: null, self: url },
    };
    const shown = (path: string, method: string) => {
      const answer = deref(document.paths[path][method].responses["200"]).content["application/json"];
      const pages = Object.values<Json>(answer.examples).filter(
        (each) => each["x-evidence"] === "documented",
      );
      return { schema: answer.schema, values: pages.map(({ value }) => value) };
    };
    const one = "/notification-handlers/{notification_handler_id}";
    for (const [path, method, value] of [
      ["/notification-handlers/", "get", list],
      [one, "get", { data: handler }],
      ["/notification-handlers", "post", { data: { id: 1 } }],
      [one, "post", { data: { id: 1 } }],
    ] as const) {
      const { schema, values } = shown(path, method);
      expect(values).toEqual([value]);
      expect(validate(schema, value)).toBeNull();
    }
  });
});

test.each(Object.keys(facts))(
  "the requests that the page of %s shows stand in its contract as they are",
  (name) => {
    const { document, deref } = readBundle(name);
    const shown = (path: string) => {
      const { examples } = document.paths[path].post.requestBody.content["multipart/form-data"];
      const all = Object.values<Json>(examples).map(deref);
      return all.filter((each) => each["x-evidence"] === "documented").map(({ value }) => value);
    };
    expect(shown("/notification-handlers")).toEqual([shared.create]);
    expect(shown("/notification-handlers/{notification_handler_id}")).toEqual([shared.update]);
  },
);

test("every instance of the register has its facts: here, or where `npm run import` keeps them", () => {
  const todo = "Import its page, or transcribe it into test/generate/facts.ts.";
  expect(
    instanceNames.filter((name) => pageFacts(name) === undefined),
    todo,
  ).toEqual([]);
  expect(instanceNames).toEqual(expect.arrayContaining(Object.keys(facts)));
});

test("the family has no type and no parameter that no page has", () => {
  const { document, deref } = readBundle("family");
  const pages = instanceNames.map((name) => pageFacts(name)).filter((each) => each !== undefined);
  const union = new Set(pages.flatMap((each) => each.types));
  for (const type of document.components.schemas.HandlerType.enum) expect(union).toContain(type);
  const parameters = document.paths["/notification-handlers/"].get.parameters.map(
    (each: Json) => deref(each).name,
  );
  const listed = new Set(pages.flatMap((each) => each.listParameters));
  for (const parameter of parameters) expect(listed).toContain(parameter);
  const forms = pages.map((each) => each.firstPageUrl.replace(/^[^?]*/, ""));
  expect(document.components.schemas.PageUrl.anyOf).toHaveLength(new Set(forms).size);
});
