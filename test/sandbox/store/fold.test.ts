import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "../../../src/sandbox/store/fold.ts";

const codePoints = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));

test("every letter is folded as its upper and its lower case, composed or not", () => {
  const letters = codePoints.filter((it) => /\p{Cased}/u.test(it));
  expect(letters.length).toBeGreaterThan(4000);
  const differing = letters.filter((letter) =>
    [letter.toUpperCase(), letter.toLowerCase(), letter.normalize("NFD")].some(
      (form) => fold(form) !== fold(letter),
    ),
  );
  expect(differing).toEqual([]);
});

test("every text is folded as its upper and its lower case", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (text) => {
      expect(fold(text.toUpperCase())).toBe(fold(text));
      expect(fold(text.normalize("NFD"))).toBe(fold(text));
      expect(fold(fold(text))).toBe(fold(text));
    }),
    { numRuns: 500 },
  );
});
