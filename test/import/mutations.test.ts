import { describe, expect, test } from "vitest";
import {
  contractKnowledge,
  importPage,
  openContract,
  type PageFacts,
  readRegister,
} from "../../src/import/index.ts";
import { facts } from "../generate/facts.ts";
import { triesAll } from "../scope.ts";
import { pageOf } from "./facts-pages.ts";
import { mutated, mutations } from "./mutations.ts";
import { languages, nonsense } from "./page-languages.ts";
import { type Form, fileOf, forms, parametersOf, partsOf, write } from "./pages.ts";

const knowledge = contractKnowledge();
const register = readRegister();
const names = Object.keys(facts);

/** A page of each instance in each form, and the facts that are kept of it. */
async function original(name: string, form: Form, language = "en") {
  const text = write(partsOf(pageOf(name), languages[language]!), form, { language });
  const { facts: kept } = await importPage("page", text, openContract(knowledge, register), {
    name: fileOf[form],
    language: "en",
  });
  return { text, kept };
}

async function findingsOf(instance: string, text: string, form: Form, kept: PageFacts) {
  const contract = { knowledge, register, kept: () => kept, unregistered: () => [] };
  const { language } = facts[instance]!;
  return (await importPage("page", text, contract, { name: fileOf[form], language })).result.findings;
}

/** The nightly workflow runs all of it; else each form is tried with one of the instances, and cut at some of its lines. */
const isWhole = triesAll("IMPORT_MUTATIONS");
const sampleOf = (form: Form) => (isWhole ? names : [names.at(forms.indexOf(form) - 2)!]);

/** The lines of the first thing that is another one: a line, or in HTML all those of the row. */
function firstChange(text: string, changed: string, form: Form): readonly [first: number, last: number] {
  const before = text.split("\n");
  const lines = changed.split("\n");
  const at = lines.findIndex((line, index) => line !== before[index]);
  const row = form === "html" ? lines.slice(0, at + 1).lastIndexOf("<tr>") : -1;
  const isInRow = row >= 0 && !lines.slice(row, at).some((line) => line.startsWith("</tbody>"));
  return [(isInRow ? row : at) + 1, at + 1];
}

describe.each(forms)("a page as %s", (form) => {
  describe.each(sampleOf(form))("of %s", async (name) => {
    const parts = partsOf(pageOf(name), languages.en!);
    const { text, kept } = await original(name, form);
    const before = await findingsOf(name, text, form, kept);

    test("differs in nothing from itself", () => {
      expect(before.filter(({ level }) => level !== "odd")).toEqual([]);
    });

    test.each(mutations)("$what: noticed at its line, and nothing else", async (mutation) => {
      const changed = mutated(parts, mutation);
      if (changed === null) return;
      const other = write(changed, form, { language: "en" });
      const found = await findingsOf(name, other, form, kept);
      const added = found.filter(
        (each) =>
          !before.some(
            ({ kind, message }) => kind === each.kind && message.split(" ")[0] === each.message.split(" ")[0],
          ),
      );
      expect(added.map(({ level }) => level)).toEqual(["differs"]);
      const [first, last] = firstChange(text, other, form);
      expect(added[0]?.line).toBeGreaterThanOrEqual(first);
      expect(added[0]?.line).toBeLessThanOrEqual(last);
    });
  });
});

describe.each(forms)("a page as %s, cut", (form) => {
  test.each(sampleOf(form))(
    "of %s: what it says is what the whole says, and it is not whole",
    async (name) => {
      const { text, kept } = await original(name, form, "tr");
      const lines = text.split("\n");
      const { result: whole } = await importPage("page", text, openContract(knowledge, register), {
        name: fileOf[form],
        language: "en",
      });
      const last = lines.findLastIndex(
        (line) => line.trim() !== "" && !/<\/?(footer|main|html|body)|©/.test(line),
      );
      const step = isWhole ? 1 : form === "bare" ? 3 : 10;
      for (let count = 0; count < last; count += step) {
        const { result } = await importPage(
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
    },
  );
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

const alphabets = ["abcdefghijklmnopqrstuvwxyz", "ⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏ", "𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯𐐰𐐱𐐲𐐳", "กขคงจฉชซ", "אבגדהוזח"];
describe.each(alphabets)("in nonsense of %s", (alphabet) => {
  test.each(forms)("as %s the facts are exact", async (form) => {
    for (const [index, name] of names.entries()) {
      if (!isWhole && (alphabets.indexOf(alphabet) + forms.indexOf(form)) % names.length !== index) continue;
      const page = pageOf(name);
      const text = write(partsOf(page, nonsense(syllables(index + 7, alphabet))), form);
      const { result } = await importPage("page", text, openContract(knowledge, register), {
        name: fileOf[form],
        language: "en",
      });
      expect(result.types).toEqual(page.types);
      expect(result.fields).toEqual(page.fields);
      expect(result.parameters).toEqual(
        parametersOf(page).map((each) => ({ ...each, repeated: expect.any(Boolean) })),
      );
      expect(result.complete).toBe(true);
    }
  });
});
