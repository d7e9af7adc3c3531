import { readFileSync, writeFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { isMap, parseDocument } from "yaml";
import { createMemo, derive, type Memo } from "../../src/generate/index.ts";
import { changedRegister } from "../generate/register.ts";

/* What is derived with a memo, change after change, is what is derived from scratch. */
const openapi = await vi.hoisted(async () => {
  const { copyContract } = await import("../generate/contract-copy.ts");
  return copyContract();
});
vi.mock("../../src/generate/paths.ts", async (original) => ({
  ...(await original<object>()),
  SOURCE: `${openapi.folder}/openapi.yaml`,
}));
vi.setConfig({ testTimeout: 180_000 });

const [one, other] = ["tistos.com", "k.aws.bj"];

/** A register of two instances and the family. */
const register = await changedRegister((text) => {
  const document = parseDocument(text);
  const apis = document.get("apis");
  if (!isMap(apis)) throw new Error("redocly.yaml has no apis.");
  const kept = ["family", one, other];
  apis.items = apis.items.filter(({ key }) => kept.includes(String(key)));
  return document.toString();
});
const entry = (name: string) => ["apis", name, "decorators", "notification-handlers/instance"];
const memo = createMemo();

/** The files, or what is wrong. */
const outcome = (options: Parameters<typeof derive>[0]) =>
  derive({ ...options, configPath: register }).then(
    (files) => [...files],
    (error: Error) => error.message,
  );

const inRegister = (path: readonly string[], value: unknown) => () => {
  const document = parseDocument(readFileSync(register, "utf8"));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  writeFileSync(register, document.toString());
};
const inOpenapi = (from: string, to: string) => () =>
  openapi.change("components/handlers/telegram.yaml", from, to);

const joining = {
  root: "openapi/openapi.yaml",
  decorators: {
    "notification-handlers/instance": {
      base_url: "https://joining.example/api",
      source: { language: "en", seen: "2026-01-01" },
      types: ["email"],
      links: "plain",
    },
  },
};
const title = {
  subject: { type: "Info", property: "title" },
  message: "A title.",
  assertions: { pattern: "/^notification-handlers API$/" },
};
const token = "The Telegram API token.";

test("a change derives and lints again what it concerns, and nothing else", async () => {
  const made: string[] = [];
  const known = createMemo();
  const watched: Memo = {
    ...known,
    of: (kind, from, make) =>
      known.of(kind, from, () => {
        made.push(kind);
        return make();
      }),
  };
  const kindsOf = async (change: () => void) => {
    made.length = 0;
    change();
    await derive({ configPath: register, memo: watched });
    return [...made].sort().join(" ");
  };
  const all = "bundle bundle bundle lint lint lint types types types variants variants variants";
  expect(await kindsOf(() => undefined)).toBe(all);
  expect(await kindsOf(() => undefined)).toBe("");
  const example = [...entry(other), "source", "example", "name"];
  expect(await kindsOf(inRegister(example, "Another"))).toBe("bundle variants");
  expect(await kindsOf(inRegister([...entry(other), "links"], "leading-ampersand"))).toBe(
    "bundle lint types variants",
  );
  expect(await kindsOf(inOpenapi("The Telegram API token.", "A token."))).toBe(all);
  expect(await kindsOf(inOpenapi("A token.", "The Telegram API token."))).toBe(all);
});

test("a sequence of changes ends each time where deriving from scratch does", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const steps: [what: string, change: () => void, isWrong?: boolean][] = [
    ["nothing yet", () => undefined],
    ["an entry", inRegister([...entry(one), "links"], "plain")],
    ["an entry is wrong", inRegister([...entry(one), "types"], ["nothing"]), true],
    ["and right", inRegister([...entry(one), "types"], ["email", "telegram", "microsoft_teams"])],
    [
      "an unchanged entry's base URL is taken",
      inRegister([...entry(one), "base_url"], "https://k.aws.bj/api"),
      true,
    ],
    ["and free", inRegister([...entry(one), "base_url"], "https://tistos.com/api")],
    ["a text", inOpenapi(token, "A changed text.")],
    ["a text is gone", inOpenapi("description: A changed text.", "description: 1"), true],
    ["and back", inOpenapi("description: 1", `description: ${token}`)],
    ["a rule that only bundles break", inRegister(["rules", "rule/title"], title), true],
    ["no such rule", inRegister(["rules", "rule/title"], undefined)],
    ["an instance joins", inRegister(["apis", "joining.example"], joining)],
    ["an instance leaves", inRegister(["apis", other], undefined)],
  ];
  for (const [what, change, isWrong = false] of steps) {
    change();
    const remembered = await outcome({ memo });
    expect(typeof remembered === "string", `${what}: ${remembered}`.slice(0, 200)).toBe(isWrong);
    expect(remembered, what).toEqual(await outcome({}));
  }
});
