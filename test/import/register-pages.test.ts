import { beforeAll, expect, test } from "vitest";
import {
  checkKept,
  contractKnowledge,
  importPage,
  type Outcome,
  openContract,
  readRegister,
} from "../../src/import/index.ts";
import { registerPages } from "../../src/import/register-pages.ts";
import { smallText } from "./small-page.ts";

const register = readRegister();
const contract = openContract(contractKnowledge(), register);
const steps: string[] = [];
const options = { today: "2026-11-21", onStep: (text: string) => void steps.push(text) };
const write = (...outcomes: Outcome[]) => registerPages(outcomes, register, options);

type Imported = Extract<Outcome, { imported: unknown }>["imported"];
type Result = Imported["result"];
const [name = ""] = register.keys();
const known = register.get(name)!;

let small: Imported;
beforeAll(async () => {
  small = await importPage("a.md", smallText, contract, { name: "a.md", language: "en" });
});

/** A page with something else in its result. */
const page = (change: Partial<Result> = {}, registered = small.registered): Outcome => ({
  page: "a.md",
  imported: { ...small, registered, result: { ...small.result, ...change } },
});
const entry = (change: object) => ({ ...small.result.entry, ...change }) as Result["entry"];

/** What a page lacks, and why it is refused. */
test.each<[string, () => Outcome, string]>([
  ["no address", () => page({ instance: null }), "The page names no URL of the API."],
  ["no entry", () => page({ entry: null }), "The page names no URL of the API."],
  [
    "an entry without an address",
    () => page({ entry: entry({ base_url: null }) }),
    "The page names no URL of the API.",
  ],
  [
    "a name that is none",
    () => page({ instance: "localhost" }),
    "localhost can't be the name of an instance: give one with --name, such as panel.example.",
  ],
  [
    "the address of another instance",
    () => page({ entry: entry({ base_url: known.base_url }) }),
    `${known.base_url} is registered as ${name}.`,
  ],
  [
    "the name of another instance",
    () => page({}, known),
    `panel.example is registered with ${known.base_url}: give another name with --name.`,
  ],
  [
    "a part",
    () =>
      page({
        complete: false,
        findings: [
          { kind: "other", level: "odd", message: "Something else.", line: 1 },
          { kind: "incomplete", level: "missing", message: "Its end is missing.", line: null },
        ],
      }),
    "It is not whole: Its end is missing.",
  ],
  [
    "links that the contract knows",
    () => page({ entry: entry({ links: null }) }),
    "It shows no form of links that the contract knows.",
  ],
  ["a language", () => page({ language: null }), "Its language can't be told: say it with --language."],
])("a page with or without %s is refused, with the reason", async (_, outcome, refused) => {
  const given = outcome();
  expect(await write(given)).toEqual([{ ...given, refused }]);
});

test("beside a page that is refused no other is written", async () => {
  const [good, bad, unread] = [
    page(),
    page({ instance: null }),
    { page: "b.md", error: "There is no such file." },
  ];
  expect(await write(good, unread)).toEqual([{ ...good, refused: "Another page can't be written." }, unread]);
  expect(await write(good, bad)).toMatchObject([
    { refused: "Another page can't be written." },
    { refused: "The page names no URL of the API." },
  ]);
});

test("two pages of an instance are refused", async () => {
  expect(await write(page(), page())).toMatchObject([
    { refused: "Another page can't be written." },
    { refused: "Another page of panel.example is given, too: give one." },
  ]);
});

test("what is registered already is not written again, and nothing is derived", async () => {
  const outcomes = [...register.keys()].flatMap((each): Outcome[] => {
    const imported = checkKept(each, contract);
    return imported ? [{ page: each, imported }] : [];
  });
  expect(outcomes).not.toEqual([]);
  expect(await write(...outcomes)).toEqual(outcomes.map((each) => ({ ...each, written: [] })));
  expect(steps).toEqual([]);
});
