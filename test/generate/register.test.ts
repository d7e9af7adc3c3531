import { afterEach, describe, expect, test, vi } from "vitest";
import { derive, GenerateError, lint } from "../../src/generate/index.ts";
import { changedRegister } from "./register.ts";

const TISTOS = "types: [email, webhook, slack, discord, telegram, microsoft_teams]";
const AMPERSAND = "features: [links-leading-ampersand]";

afterEach(() => vi.restoreAllMocks());

/** What is thrown and printed when this register is read. */
async function complaint(configPath: string): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  const error = await lint({ configPath }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GenerateError);
  return `${printed.join("")}\n${(error as Error).message}`;
}

describe("a mistake in redocly.yaml is named, with its place", () => {
  const cases: { mistake: string; from: string; to: string; says: RegExp[] }[] = [
    {
      mistake: "a type that the contract doesn't know",
      from: TISTOS,
      to: "types: [email, webhok]",
      says: [
        /tistos\.com: The contract knows no handler type "webhok"\. Known: email, webhook/,
        /redocly\.yaml:19:\d+ at .*types\/1/,
      ],
    },
    {
      mistake: "a feature that the contract doesn't know",
      from: AMPERSAND,
      to: "features: [links-leading-ampersand, list-filtres]",
      says: [
        /tistos\.com: The contract knows no feature "list-filtres"\. Known: .*list-filters/,
        /redocly\.yaml:20:\d+/,
      ],
    },
    {
      mistake: "a type listed twice",
      from: TISTOS,
      to: "types: [email, email]",
      says: [/tistos\.com: The handler type "email" is listed twice/, /redocly\.yaml:19:\d+/],
    },
    {
      mistake: "a feature of a type that the instance lacks",
      from: "types: [email, webhook, slack, microsoft_teams, google_chat, internal_notification]",
      to: "types: [email, webhook]",
      says: [
        /app\.conecto\.ir: The feature "microsoft-teams-webhook" changes nothing/,
        /redocly\.yaml:\d+:\d+/,
      ],
    },
    {
      mistake: "no form of links",
      from: AMPERSAND,
      to: "features: [list-filters]",
      says: [
        /tistos\.com: One of the features links-plain, links-leading-ampersand must be listed/,
        /redocly\.yaml:20/,
      ],
    },
    {
      mistake: "a list that is missing",
      from: `        ${AMPERSAND}\n`,
      to: "",
      says: [/tistos\.com: features must be a list of at least one feature/],
    },
    {
      mistake: "the family's base URL",
      from: "https://tistos.com/api",
      to: "https://instance.example/api",
      says: [/tistos\.com: base_url changes nothing/, /redocly\.yaml:17:\d+/],
    },
    {
      mistake: "a base URL with a slash at its end",
      from: "https://tistos.com/api",
      to: "https://tistos.com/api/",
      says: [/tistos\.com: base_url must be an http\(s\) URL without a slash/, /redocly\.yaml:17:\d+/],
    },
    {
      mistake: "the base URL of another instance",
      from: "https://bitpeak.ru/api",
      to: "https://DMPILOT.ru:443/api",
      says: [
        /bitpeak\.ru: base_url https:\/\/DMPILOT\.ru:443\/api is that of dmpilot\.ru, too\./,
        /redocly\.yaml:35:\d+ at .*base_url/,
        /The contract has a problem/,
      ],
    },
    {
      mistake: "a language that the contract is not translated into",
      from: "language: id",
      to: "language: xx",
      says: [
        /tistos\.com: There are no translations openapi\/i18n\/xx\.yaml: add them\. Known: en, fa, fr, id, ko, uz\./,
        /redocly\.yaml:18:\d+ at .*language/,
      ],
    },
    {
      mistake: "a language that is no code",
      from: "language: id",
      to: "language: Indonesian",
      says: [/tistos\.com: language must be an ISO 639-1 code of two letters\./, /redocly\.yaml:18:\d+/],
    },
    {
      mistake: "a misspelt option",
      from: "language: id",
      to: "langauge: id",
      says: [/tistos\.com: Unknown option "langauge"\. Known: base_url, language, types, features/],
    },
    {
      mistake: "an api without the decorator",
      from: "  family:\n",
      to: "  sixth.example:\n    root: openapi/openapi.yaml\n\n  family:\n",
      says: [/apis: sixth\.example has no decorator notification-handlers\/instance/],
    },
    {
      mistake: "no family",
      from: "  family:\n",
      to: "  union:\n",
      says: [/there is no api named "family"/],
    },
    {
      mistake: "a misspelt rule",
      from: "notification-handlers/evidence: error",
      to: "notification-handlers/evidnce: error",
      says: [/names what no plugin defines: notification-handlers\/evidnce/],
    },
    {
      mistake: "text that is no YAML",
      from: "language: id",
      to: "language: id: x",
      says: [/redocly\.yaml can't be read: bad indentation/],
    },
  ];

  test.each(cases)("$mistake", async ({ from, to, says }) => {
    const said = await complaint(await changedRegister((text) => text.replace(from, to)));
    for (const pattern of says) expect(said).toMatch(pattern);
  });
});

test("one more instance needs nothing but its entry", async () => {
  const configPath = await changedRegister((text) =>
    text.replace(
      "preprocessors:",
      `  sixth.example:
    root: openapi/openapi.yaml
    decorators:
      notification-handlers/instance:
        base_url: https://sixth.example/panel/api
        language: fr
        types: [twilio, internal_notification]
        features: [links-plain, list-filters]

preprocessors:`,
    ),
  );
  const files = await derive({ configPath });
  const bundle = files.get("sixth.example/openapi.yaml");
  expect(bundle).toContain("url: https://sixth.example/panel/api");
  expect(bundle).toContain("CreateTwilioNotificationHandler");
  expect(bundle).not.toMatch(/^ +(telegram|slack|email):/m);
  expect(files.get("sixth.example/schema.d.ts")).toContain('type: "twilio"');
  expect(files.get("client.ts")).toContain('"sixth.example":"https://sixth.example/panel/api"');
  expect(files.get("instances.ts")).toContain('baseUrl: "https://sixth.example/panel/api"');
});
