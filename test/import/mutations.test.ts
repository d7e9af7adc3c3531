import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  checkKept,
  contractKnowledge,
  importPage,
  openContract,
  type PageFacts,
  readRegister,
} from "../../src/import/index.ts";
import { triesAll } from "../extent.ts";
import { facts } from "../generate/facts.ts";
import { pageOf } from "./facts-pages.ts";
import { type Form, forms, partsOf, write } from "./pages.ts";
import { languages, nonsense } from "./words.ts";

const knowledge = contractKnowledge();
const register = readRegister();
const fileOf: Record<Form, string> = {
  pipes: "a.txt",
  "pipes-behind": "a.txt",
  bare: "a.txt",
  html: "a.html",
  markdown: "a.md",
};
const names = Object.keys(facts);

/** A page of each instance in each form, and the facts that are kept of it. */
function original(name: string, form: Form, language = "en") {
  const text = write(partsOf(pageOf(name), languages[language]!), form, { language });
  const { facts: kept } = importPage("page", text, openContract(knowledge, register), {
    name: fileOf[form],
    language: "en",
  });
  return { text, kept };
}

function findingsOf(instance: string, text: string, form: Form, kept: PageFacts) {
  const contract = { knowledge, register, kept: () => kept };
  const { language } = facts[instance]!;
  return importPage("page", text, contract, { name: fileOf[form], language }).result.findings;
}

interface Mutation {
  readonly what: string;
  /** Lines of the page, changed; null where there is nothing to change. */
  change(lines: string[]): { lines: string[]; at: number } | null;
}

/** Replaces something in the n-th line that has it. */
const replace = (what: string, pattern: RegExp, by: string, nth = 0): Mutation => ({
  what: `${what}, ${nth + 1}.`,
  change(lines) {
    const at = lines.flatMap((line, index) => (pattern.test(line) ? [index] : []))[nth];
    if (at === undefined) return null;
    return { lines: lines.with(at, lines[at]!.replace(pattern, by)), at: at + 1 };
  },
});

