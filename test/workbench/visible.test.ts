import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut, piecesOf } from "../../src/workbench/page/browser/visible.ts";

const shown = (text: string, hasLines = false) =>
  piecesOf(text, hasLines).map((piece) => ("text" in piece ? piece.text : `[${piece.sign}]`));

describe("what can't be seen in a text", () => {
  test.each<[string, string[]]>([
    ["plain", ["plain"]],
    ["", []],
    ["a\u202eb", ["a", "[U+202E]", "b"]],
    ["\u0000\u0007", ["[U+0000]", "[U+0007]"]],
    ["a\u2066b\u2069\ufeff", ["a", "[U+2066]", "b", "[U+2069]", "[U+FEFF]"]],
    ["two\nlines\u2028", ["two", "[U+000A]", "lines", "[U+2028]"]],
    ["half \ud83d", ["half ", "[U+D83D]"]],
    ["tag \u{e0041}", ["tag ", "[U+E0041]"]],
    // Words of Persian and emoji have joiners in them.
    ["می\u200cخواهم 👩\u200d💻", ["می\u200cخواهم 👩\u200d💻"]],
  ])("%j is named", (text, pieces) => {
    expect(shown(text)).toEqual(pieces);
  });

  test("lines and tabs of a body stay", () => {
    expect(shown("a\n\tb\r\u202e", true)).toEqual(["a\n\tb", "[U+000D]", "[U+202E]"]);
  });

  test("nothing is lost, and nothing unseen is left", () => {
    const codes = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 });
    fc.assert(
      fc.property(codes, fc.boolean(), (points, hasLines) => {
        const text = String.fromCodePoint(...points);
        const pieces = piecesOf(text, hasLines);
        const whole = pieces.map((it) =>
          "text" in it ? it.text : String.fromCodePoint(Number.parseInt(it.sign.slice(2), 16)),
        );
        expect(whole.join("")).toBe(text);
        const seen = pieces.map((it) => ("text" in it ? it.text : "")).join("");
        expect(/[\p{Cc}\p{Bidi_Control}]/u.test(hasLines ? seen.replace(/[\n\t]/g, "") : seen)).toBe(false);
      }),
    );
  });
});

describe("the beginning of a text", () => {
  test.each<[string, number, { shown: string; more: number }]>([
    ["short", 5, { shown: "short", more: 0 }],
    ["longer", 5, { shown: "longe", more: 1 }],
    ["ab😀cd", 3, { shown: "ab", more: 4 }],
    ["ab😀cd", 4, { shown: "ab😀", more: 2 }],
  ])("%j is cut to %i characters", (text, most, expected) => {
    expect(cut(text, most)).toEqual(expected);
  });
});
