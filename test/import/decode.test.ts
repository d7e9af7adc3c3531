import { describe, expect, test } from "vitest";
import { decode, maxBytes } from "../../src/import/decode.ts";
import { ImportError } from "../../src/import/error.ts";
import { readStream } from "../../src/import/read-bytes.ts";

/** A text in an encoding with a byte for each letter. */
const bytesIn = (text: string, encoding: "latin1" | "utf8" | "utf16le", ...before: number[]) =>
  Uint8Array.from([...before, ...Buffer.from(text, encoding)]);

const bigEndian = (text: string, ...before: number[]) =>
  Uint8Array.from([...before, ...Buffer.from(text, "utf16le").swap16()]);

/** "привет" in IBM866, which is never guessed. */
const cyrillic = [0xaf, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2];
const page = "<p>GET /api/notification-handlers/</p>";

describe("a page is read in the encoding", () => {
  test.each<[string, string, Uint8Array, string?]>([
    ["of its byte order mark, UTF-8", "é", bytesIn("é", "utf8", 0xef, 0xbb, 0xbf)],
    ["of its byte order mark, UTF-16LE", "привет", bytesIn("привет", "utf16le", 0xff, 0xfe)],
    ["of its byte order mark, UTF-16BE", "привет", bigEndian("привет", 0xfe, 0xff)],
    [
      "of its byte order mark rather than of its header",
      "é",
      bytesIn("é", "utf8", 0xef, 0xbb, 0xbf),
      "latin1",
    ],
    ["that its zero bytes tell, UTF-16LE", page, bytesIn(page, "utf16le")],
    ["that its zero bytes tell, UTF-16BE", page, bigEndian(page)],
    ["of its header", "привет", Uint8Array.from(cyrillic), "ibm866"],
    [
      "of its header rather than the one that it names",
      '<meta charset="latin1">привет',
      bytesIn('<meta charset="latin1">привет', "utf8"),
      "utf-8",
    ],
    [
      "that it is valid in, where its header names none that there is",
      "привет",
      bytesIn("привет", "utf8"),
      "x-nonsense",
    ],
    [
      "that it is valid in, where it names none that there is",
      "charset=x-nonsense привет",
      bytesIn("charset=x-nonsense привет", "utf8"),
    ],
    ["that it is valid in, UTF-8", "привет é", bytesIn("привет é", "utf8")],
    ["of Western Europe, where nothing tells", "café", bytesIn("café", "latin1")],
    ["that it is not, where its header is wrong", "café", bytesIn("café", "latin1"), "utf-8"],
  ])("%s", (_, text, bytes, named) => {
    expect(decode(bytes, named)).toBe(text);
  });

  test.each([
    '<meta charset="ibm866">',
    "<meta charset = ibm866>",
    "<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET=IBM866'>",
    "<?xml version='1.0' encoding = 'ibm866'?>",
  ])("that it names: %s", (head) => {
    expect(decode(Uint8Array.from([...Buffer.from(head), ...cyrillic]))).toBe(`${head}привет`);
  });

  test("that its letters tell, among much that is ASCII", () => {
    const words = [
      0xd1, 0xef, 0xe8, 0xf1, 0xee, 0xea, 0x20, 0xee, 0xe1, 0xf0, 0xe0, 0xe1, 0xee, 0xf2, 0xf7, 0xe8, 0xea,
      0xee, 0xe2, 0x20,
    ];
    const bytes = [...Buffer.from(page.repeat(5)), ...Array.from({ length: 20 }, () => words).flat()];
    expect(decode(Uint8Array.from(bytes))).toBe(page.repeat(5) + "Список обработчиков ".repeat(20));
  });

  test("that it names in its first 4 KiB alone", () => {
    const head = `${" ".repeat(4096)}<meta charset="ibm866">`;
    expect(decode(Uint8Array.from([...Buffer.from(head), ...cyrillic]))).not.toContain("привет");
  });
});

test("a page of 5 MiB is read, and a byte more is refused, with what to do", () => {
  expect(decode(new Uint8Array(maxBytes).fill(0x20))).toHaveLength(maxBytes);
  expect(() => decode(new Uint8Array(maxBytes + 1).fill(0x20))).toThrow(
    "It has more than 5 MiB: no documentation page is that large. Save only the page itself.",
  );
});

test.each([
  { controls: 10, letters: 0, isText: true },
  { controls: 11, letters: 0, isText: false },
  { controls: 11, letters: 200 * 11, isText: true },
  { controls: 12, letters: 200 * 11, isText: false },
])("$controls control characters beside $letters letters: text: $isText", ({ controls, letters, isText }) => {
  const bytes = Uint8Array.from([
    ...Array.from({ length: letters }, () => 0x61),
    ...Array.from({ length: controls }, () => 1),
  ]);
  const read = () => decode(bytes);
  if (isText) expect(read()).toHaveLength(bytes.length);
  else expect(read).toThrow("It is not text: give the page as HTML, Markdown or text.");
});

test("tabs, ends of lines, escapes and an empty page are text", () => {
  expect(decode(bytesIn("\t\n\v\f\r\u001b".repeat(50), "latin1"))).toHaveLength(300);
  expect(decode(new Uint8Array())).toBe("");
});

test("a stream without an end is left as soon as it is too large", async () => {
  let sent = 0;
  async function* endless() {
    for (;;) {
      sent += 1;
      yield new Uint8Array(2 ** 20);
    }
  }
  await expect(readStream(endless())).rejects.toThrow(/more than 5 MiB/);
  expect(sent).toBe(6);
});

test("a stream that fails is an error of the page", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw Object.assign(new Error("read"), { code: "EISDIR" });
  }
  await expect(readStream(failing())).rejects.toThrow(new ImportError("It can't be read (EISDIR)."));
});