const field = (name: string) => new RegExp(`^(\\| )?${name}(?= )`);
const mutations: readonly Mutation[] = [
  replace("a field's name in create", field("webhook"), "$1webhoook"),
  replace("a field's name in update", field("webhook"), "$1webhoook", 1),
  replace("a parameter's name", field("results_per_page"), "$1results_on_page"),
  replace("a page size", /\b250\b/, "260"),
  replace("the default page size", /(?<=Defaults to )25\b/, "50"),
  replace("the default page", /(?<=Defaults to )1\b/, "0"),
  replace("a type in create", /\bdiscord ,|\bslack ,/, "ntfy ,", 0),
  replace("a type in update", /(?<=values are: .*)\bslack\b/, "ntfy", 1),
  replace("a condition in create", /type = slack/, "type = webhook"),
  replace("a condition in update", /type = slack/, "type = webhook", 1),
  replace("the form of links", /\?&?page=(?=1)/, "?p=1&page="),
  replace("the form of datetimes", /("datetime": ")(\d{4})-(\d\d)-(\d\d) /, "$1$4.$3.$2 "),
  replace("a label: what is needed", /(?<=\bname \|? ?)Required/, "Optional"),
  replace("a label: the type", /(?<=is_enabled \|? ?Optional )Boolean/, "String"),
  replace("a label in no known word", /(?<=is_enabled \|? ?Optional )Boolean/, "Ⱀⱁⱂⱃ"),
  replace("a label of a field in no known word", /(?<=webhook \|? ?)Optional String/, "Ⱀⱁⱂⱃ ⰀⰁⰂ"),
  replace("a method", /^POST (?=.*\{)/, "PUT "),
  replace("the path of the list", /^(GET .*notification-handlers)\/$/, "$1"),
  replace("a property of the handler", /"is_enabled"/, '"enabled"'),
  replace("a property of meta", /"total_pages"/, '"pages"'),
  ...["webhook", "slack", "page", "is_enabled"].map(
    (name): Mutation => ({
      what: `the row ${name} dropped`,
      change(lines) {
        const at = lines.findLastIndex((line) => field(name).test(line));
        return at === -1 ? null : { lines: lines.toSpliced(at, 1), at: at + 1 };
      },
    }),
  ),
  ...[1, 2, 3].map(
    (nth): Mutation => ({
      what: `a row added to the ${nth}. table`,
      change(lines) {
        const [row] = ["page", "webhook", "webhook"]
          .map((name, index) =>
            index + 1 === nth
              ? lines.findIndex(
                  (line, at) =>
                    field(name).test(line) &&
                    (nth < 3 || lines.slice(0, at).some((each) => field(name).test(each))),
                )
              : -1,
          )
          .filter((at) => at >= 0);
        if (row === undefined) return null;
        return {
          lines: lines.toSpliced(
            row + 1,
            0,
            lines[row]!.replace(/page|webhook/, "brand_new").replace("type = webhook", "type = slack"),
          ),
          at: row + 2,
        };
      },
    }),
  ),
  ...["read", "create", "update"].map(
    (kind, index): Mutation => ({
      what: `the section ${kind} dropped`,
      change(lines) {
        const starts = lines.flatMap((line, at) => (/^(GET|POST|PUT|DELETE) http/.test(line) ? [at] : []));
        const [start, end] = [starts[index + 1]!, starts[index + 2]!];
        return { lines: lines.toSpliced(start, end - start), at: start + 1 };
      },
    }),
  ),
];

/** The nightly workflow runs all of it; else each form is tried with one of the instances. */
const isWhole = triesAll("IMPORT_MUTATIONS");
const sampleOf = (form: Form) => (isWhole ? names : [names.at(forms.indexOf(form) - 2)!]);

describe.each(["pipes", "pipes-behind"] as const)("a page as %s", (form) => {
  describe.each(sampleOf(form))("of %s", (name) => {
    const { text, kept } = original(name, form);
    const before = findingsOf(name, text, form, kept);

    test("differs in nothing from itself", () => {
      expect(before.filter(({ level }) => level !== "odd")).toEqual([]);
    });

    test.each(mutations)("$what: noticed at its line, and nothing else", ({ change }) => {
      const changed = change(text.split("\n"));
      if (changed === null) return;
      const added = findingsOf(name, changed.lines.join("\n"), form, kept).filter(
        (each) =>
          !before.some(
            ({ kind, message }) => kind === each.kind && message.split(" ")[0] === each.message.split(" ")[0],
          ),
      );
      expect(added.map(({ line, level }) => ({ line, level }))).toEqual([
        { line: changed.at, level: "differs" },
      ]);
    });
  });
});

describe.each(forms)("a page as %s, cut", (form) => {
  test.each(sampleOf(form))("of %s: what it says is what the whole says, and it is not whole", (name) => {
    const { text, kept } = original(name, form, "tr");
    const lines = text.split("\n");
    const whole = importPage("page", text, openContract(knowledge, register), {
      name: fileOf[form],
      language: "en",
    }).result;
    const last = lines.findLastIndex(
      (line) => line.trim() !== "" && !/<\/?(footer|main|html|body)|©/.test(line),
    );
    for (let count = 0; count < last; count += form === "bare" ? 1 : 3) {
      const { result } = importPage(
        "page",
        lines.slice(0, count).join("\n"),
        openContract(knowledge, new Map()),
        { name: fileOf[form], language: "en" },
      );
      expect(result.complete, `${count} lines`).toBe(false);
      for (const each of result.parameters) {
        const known = whole.parameters.find((other) => other.name === each.name);
        for (const [key, value] of Object.entries(each)) {
          if (value !== null && key !== "repeated")
            expect(value, `${count}: ${each.name}.${key}`).toEqual(known?.[key as keyof typeof known]);
        }
      }
      for (const [type, fields] of Object.entries(result.fields))
        expect(whole.fields[type]).toEqual(expect.arrayContaining([...fields]));
      if (result.types !== null) expect(whole.types).toEqual(expect.arrayContaining([...result.types]));
      if (result.page_query !== null) expect(result.page_query).toBe(whole.page_query);
    }
    expect(kept.isComplete).toBe(true);
  });
});

/** Words of letters that nobody here reads, the same ones every time. */
function syllables(seed: number, alphabet: string): () => string {
  const letters = [...alphabet];
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return letters[Math.floor((state / 2_147_483_648) * letters.length)];
  };
  return () => `${next()}${next()}${next()}`;
}

describe.each(["abcdefghijklmnopqrstuvwxyz", "ⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏ", "𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳", "กขคงจฉชซ", "אבגדהוזח"])(
  "in nonsense of %s",
  (alphabet) => {
    test.each(forms)("as %s the facts are exact", (form) => {
      for (const [index, name] of names.entries()) {
        const page = pageOf(name);
        const text = write(partsOf(page, nonsense(syllables(index + 7, alphabet))), form);
        const { result } = importPage("page", text, openContract(knowledge, register), {
          name: fileOf[form],
          language: "en",
        });
        expect(result.types).toEqual(page.types);
        expect(result.fields).toEqual(page.fields);
        expect(result.parameters.map(({ repeated: _, ...each }) => each)).toEqual(
          page.list.map(({ name, type, values = null, default: value = null, format = null }) => ({
            name,
            required: false,
            type,
            enum: values,
            default: value,
            format,
          })),
        );
        expect(result.complete).toBe(true);
      }
    });
  },
);

test.each([...register.keys()])("what was read from the page of %s is what its entry says", (name) => {
  const contract = openContract(knowledge, register);
  const checked = checkKept(name, contract);
  expect(checked?.result.findings.filter(({ level }) => level !== "odd")).toEqual([]);
  const hand = facts[name];
  if (hand === undefined) return;
  expect(checked?.result).toMatchObject({
    base_url: hand.baseUrl,
    language: hand.language,
    types: hand.types,
    page_query: /\?.*=/.exec(hand.firstPageUrl)?.[0],
  });
  expect(checked?.result.parameters.map((each) => each.name).sort()).toEqual([...hand.listParameters].sort());
  const shown = Object.entries({ ...hand.fields, ...hand.inertFields }).filter(
    ([, fields]) => fields.length > 0,
  );
  expect(checked?.result.fields).toEqual(Object.fromEntries(shown));
});

test("the folder of kept facts has a file for each registered instance, and no page's text", () => {
  for (const name of register.keys()) {
    const text = readFileSync(new URL(`../../pages/${name}.json`, import.meta.url), "utf8");
    expect(text).not.toMatch(/curl|Bearer/);
  }
});
