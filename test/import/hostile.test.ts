import { expect, test } from "vitest";
import {
  contractKnowledge,
  decode,
  ImportError,
  importPage,
  maxBytes,
  openContract,
  readRegister,
} from "../../src/import/index.ts";
import { hostilePages } from "./hostile-pages.ts";

const contract = openContract(contractKnowledge(), readRegister());

test.each(Object.entries(hostilePages))(
  "%s: a clear refusal, or what the page says",
  async (_, [name, text]) => {
    try {
      const { result } = await importPage(name, text, contract, { name, language: "en" });
      const { types } = result;
      if (types !== null) expect(types).toContain("internal_notification");
    } catch (error) {
      expect(error).toBeInstanceOf(ImportError);
      expect((error as Error).message).not.toContain("\n");
    }
  },
);

test.each([
  [
    "Markdown: many lines",
    /^.*It has \d+ lines and \d+ characters of Markdown: .* Give the part that describes this API\.$/,
  ],
  ["Markdown: lists", /nests too deep/],
  ["Markdown: lists in a line", /nests too deep/],
  ["Markdown: quotes", /nests too deep/],
  ["Markdown: emphasis", /a paragraph with 54000 characters \*, _ and ~: .*Put samples into code blocks\.$/],
])("%s are refused, with the reason", async (page, message) => {
  const [name = "", text = ""] = hostilePages[page] ?? [];
  await expect(importPage(name, text, contract, { name, language: "en" })).rejects.toThrow(message);
});

test("what is too large, or no text, is refused", () => {
  expect(() => decode(new Uint8Array(maxBytes + 1))).toThrow(/more than 5 MiB/);
  expect(() => decode(Uint8Array.from({ length: 5000 }, (_, index) => index % 7))).toThrow(/not text/);
});

const word = "Уведомления: обязательный параметр страницы, значения по умолчанию";
const windows1251 = Uint8Array.from([...word], (char) => {
  const code = char.charCodeAt(0);
  return code < 0x80 ? code : code - 0x350;
});

test.each([
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${word}`)],
  ["UTF-16, little end first", Buffer.from(`\uFEFF${word}`, "utf16le")],
  ["UTF-16, big end first", Buffer.from(`\uFEFF${word}`, "utf16le").swap16()],
  ["windows-1251, not named", windows1251],
  ["windows-1251, named", Buffer.concat([Buffer.from('<meta charset="windows-1251">'), windows1251])],
])("%s is read", (_, bytes) => {
  expect(decode(bytes)).toContain(word);
});
