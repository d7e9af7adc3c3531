import { describe, expectTypeOf, test } from "vitest";
import type * as bitpeak from "../../generated/bitpeak.ru/index.ts";
import * as familyModule from "../../generated/family/index.ts";
import type { InstanceName, InstanceSchemas } from "../../generated/instances.ts";
import type * as kaws from "../../generated/k.aws.bj/index.ts";
import * as kawsModule from "../../generated/k.aws.bj/index.ts";
import type * as tistos from "../../generated/tistos.com/index.ts";
import {
  type Client,
  type CommonClient,
  type CreateNotificationHandler,
  createClient,
  type HandlerType,
  type NotificationHandler,
  NotificationHandlersError,
  type SettingsOf,
  toDate,
  type UnlistedType,
  type UpdateNotificationHandler,
  unlistedType,
} from "../../src/client/index.ts";

const apiKey = "k";
// Never called: what is in it is only compiled.
const compiled = (_: () => unknown) => {};

describe("createClient", () => {
  test("gives the client of the instance, at home or elsewhere, and the family's for any other", () => {
    compiled(() => {
      expectTypeOf(createClient({ instance: "k.aws.bj", apiKey })).toEqualTypeOf<Client<"k.aws.bj">>();
      expectTypeOf(
        createClient({ instance: "tistos.com", baseUrl: "http://localhost", apiKey }),
      ).toEqualTypeOf<Client<"tistos.com">>();
      expectTypeOf(createClient({ baseUrl: "https://host/api", apiKey })).toEqualTypeOf<Client>();
      const instance = "tistos.com" as InstanceName;
      expectTypeOf(createClient({ instance, apiKey })).toEqualTypeOf<Client>();
    });
  });
  test("refuses what is no instance, and options without a place or a key", () => {
    compiled(() => [
      // @ts-expect-error no instance of that name
      createClient({ instance: "nope", apiKey }),
      // @ts-expect-error neither instance nor base URL
      createClient({ apiKey }),
      // @ts-expect-error no key
      createClient({ instance: "k.aws.bj" }),
    ]);
  });
});

describe("every instance", () => {
  test("has its own types of handlers", () => {
    expectTypeOf<HandlerType<"tistos.com">>().toEqualTypeOf<
      "email" | "webhook" | "slack" | "discord" | "telegram" | "microsoft_teams"
    >();
    expectTypeOf<"twilio">().toExtend<HandlerType<"k.aws.bj">>();
    expectTypeOf<"twilio">().not.toExtend<HandlerType<"bitpeak.ru">>();
    expectTypeOf<UnlistedType>().not.toExtend<HandlerType<"k.aws.bj">>();
    expectTypeOf<HandlerType<"k.aws.bj"> | UnlistedType>().toExtend<HandlerType>();
    expectTypeOf<InstanceSchemas["tistos.com"]["components"]["schemas"]["HandlerType"]>().toEqualTypeOf<
      HandlerType<"tistos.com">
    >();
  });
  test("answers with its own handlers, whose settings follow from the type", () => {
    compiled(async () => {
      const handler = await createClient({ instance: "k.aws.bj", apiKey }).get(1);
      expectTypeOf(handler).toEqualTypeOf<NotificationHandler<"k.aws.bj">>();
      expectTypeOf(handler).toExtend<
        InstanceSchemas["k.aws.bj"]["components"]["schemas"]["NotificationHandler"]
      >();
      expectTypeOf(handler).not.toBeAny();
      if (handler.type === "telegram") {
        expectTypeOf(handler.settings.telegram_chat_id).toEqualTypeOf<string | undefined>();
        // @ts-expect-error a setting of another type
        handler.settings.email;
      }
      // @ts-expect-error only the server sets it
      handler.id = 2;
      expectTypeOf(toDate(handler.datetime)).toEqualTypeOf<Date>();
      expectTypeOf(toDate(handler.last_datetime)).toEqualTypeOf<Date | null>();
    });
  });
  test("has an entry point of friendly names", () => {
    expectTypeOf<kaws.NotificationHandler>().toEqualTypeOf<NotificationHandler<"k.aws.bj">>();
    expectTypeOf<tistos.HandlerType>().toEqualTypeOf<HandlerType<"tistos.com">>();
    expectTypeOf<kaws.paths>().toEqualTypeOf<InstanceSchemas["k.aws.bj"]["paths"]>();
    expectTypeOf<{ type: "x"; name: string }>().toExtend<bitpeak.CreateNotificationHandler>();
    expectTypeOf<{ is_enabled: boolean }>().toExtend<bitpeak.UpdateNotificationHandler>();
  });
});

