import { describe, expect, test } from "vitest";
import { Phrases, paragraphsOf } from "../../src/docs/phrases.ts";

const phrases = new Phrases({
  "A handler.": "Un canal.",
  "Makes the handler one of type `{type}`.": "Fait du canal un canal `{type}`.",
  "Settings of type {type}": "Réglages {type}",
  "Settings of type {type}, which has no fields.": "Réglages {type}, sans champ.",
  "Fields of {type}: {fields}.": "Champs ({fields}) de {type}.",
  "{type} is not {type}.": "{type} ?",
  "Send `{api_key}`.": "Envoyez `{api_key}`.",
  "Is it 1.5 (or more)?": "Est-ce 1,5 ?",
});

test.each([
  ["the text itself", "A handler.", "Un canal."],
  ["whatever its lines", " A\n  handler.\n", "Un canal."],
  ["a gap", "Makes the handler one of type `x`.", "Fait du canal un canal `x`."],
  ["the key with more letters", "Settings of type x, which has no fields.", "Réglages x, sans champ."],
  ["the key with fewer letters", "Settings of type x", "Réglages x"],
  ["gaps in another order", "Fields of x: `a`, `b`.", "Champs (`a`, `b`) de x."],
  ["a gap twice, filled alike", "x is not x.", "x ?"],
  ["a gap twice, filled differently", "x is not y.", undefined],
  ["braces that are the text's own", "Send `{api_key}`.", "Envoyez `{api_key}`."],
  ["letters that mean something in expressions", "Is it 1.5 (or more)?", "Est-ce 1,5 ?"],
  ["no more than one sentence in a gap", "Settings of type x. It is new", undefined],
  ["no text", "Something else.", undefined],
  ["paragraphs one by one", "A handler.\n\nSettings of type x", "Un canal.\n\nRéglages x"],
  ["all paragraphs or none", "A handler.\n\nSomething else.", undefined],
])("a phrase is found: %s", (_name, text, translation) => expect(phrases.translate(text)).toBe(translation));

describe("paragraphs", () => {
  test.each([
    ["a\nb\n\nc\n", ["a b", "c"]],
    ["a\n \t\n\nb", ["a", "b"]],
    ["a", ["a"]],
  ])("%j is divided", (text, paragraphs) => expect(paragraphsOf(text)).toEqual(paragraphs));
});
