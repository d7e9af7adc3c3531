import { describe, expectTypeOf, test } from "vitest";
import type { InstanceName, InstanceSchemas } from "../../generated/instances.ts";

/** The instances that are looked at here; others may lack what these have. */
type Known = "tistos.com" | "dmpilot.ru" | "bitpeak.ru" | "k.aws.bj" | "app.conecto.ir" | "family";
type Schemas<Name extends Known> = InstanceSchemas[Name]["components"]["schemas"];
type Create<Name extends Known> = Schemas<Name>["CreateNotificationHandler"];
type Update<Name extends Known> = Schemas<Name>["UpdateNotificationHandler"];
type Handler<Name extends Known> = Schemas<Name>["NotificationHandler"];

describe("the generated types say what each instance has", () => {
  test("each instance creates the types of its page and no other", () => {
    type Six = "email" | "webhook" | "slack" | "discord" | "telegram" | "microsoft_teams";
    expectTypeOf<Create<"tistos.com">["type"]>().toEqualTypeOf<Six>();
  });

  test("the family is open, and every instance names its types", () => {
    expectTypeOf<Handler<"family">["type"]>().toEqualTypeOf<string>();
    expectTypeOf<Schemas<"tistos.com">["HandlerType"]>().toEqualTypeOf<Create<"tistos.com">["type"]>();
    expectTypeOf<Create<"tistos.com">["type"]>().toExtend<Schemas<"family">["HandlerType"]>();
  });

  test("creating twilio compiles on k.aws.bj alone", () => {
    const twilio = { type: "twilio", name: "On call", twilio: "+12025550123" } as const;
    expectTypeOf(twilio).toExtend<Create<"k.aws.bj">>();
    expectTypeOf(twilio).not.toExtend<Create<"bitpeak.ru">>();
    // @ts-expect-error bitpeak.ru has no twilio
    const refused: Create<"bitpeak.ru"> = { type: "twilio", name: "On call", twilio: "+12025550123" };
    void refused;
  });

  test("a field of another type doesn't compile", () => {
    // @ts-expect-error telegram is no field of slack
    const mixed: Create<"tistos.com"> = { type: "slack", name: "Sales", telegram: "token" };
    const url = "https://teams.example.com/hook";
    // @ts-expect-error microsoft_teams has no field on tistos.com
    const teams: Create<"tistos.com"> = { type: "microsoft_teams", name: "T", microsoft_teams: url };
    const allowed: Create<"bitpeak.ru"> = { type: "microsoft_teams", name: "T", microsoft_teams: url };
    // @ts-expect-error name is required
    const nameless: Create<"tistos.com"> = { type: "email", email: "a@example.com" };
    void [mixed, teams, allowed, nameless];
  });

  test("type narrows settings", () => {
    const read = (handler: Handler<"k.aws.bj">) => {
      if (handler.type === "telegram") {
        expectTypeOf(handler.settings).toEqualTypeOf<
          { telegram?: string; telegram_chat_id?: string } | unknown[]
        >();
      }
      if (handler.type === "email" && !Array.isArray(handler.settings)) {
        expectTypeOf(handler.settings.email).toEqualTypeOf<string | undefined>();
      }
      // @ts-expect-error settings is not known before type is
      void handler.settings.telegram;
    };
    void read;
  });

  test("an update needs no type, and carries is_enabled as 1 or 0", () => {
    expectTypeOf<{ name: string; is_enabled: 1 }>().toExtend<Update<"dmpilot.ru">>();
    expectTypeOf<Update<"dmpilot.ru">["is_enabled"]>().toEqualTypeOf<0 | 1 | undefined>();
  });

  test("only k.aws.bj filters its list", () => {
    type Query<Name extends Known> = NonNullable<
      InstanceSchemas[Name]["paths"]["/notification-handlers/"]["get"]["parameters"]["query"]
    >;
    expectTypeOf<keyof Query<"tistos.com">>().toEqualTypeOf<"page" | "results_per_page">();
    expectTypeOf<Query<"k.aws.bj">["order_type"]>().toEqualTypeOf<"ASC" | "DESC" | undefined>();
    expectTypeOf<Query<"tistos.com">["results_per_page"]>().toEqualTypeOf<
      10 | 25 | 50 | 100 | 250 | 500 | 1000 | undefined
    >();
  });

  test("the instances have names", () => {
    expectTypeOf<"k.aws.bj">().toExtend<InstanceName>();
    expectTypeOf<"k.aws">().not.toExtend<InstanceName>();
  });
});