describe("the family, which is open", () => {
  const family = {} as Client;
  test("reads handlers of any type: a listed one narrows the settings, any other has settings of any name", () => {
    compiled(async () => {
      const handler = await family.get(1);
      expectTypeOf(handler.type).toExtend<string>();
      switch (handler.type) {
        case "telegram":
          expectTypeOf(handler.settings).toEqualTypeOf<{ telegram?: string; telegram_chat_id?: string }>();
          break;
        case "internal_notification":
          expectTypeOf(handler.settings).toEqualTypeOf<Record<string, never>>();
          break;
        case unlistedType("whatsapp"):
          expectTypeOf(handler.type).toEqualTypeOf<UnlistedType>();
          expectTypeOf(handler.settings).toEqualTypeOf<{ [name: string]: unknown }>();
          break;
        default:
          // Others may be unlisted, too.
          expectTypeOf(handler.type).toEqualTypeOf<
            Exclude<HandlerType, "telegram" | "internal_notification">
          >();
      }
      if (handler.type === unlistedType("whatsapp")) {
        expectTypeOf(handler.settings.whatsapp).toEqualTypeOf<unknown>();
      }
      for await (const { type } of family.listAll({ type: unlistedType("whatsapp") })) {
        expectTypeOf(type).toEqualTypeOf<HandlerType>();
      }
      // @ts-expect-error without unlistedType it may be a slip
      handler.type === "whatsapp";
    });
  });
  test("creates and changes handlers of a type that is marked as unlisted", () => {
    const type = "whatsapp" as string;
    compiled(() => [
      family.create({
        type: unlistedType("whatsapp"),
        name: "Ops",
        whatsapp: "+1",
        retries: 3,
        silent: true,
      }),
      family.create({ type: unlistedType(type), name: "Ops" }),
      family.update(1, { type: unlistedType("whatsapp"), whatsapp: "+2", is_enabled: false }),
      family.create({ type: "telegram", name: "Ops", telegram: "t" }),
      family.update(1, { telegram: "t", is_enabled: true }),
      // The handler may be of an unlisted type.
      family.update(1, { whatsapp: "+1" }),
      // @ts-expect-error no name
      family.create({ type: unlistedType("whatsapp"), whatsapp: "+1" }),
      // @ts-expect-error a value that no form can carry
      family.create({ type: unlistedType("whatsapp"), name: "Ops", whatsapp: null }),
      // @ts-expect-error a type that is listed
      unlistedType("email"),
    ]);
  });
  test("still refuses what the listed types do not have", () => {
    compiled(() => [
      // @ts-expect-error a type that is neither listed nor marked
      family.create({ type: "emial", name: "Ops" }),
      // @ts-expect-error a field of another type
      family.create({ type: "email", name: "Ops", telegram: "t" }),
      // @ts-expect-error a field that the type does not have
      family.create({ type: "email", name: "Ops", whatsapp: "+1" }),
      // @ts-expect-error a field of another type than the one named
      family.update(1, { type: "email", telegram: "t" }),
      // @ts-expect-error a type that is neither listed nor marked
      family.update(1, { type: "emial" }),
      // @ts-expect-error a listed field with a value of another kind
      family.update(1, { telegram: 5 }),
      // @ts-expect-error a type that is neither listed nor marked
      family.list({ type: "emial" }),
    ]);
  });
});

