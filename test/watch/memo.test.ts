import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { isMap, parseDocument } from "yaml";
import type { Memo } from "../../src/generate/memo.ts";
import { copyContract } from "../generate/contract-copy.ts";
import { changedRegister } from "../generate/register.ts";

/* What is derived with a memo, change after change, is what is derived from scratch. */
const openapi = await copyContract();
// Other files of this worker have loaded the generator with the contract as it is, and others will.
vi.resetModules();
vi.doMock(import("../../src/generate/paths.ts"), async (actual) => ({
  ...(await actual()),
  sourceFile: join(openapi.folder, "openapi.yaml"),
}));
const { createMemo, derive } = await import("../../src/generate/index.ts");
afterAll(() => {
  vi.doUnmock("../../src/generate/paths.ts");
  vi.resetModules();
});

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

/** A memo that notes what is made, since it isn't known. */
const made: string[] = [];
const known = createMemo();
const memo: Memo = {
  ...known,
  of: (kind, from, make) =>
    known.of(kind, from, () => {
      made.push(kind);
      return make();
    }),
};

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

const title = {
  subject: { type: "Info", property: "title" },
  message: "A title.",
  assertions: { pattern: "/^notification-handlers API$/" },
};
const leaves = () => {
  inRegister(["rules", "rule/title"], undefined)();
  inRegister(["apis", other], undefined)();
};

/** What is made of a bundle, and of one whose shape another one has. */
const whole = "bundle lint types variants";
const alike = "bundle variants";
const times = (count: number) =>
  whole
    .split(" ")
    .flatMap((kind) => Array(count).fill(kind))
    .join(" ");

/** Each change, and what is derived and linted for it, if it is right. */
const changes: [what: string, change: () => void, made: string | undefined][] = [
  ["none yet", () => undefined, times(3)],
  ["an entry", inRegister([...entry(one), "links"], "plain"), whole],
  ["an example", inRegister([...entry(other), "source", "example", "name"], "Another"), alike],
  ["an entry is wrong", inRegister([...entry(one), "types"], ["nothing"]), undefined],
  ["and right", inRegister([...entry(one), "types"], ["email", "telegram", "microsoft_teams"]), whole],
  [
    "the base URL of an unchanged entry is taken",
    inRegister([...entry(one), "base_url"], "https://k.aws.bj/api"),
    undefined,
  ],
  ["another one", inRegister([...entry(one), "base_url"], "https://tistos.com/v2"), alike],
  ["a text is none", inOpenapi("The Telegram API token.", "1"), undefined],
  ["a text", inOpenapi("description: 1", "description: A changed text."), times(3)],
  ["a rule that only bundles break", inRegister(["rules", "rule/title"], title), undefined],
  ["no such rule, and an instance leaves", leaves, ""],
];

test("a change derives and lints what it concerns, and ends where deriving from scratch does", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  for (const [what, change, expected] of changes) {
    change();
    made.length = 0;
    const remembered = await outcome({ memo });
    if (expected === undefined) {
      expect(remembered, what).toMatch(/problem/);
      continue;
    }
    expect(made.sort().join(" "), what).toBe(expected);
    expect(remembered, what).toEqual(await outcome({}));
  }
});
