import fc from "fast-check";

const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((it) => String.fromCodePoint(it));

/**
 * Any text, including names that every object has (`constructor`). Like `fc.string({ unit: "binary" })`, which takes half a second
 * wherever it is called, to list all characters.
 */
export const anyText = ({ maxLength }: { maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: codePoint, ...(maxLength !== undefined && { maxLength }) }) },
    { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "valueOf") },
  );