describe("bodies", () => {
  const tistos = {} as Client<"tistos.com">;
  const kaws = {} as Client<"k.aws.bj">;
  test("take what the instance has", () => {
    compiled(() => [
      kaws.create({ type: "telegram", name: "Ops", telegram: "t", telegram_chat_id: "42" }),
      kaws.create({ type: "twilio", name: "Ops", twilio: undefined }),
      kaws.update(1, { is_enabled: true }),
      kaws.update(1, { is_enabled: 0, telegram: "t" }),
      kaws.update(1, { type: "email", email: "a@example.com", is_enabled: false }),
    ]);
  });
  test("refuse what it does not have", () => {
    compiled(() => [
      // @ts-expect-error a type that this instance does not have
      tistos.create({ type: "twilio", name: "x" }),
      // @ts-expect-error a field of another type
      tistos.create({ type: "email", name: "x", telegram: "t" }),
      // @ts-expect-error a field of another instance
      tistos.update(1, { twilio: "+1" }),
      // @ts-expect-error no name
      kaws.create({ type: "email" }),
      // @ts-expect-error a field of another type than the one named
      kaws.update(1, { type: "email", telegram: "t" }),
      // @ts-expect-error text for a flag
      kaws.update(1, { is_enabled: "false" }),
      // @ts-expect-error null for a field
      kaws.update(1, { name: null }),
      // @ts-expect-error text for an id
      kaws.get("1"),
    ]);
  });
});

describe("the list", () => {
  const tistos = {} as Client<"tistos.com">;
  const kaws = {} as Client<"k.aws.bj">;
  test("takes filters where the instance has them", () => {
    compiled(() => [
      kaws.list({ is_enabled: true, datetime_start: new Date(), datetime_end: "13-05-2026 00:00:00" }),
      kaws.listAll({ type: "twilio", order_by: "name", order_type: "DESC", search: undefined }),
      tistos.list({ page: 2, results_per_page: 1000 }),
      // @ts-expect-error this instance has no filters
      tistos.list({ is_enabled: true }),
      // @ts-expect-error a size that is not allowed
      kaws.list({ results_per_page: 7 }),
      // @ts-expect-error a Date where no datetime is
      kaws.list({ search: new Date() }),
    ]);
  });
  test("refuses a misspelt field or filter in a literal, and takes it in a variable", () => {
    const filters = { type: "email", is_enabeld: true } as const;
    const body = { type: "email", name: "Ops", is_enabeld: true } as const;
    compiled(() => [
      kaws.list(filters),
      kaws.create(body),
      // @ts-expect-error a misspelt filter
      kaws.list({ is_enabeld: true }),
      // @ts-expect-error a misspelt field
      kaws.create({ type: "email", name: "Ops", emial: "a@example.com" }),
      // @ts-expect-error a misspelt field
      kaws.update(1, { nmae: "Ops" }),
    ]);
  });
  test("gives handlers one by one", () => {
    compiled(async () => {
      for await (const handler of tistos.listAll()) {
        expectTypeOf(handler).toEqualTypeOf<NotificationHandler<"tistos.com">>();
      }
    });
  });
});

test("http has the instance's paths", () => {
  const kaws = {} as Client<"k.aws.bj">;
  compiled(async () => {
    const { data } = await kaws.http.GET("/notification-handlers/", { params: { query: { is_enabled: 1 } } });
    expectTypeOf(data?.data[0]?.type).toEqualTypeOf<HandlerType<"k.aws.bj"> | undefined>();
    expectTypeOf(data).not.toHaveProperty("errors");
    const one = await kaws.http.GET("/notification-handlers/{notification_handler_id}", {
      params: { path: { notification_handler_id: 1 } },
    });
    if (one.data) expectTypeOf(one.data.data.settings).toExtend<object | unknown[]>();
    if (one.error) expectTypeOf(one.error.errors[0]?.title).toEqualTypeOf<string | undefined>();
    // @ts-expect-error no path of the contract
    await kaws.http.GET("/nope");
  });
});

test("errors narrow by code", () => {
  compiled(() => {
    const error = {} as unknown;
    if (error instanceof NotificationHandlersError && error.code === "http") {
      expectTypeOf(error.errors[0]?.title).toEqualTypeOf<string | undefined>();
      expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
    }
    // @ts-expect-error no code of that name
    if (error instanceof NotificationHandlersError) error.code === "nope";
  });
});

