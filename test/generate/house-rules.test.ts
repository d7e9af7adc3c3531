import { fileURLToPath } from "node:url";
import { type Config, lintFromString, loadConfig } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { instanceNames } from "../../src/description/index.ts";
import { type Json, readBundle } from "./bundle.ts";
import { lintDerived } from "./source.ts";

const configPath = fileURLToPath(new URL("../../redocly.yaml", import.meta.url));

/** The rules that the family's bundle breaks after a change; of one rule alone, if it is named, in a fraction of the time. */
async function brokenRules(change: (document: Json) => void, only?: string): Promise<string[]> {
  const { document } = readBundle("family");
  change(document);
  const config = await loadConfig({ configPath });
  if (only !== undefined) config.skipRules(rulesOf(config).filter((rule) => rule !== only));
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  return [...new Set(problems.map((problem) => problem.ruleId))];
}

function rulesOf({ rules }: Config): string[] {
  const { assertions = [], ...others } = rules.oas3_1;
  return [
    ...Object.keys(others),
    ...(assertions as unknown as { assertionId: string }[]).map((it) => it.assertionId),
  ];
}

const ONE = "/notification-handlers/{notification_handler_id}";

describe("the lint rules of the house", () => {
  test("the contract as it is breaks none", async () => {
    expect(await brokenRules(() => {})).toEqual([]);
  });

  const cases: { broken: string; rule: string; change: (document: Json) => void }[] = [
    {
      broken: "an operation id without a verb",
      rule: "rule/operation-id-verb",
      change: ({ paths }) => {
        paths[ONE].get.operationId = "notificationHandler";
      },
    },
    {
      broken: "an operation without its 429",
      rule: "rule/error-answers",
      change: ({ paths }) => {
        delete paths[ONE].delete.responses["429"];
      },
    },
    {
      broken: "a body without examples",
      rule: "rule/examples",
      change: ({ paths }) => {
        delete paths[ONE].post.requestBody.content["multipart/form-data"].examples;
      },
    },
    {
      broken: "a parameter without examples",
      rule: "rule/parameter-examples",
      change: ({ components }) => {
        delete components.parameters.Page.examples;
      },
    },
    {
      broken: "an example without a summary",
      rule: "rule/example-summary",
      change: ({ components }) => {
        delete components.examples.CreateEmailExample.summary;
      },
    },
    {
      broken: "an example that its schema refuses",
      rule: "no-invalid-media-type-examples",
      change: ({ components }) => {
        components.examples.CreateEmailExample.value.is_enabled = "x";
      },
    },
    {
      broken: "a handler type without an update body",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        components.schemas.UpdateNotificationHandler.oneOf.splice(3, 1);
      },
    },
    {
      broken: "a handler type without an example in the create body",
      rule: "notification-handlers/handler-types-complete",
      change: ({ paths }) => {
        delete paths["/notification-handlers"].post.requestBody.content["multipart/form-data"].examples
          .twilio;
      },
    },
    {
      broken: "a list example that lacks a type",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        components.responses.NotificationHandlerList.content[
          "application/json"
        ].examples.every_type.value.data.pop();
      },
    },
    {
      broken: "a handler type without a description",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        delete components.schemas.CreateXNotificationHandler.description;
      },
    },
    {
      broken: "two forms of the list with different parameters",
      rule: "notification-handlers/list-forms-agree",
      change: ({ paths }) => {
        paths["/notification-handlers"].get.parameters.pop();
      },
    },
    {
      broken: "an unknown kind of evidence",
      rule: "notification-handlers/evidence",
      change: ({ components }) => {
        components.schemas.Flag["x-evidence"] = "guessed";
      },
    },
    {
      broken: "something inferred without its assumption",
      rule: "notification-handlers/evidence",
      change: ({ components }) => {
        delete components.schemas.Flag["x-assumption"];
      },
    },
    {
      broken: "an assumption about what is documented",
      rule: "notification-handlers/evidence",
      change: ({ components }) => {
        components.schemas.HandlerName["x-assumption"] = "Names are short.";
      },
    },
    {
      broken: "evidence for a keyword that isn't there",
      rule: "notification-handlers/evidence",
      change: ({ components }) => {
        delete components.schemas.NotificationHandlerId.minimum;
      },
    },
  ];
  cases.push(
    {
      broken: "an update that lacks a field of the create",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        delete components.schemas.UpdateTelegramNotificationHandler.properties.telegram_chat_id;
      },
    },
    {
      broken: "settings that lack a field of the create",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        delete components.schemas.TelegramSettings.anyOf[0].properties.telegram;
      },
    },
    {
      broken: "an update without a type that lacks a field",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        delete components.schemas.UpdateNotificationHandlerKeepingType.properties.slack;
      },
    },
    {
      broken: "a total that is not that of the example",
      rule: "notification-handlers/handler-types-complete",
      change: ({ components }) => {
        const { examples } = components.responses.NotificationHandlerList.content["application/json"];
        examples.every_type.value.meta.total += 1;
      },
    },
  );
  test.each(cases)("$broken breaks $rule", async ({ rule, change }) => {
    expect(await brokenRules(change, rule)).toEqual([rule]);
  });
});

describe("examples of bundles", () => {
  const cases: { wrong: string; change: (document: Json) => void; says: RegExp }[] = [
    {
      wrong: "a body of another type",
      change: ({ components }) => {
        components.examples.CreateEmailExample.value.telegram = "x";
      },
      says: /additional property|telegram/,
    },
    {
      wrong: "an answer with a property that the schema does not name",
      change: ({ components }) => {
        const { content } = components.responses.Created;
        content["application/json"].examples.created.value.data.name = "x";
      },
      says: /name/,
    },
    {
      wrong: "a parameter that is none of the values",
      change: ({ components }) => {
        components.parameters.ResultsPerPage.examples.largest.value = 7;
      },
      says: /any of/,
    },
    {
      wrong: "a schema's own example",
      change: ({ components }) => {
        components.schemas.Datetime.examples = ["yesterday"];
      },
      says: /pattern/,
    },
    {
      wrong: "a header",
      change: ({ components }) => {
        components.responses.TooManyRequests.headers["Retry-After"].example = "soon";
      },
      says: /integer/,
    },
  ];
  test("of the contract as it is are valid", async () => {
    expect(await lintDerived(readBundle(instanceNames[0] ?? "").document)).toEqual([]);
  });

  test.each(cases)("$wrong is found", async ({ change, says }) => {
    const { document } = readBundle(instanceNames[0] ?? "");
    change(document);
    const problems = await lintDerived(document);
    expect(problems.map(({ ruleId }) => ruleId)).toContain("notification-handlers/examples-valid");
    expect(problems.map(({ message }) => message).join()).toMatch(says);
  });
});