describe("types by name and by type of handler", () => {
  test("name the body and the settings of one type", () => {
    type Create = CreateNotificationHandler<"k.aws.bj", "telegram">;
    expectTypeOf<Create["type"]>().toEqualTypeOf<"telegram">();
    expectTypeOf<Create["telegram_chat_id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<SettingsOf<"k.aws.bj", "telegram">>().toEqualTypeOf<{
      telegram?: string;
      telegram_chat_id?: string;
    }>();
    expectTypeOf<kaws.CreateNotificationHandler<"telegram">>().toEqualTypeOf<Create>();
    expectTypeOf<kaws.SettingsOf<"telegram">>().toEqualTypeOf<SettingsOf<"k.aws.bj", "telegram">>();
    expectTypeOf<UpdateNotificationHandler<"k.aws.bj", "email">["type"]>().toEqualTypeOf<"email">();
    expectTypeOf<UpdateNotificationHandler<"k.aws.bj", undefined>["type"]>().toEqualTypeOf<undefined>();
    // @ts-expect-error a type that this instance does not have
    expectTypeOf<SettingsOf<"app.conecto.ir", "telegram">>().toBeNever();
  });
  test("take bodies that were made before", () => {
    const client = {} as Client<"k.aws.bj">;
    const body = {} as CreateNotificationHandler<"k.aws.bj">;
    const change = {} as UpdateNotificationHandler<"k.aws.bj">;
    const type = "email" as "email" | "slack";
    compiled(() => [client.create(body), client.update(1, change), client.create({ type, name: "n" })]);
  });
});

describe("the module of an instance", () => {
  test("has a client of its own", () => {
    compiled(() => {
      expectTypeOf(kawsModule.createClient({ apiKey })).toEqualTypeOf<Client<"k.aws.bj">>();
      expectTypeOf(
        familyModule.createClient({ apiKey, baseUrl: "https://host/api" }),
      ).toEqualTypeOf<Client>();
      // @ts-expect-error the family is nowhere
      familyModule.createClient({ apiKey });
      // @ts-expect-error another instance
      kawsModule.createClient({ apiKey, instance: "tistos.com" });
    });
  });
  test("has its types of handlers with their fields, at run time", () => {
    expectTypeOf(kawsModule.handlerTypes.telegram).toEqualTypeOf<readonly ["telegram", "telegram_chat_id"]>();
    expectTypeOf<keyof typeof kawsModule.handlerTypes>().toEqualTypeOf<HandlerType<"k.aws.bj">>();
  });
});

describe("a client of any instance", () => {
  type Every = { [N in InstanceName]: Client<N> }[InstanceName];
  test("is what every client is", () => {
    expectTypeOf<Every>().toExtend<CommonClient>();
    expectTypeOf<Client>().toExtend<CommonClient>();
  });
  test("does what all can do, and no more", () => {
    const client = {} as CommonClient;
    compiled(async () => {
      const { id } = await client.create({ type: "email", name: "n", email: "a@b.example" });
      const { type } = await client.get(id);
      // The family's, and those that an instance's entry adds.
      expectTypeOf<HandlerType | HandlerType<InstanceName>>().toEqualTypeOf<typeof type>();
      for await (const handler of client.listAll({ page: 2 })) handler.name satisfies string;
      // @ts-expect-error some instances have no telegram
      await client.create({ type: "telegram", name: "n" });
      // @ts-expect-error some instances document no field for it
      await client.create({ type: "microsoft_teams", name: "n", microsoft_teams: "https://a.example" });
      // @ts-expect-error most instances have no filters
      await client.list({ is_enabled: true });
    });
  });
});

test("a filter's datetime is a Date, or a text of its form", () => {
  const client = {} as Client<"k.aws.bj">;
  compiled(() => [
    client.list({ datetime_start: "01-02-2026 03:04:05" }),
    // @ts-expect-error no time
    client.list({ datetime_start: "01-02-2026" }),
    // @ts-expect-error as RFC 3339 writes it
    client.list({ datetime_start: "2026-02-01T03:04:05Z" }),
  ]);
});
