import { parseMultipart as readParts } from "@remix-run/multipart-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormError, type FormErrorReason, type FormLimits, parseForm } from "../../src/form/index.ts";
import { anyText } from "../any-text.ts";

const boundary = "frontier";
const contentType = `multipart/form-data; boundary=${boundary}`;

/** A field as a client writes it. */
function part(name: string, value: string, headers = ""): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n${headers}\r\n${value}\r\n`;
}

const end = `--${boundary}--\r\n`;

function parse(body: string | Buffer, type: string | undefined = contentType, limits?: Partial<FormLimits>) {
  return parseForm(type, Buffer.from(body), limits).fields;
}

function reason(parsing: () => unknown): FormErrorReason | "parsed" {
  try {
    parsing();
    return "parsed";
  } catch (error) {
    if (error instanceof FormError) {
      expect(error.message).toMatch(/^[A-Z].*\.$/);
      return error.reason;
    }
    throw error;
  }
}

/** A form as a client that follows the Fetch standard encodes it. */
async function encoded(form: FormData | URLSearchParams): Promise<[string, Buffer]> {
  const request = new Request("http://localhost", { method: "POST", body: form });
  return [request.headers.get("content-type") ?? "", Buffer.from(await request.arrayBuffer())];
}

describe("forms that clients send", () => {
  const cases: { given: string; body: string; type?: string; want: [string, string][] }[] = [
    {
      given: "fields in order, repeated ones kept",
      body: part("a", "1") + part("b", "2") + part("a", "3") + end,
      want: [
        ["a", "1"],
        ["b", "2"],
        ["a", "3"],
      ],
    },
    { given: "no field at all", body: end, want: [] },
    {
      given: "blanks after a boundary",
      body: `--${boundary} \t\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}-- \r\n`,
      want: [["a", "1"]],
    },
    {
      given: "a name with a line separator",
      body: part("a\u2028b\u00a0", "1") + end,
      want: [["a\u2028b\u00a0", "1"]],
    },
    { given: "an empty value", body: part("a", "") + end, want: [["a", ""]] },
    {
      given: "a part with a media type (curl --form 'a={};type=application/json')",
      body: part("a", '{"b": 1}', "Content-Type: application/json\r\n") + end,
      want: [["a", '{"b": 1}']],
    },
    {
      given: "a part that declares another charset: the bytes are still UTF-8",
      body: part("a", "é", "Content-Type: text/plain; charset=iso-8859-1\r\n") + end,
      want: [["a", "é"]],
    },
    { given: "a preamble and an epilogue", body: `hello\r\n${part("a", "1")}${end}bye`, want: [["a", "1"]] },
    {
      given: "line breaks and dashes in a value",
      body: part("a", "\r\n--\n--fron") + end,
      want: [["a", "\r\n--\n--fron"]],
    },
    { given: "escaped quotes in a name", body: part('a\\"b', "1") + end, want: [['a"b', "1"]] },
    { given: "an unquoted name", body: part("X", "1").replace('"X"', "X") + end, want: [["X", "1"]] },
    {
      given: "names that objects have",
      body: part("__proto__", "1") + part("constructor", "2") + end,
      want: [
        ["__proto__", "1"],
        ["constructor", "2"],
      ],
    },
    {
      given: "a quoted boundary and another letter case",
      body: part("a", "1") + end,
      type: `Multipart/Form-Data; charset=utf-8; Boundary="${boundary}";`,
      want: [["a", "1"]],
    },
    {
      given: "urlencoded fields",
      body: "a=1+2&b=%C3%A9&a=&__proto__=x&c=%ZZ",
      type: "application/x-www-form-urlencoded; charset=UTF-8",
      want: [
        ["a", "1 2"],
        ["b", "é"],
        ["a", ""],
        ["__proto__", "x"],
        ["c", "%ZZ"],
      ],
    },
  ];
  test.each(cases)("$given", ({ body, type, want }) => {
    expect(parse(body, type)).toEqual(want);
  });

  test("a value of one mebibyte", () => {
    const value = "x".repeat(1024 * 1024);
    expect(parse(part("a", value) + end, contentType, { valueBytes: value.length })).toEqual([["a", value]]);
  });
});

describe("what is no form", () => {
  const cases: {
    given: string;
    body: string | Buffer;
    type?: string | undefined;
    limits?: Partial<FormLimits>;
    want: FormErrorReason;
  }[] = [
    { given: "JSON", body: "{}", type: "application/json", want: "media-type" },
    { given: "another multipart type", body: "", type: "multipart/mixed; boundary=b", want: "media-type" },
    { given: "a broken media type", body: "x", type: ";;;", want: "media-type" },
    { given: "a body without a media type", body: "x", type: "", want: "media-type" },
    {
      given: "a media type that the limits leave out",
      body: "a=1",
      type: "application/x-www-form-urlencoded",
      limits: { mediaTypes: ["multipart/form-data"] },
      want: "media-type",
    },
    { given: "nothing", body: "", want: "empty" },
    { given: "nothing, without a media type", body: "", type: "", want: "empty" },
    { given: "no boundary", body: end, type: "multipart/form-data", want: "boundary" },
    { given: "an empty boundary", body: end, type: 'multipart/form-data; boundary=""', want: "boundary" },
    { given: "two boundaries", body: end, type: `${contentType}; boundary=other`, want: "boundary" },
    {
      given: "a boundary that is too long",
      body: end,
      type: `multipart/form-data; boundary=${"b".repeat(71)}`,
      want: "boundary",
    },
    {
      given: "a boundary that does not occur",
      body: part("a", "1") + end,
      type: "multipart/form-data; boundary=other",
      want: "boundary",
    },
    { given: "no closing boundary", body: part("a", "1"), want: "truncated" },
    { given: "an end inside of a value", body: part("a", "12345").slice(0, -4), want: "truncated" },
    { given: "an end inside of a header", body: `--${boundary}\r\nContent-Dispo`, want: "truncated" },
    {
      given: "no blank line after the headers",
      body: `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n${end}`,
      want: "malformed-part",
    },
    {
      given: "no blank line, then a good part",
      body: `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n${part("b", "1")}${end}`,
      want: "malformed-part",
    },
    { given: "an empty part", body: `--${boundary}\r\n${end}`, want: "malformed-part" },
    { given: "a part without headers", body: `--${boundary}\r\n\r\nx\r\n${end}`, want: "malformed-part" },
    {
      given: "a part without a name",
      body: part("a", "1").replace('; name="a"', "") + end,
      want: "malformed-part",
    },
    {
      given: "two names",
      body: part("a", "1").replace('name="a"', 'name="a"; name="b"') + end,
      want: "malformed-part",
    },
    { given: "an unclosed quote", body: part("a", "1").replace('"a"', '"a') + end, want: "malformed-part" },
    {
      given: "an attachment",
      body: part("a", "1").replace("form-data", "attachment") + end,
      want: "malformed-part",
    },
    {
      given: "two Content-Dispositions",
      body: part("a", "1", 'Content-Disposition: form-data; name="b"\r\n') + end,
      want: "malformed-part",
    },
    {
      given: "a folded header, which would hide a file name",
      body: part("a", "1", ' ; filename="x"\r\n') + end,
      want: "malformed-part",
    },
    {
      given: "a line end of its own in a header, which would hide another",
      body: part("a", "1").replace('"a"', '"a"\n; filename="x"') + end,
      want: "malformed-part",
    },
    {
      given: "a header without a colon",
      body: part("a", "1", "filename\r\n") + end,
      want: "malformed-part",
    },
    {
      given: "a byte order mark before a header",
      body: part("a", "1").replace("Content", "\ufeffContent") + end,
      want: "malformed-part",
    },
    {
      given: "a value in Base64, which nobody would decode",
      body: part("a", "MQ==", "Content-Transfer-Encoding: base64\r\n") + end,
      want: "malformed-part",
    },
    {
      given: "a boundary within a value, and headers after it",
      body: part("a", `1\r\n--${boundary}X\r\nContent-Disposition: form-data; name="b"\r\n\r\n2`) + end,
      want: "malformed-part",
    },
    {
      given: "a closing boundary within a value",
      body: part("a", `1\r\n--${boundary}--not the end`) + end,
      want: "malformed-part",
    },
    {
      given: "a boundary right after the blank line",
      body: part("a", "").replace("\r\n\r\n\r\n", "\r\n\r\n") + part("b", "1") + end,
      want: "malformed-part",
    },
    {
      given: "a boundary in a value after a line end that is none",
      body: part("a", `1\n--${boundary}\n`) + end,
      want: "malformed-part",
    },
    { given: "parts after the closing boundary", body: end + part("a", "1") + end, want: "malformed-part" },
    {
      given: "a first boundary that does not begin its line",
      body: `\ufeff${part("a", "1")}${part("b", "2")}${end}`,
      want: "malformed-part",
    },
    {
      given: "a first boundary after a line end that is none",
      body: `\n${part("a", "1")}${part("b", "2")}${end}`,
      want: "malformed-part",
    },
    {
      given: "line ends that are none",
      body: (part("a", "1") + end).replaceAll("\r\n", "\n"),
      want: "malformed-part",
    },
    {
      given: "a boundary that is the beginning of the one in the body",
      body: part("a", "1") + end,
      type: "multipart/form-data; boundary=front",
      want: "malformed-part",
    },
    {
      given: "two dashes for a boundary",
      body: end,
      type: "multipart/form-data; boundary=--",
      want: "boundary",
    },
    {
      given: "a file name in parts (RFC 2231)",
      body: part("a", "1").replace('"a"', '"a"; filename*0="x"') + end,
      want: "file",
    },
    { given: "a file", body: part("a", "1").replace('"a"', '"a"; filename="x"') + end, want: "file" },
    {
      given: "a file without a name",
      body: part("a", "1").replace('"a"', '"a"; filename=""') + end,
      want: "file",
    },
    {
      given: "too many fields",
      body: part("a", "1").repeat(4) + end,
      limits: { fields: 3 },
      want: "too-many-fields",
    },
    { given: "a long name", body: part("abcd", "1") + end, limits: { nameBytes: 3 }, want: "name-too-long" },
    {
      given: "a long value, in bytes",
      body: part("a", "éé") + end,
      limits: { valueBytes: 3 },
      want: "value-too-long",
    },
    {
      given: "a value that is not UTF-8",
      body: Buffer.from(part("a", "\xff") + end, "latin1"),
      want: "encoding",
    },
    {
      given: "a name that is not UTF-8",
      body: Buffer.from(part("\xff", "a") + end, "latin1"),
      want: "encoding",
    },
    {
      given: "urlencoded bytes that are not UTF-8",
      body: "a=%FF",
      type: "application/x-www-form-urlencoded",
      want: "encoding",
    },
    {
      given: "urlencoded bytes that are not UTF-8 and not escaped",
      body: Buffer.from("a=\xff", "latin1"),
      type: "application/x-www-form-urlencoded",
      want: "encoding",
    },
    {
      given: "one pair of several with bytes that are not UTF-8",
      body: "a=1&b=%FF",
      type: "application/x-www-form-urlencoded",
      want: "encoding",
    },
    {
      given: "a long urlencoded value",
      body: "a=1&b=1234",
      type: "application/x-www-form-urlencoded",
      limits: { valueBytes: 3 },
      want: "value-too-long",
    },
    {
      given: "too many urlencoded fields",
      body: "a&b&c&d",
      type: "application/x-www-form-urlencoded",
      limits: { fields: 3 },
      want: "too-many-fields",
    },
  ];
  test.each(cases)("$given: $want", ({ body, type = contentType, limits, want }) => {
    expect(reason(() => parseForm(type === "" ? undefined : type, Buffer.from(body), limits))).toBe(want);
  });
});

describe("properties", () => {
  const text = anyText().map((it) => Buffer.from(it).toString());
  const fields = fc.array(fc.tuple(text, text), { maxLength: 20 });

  test("any fields survive being encoded by a client of the Fetch standard", async () => {
    // The standard turns line breaks into CRLF, and %22 in a name can't be told from an escaped quote.
    const normal = (it: string) => it.replace(/\r\n|\r|\n/g, "\r\n");
    const name = text.filter((it) => !/%22|%0D|%0A/.test(it) && !/\\(["\\]|$)/.test(it));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, text), { maxLength: 20 }), async (given) => {
        const form = new FormData();
        for (const [key, value] of given) form.append(key, value);
        const [type, body] = await encoded(form);
        const { fields: got } = parseForm(type, body);
        expect(got).toEqual(given.map(([key, value]) => [normal(key), normal(value)]));
      }),
    );
  });

  test("what clients send is read as another parser reads it", async () => {
    // The other parser trims names, and cuts them at separators.
    const name = text.filter((it) => /^[^\s"%\\\p{C}]*$/u.test(it));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, text), { maxLength: 20 }), async (given) => {
        const form = new FormData();
        for (const [key, value] of given) form.append(key, value);
        const [type, body] = await encoded(form);
        const other = [...readParts(body, { boundary: type.replace(/.*boundary=/, "") })];
        expect(parseForm(type, body).fields).toEqual(
          other.map((it) => [it.name ?? "", Buffer.from(it.bytes).toString()]),
        );
      }),
    );
  });

  test("any fields survive being urlencoded", async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (given) => {
        fc.pre(given.length > 0);
        const [type, body] = await encoded(new URLSearchParams(given));
        expect(parseForm(type, body).fields).toEqual(given);
      }),
    );
  });

  test("values are kept byte for byte", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (values) => {
        fc.pre(values.every((value) => !`\n${value}`.includes(`\n--${boundary}`)));
        const body = values.map((value) => part("a", value)).join("") + end;
        expect(parse(body).map(([, value]) => value)).toEqual(values);
      }),
    );
  });

  test("any bytes give a form or a typed error", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "--",
        `--${boundary}`,
        "\r\n",
        "\r\n\r\n",
        "\n",
        ";",
        '"',
        "\\",
        "\0",
        "Content-Disposition: form-data",
        '; name="a"',
      ),
      fc.constantFrom("; filename=x", "Content-Type: application/json", ": ", "=", "%", `--${boundary}--`),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
    );
    const type = fc.oneof(
      fc.constantFrom(
        contentType,
        contentType,
        contentType,
        "application/x-www-form-urlencoded",
        "multipart/form-data",
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(type, fc.array(piece, { maxLength: 30 }), (header, pieces) => {
        reason(() => parseForm(header, Buffer.from(pieces.join(""), "latin1")));
      }),
      { numRuns: 1000 },
    );
  });

  test("a form cut anywhere is refused", () => {
    const whole = `${part("a", "1")}${part("b", "two")}--${boundary}--`;
    for (let length = 0; length < whole.length; length += 1) {
      const got = reason(() => parse(whole.slice(0, length)));
      expect(["empty", "boundary", "truncated"], `cut at ${length}`).toContain(got);
    }
  });
});

describe("the form of a part, and the words in which a part is refused by its number", () => {
  const good = part("a", "1");
  const raw = (headers: string, value = "1") => `--${boundary}\r\n${headers}\r\n\r\n${value}\r\n`;
  const disposition = 'Content-Disposition: form-data; name="b"';
  const ofType = (parameter: string) => `multipart/form-data${parameter}`;
  const urlencoded = "application/x-www-form-urlencoded";
  const both = `multipart/form-data or ${urlencoded}`;

  test.each<[body: string | Buffer, message: string, type?: string]>([
    [
      good + end,
      "Content-Type names no boundary: let the client that builds the form set this header.",
      ofType(""),
    ],
    [
      good + end,
      "Content-Type names no boundary: let the client that builds the form set this header.",
      ofType('; boundary=""'),
    ],
    [
      good + end,
      "The boundary in Content-Type must be 1 to 70 printable ASCII characters.",
      ofType(`; boundary=${"b".repeat(71)}`),
    ],
    [
      `${good}${raw(`${disposition}\r\nContent-Type: application/json`, "{")}${end}`,
      "Part 2 of the form declares JSON (Content-Type) but is not valid JSON.",
    ],
    [
      `${good}${raw("Content-Type: text/plain")}${end}`,
      "Part 2 of the form has no Content-Disposition header.",
    ],
    [`${good}${raw(`${disposition}\r\nno header`)}${end}`, "Part 2 of the form has an invalid header line."],
    [
      `${good}${raw(`${disposition}\r\n${disposition}`)}${end}`,
      "Part 2 of the form has more than one Content-Disposition header.",
    ],
    [
      `${good}${raw('Content-Disposition: attachment; name="b"')}${end}`,
      'Part 2 of the form has a Content-Disposition that is not of the form: form-data; name="...".',
    ],
    [
      `${good}${raw(`${disposition}\r\nContent-Transfer-Encoding: base64`)}${end}`,
      "Part 2 of the form has a Content-Transfer-Encoding, which forms must not have.",
    ],
    [
      `${good}${raw(`${disposition}\r\nContent-Transfer-Encoding: 8bits`)}${end}`,
      "Part 2 of the form has a Content-Transfer-Encoding, which forms must not have.",
    ],
    [
      `${good}${raw(`${disposition}\r\nContent-Transfer-Encoding: x7bit`)}${end}`,
      "Part 2 of the form has a Content-Transfer-Encoding, which forms must not have.",
    ],
    [`${good}--${boundary}\r\n\r\n1\r\n${end}`, "Part 2 of the form has no Content-Disposition header."],
    [
      Buffer.from(`${good}${raw('Content-Disposition: form-data; name="\xff"')}${end}`, "latin1"),
      "The headers of part 2 of the form are not valid UTF-8.",
    ],
    [
      `${good}--${boundary}-\r\n${end}`,
      "Boundary 2 of the form is not a line of its own: a value must not contain the boundary.",
    ],
    [
      `${good}--${boundary}\r1${end}`,
      "Boundary 2 of the form is not a line of its own: a value must not contain the boundary.",
    ],
    [`preamble\r.${good}${end}`, "The form's first boundary is not at the beginning of a line."],
    ["a=1", `The body must be ${both}, but Content-Type says "text/html".`, "text/html"],
    [
      "a=1",
      `The body must be ${both}, but Content-Type says "text/${"h".repeat(55)}".`,
      `text/${"h".repeat(99)}`,
    ],
    ["a=1", `The request has no Content-Type, but must be ${both}.`, " "],
    ["", `The request has no body, but a form (${both}) is expected.`, " "],
    ["a=%FF", "The form is not valid UTF-8.", urlencoded],
    [
      `${good}${raw("Content-Disposition: form-data")}${end}`,
      "Part 2 of the form has no name, or more than one.",
    ],
    [
      Buffer.concat([
        Buffer.from(good + raw(disposition).slice(0, -3)),
        Buffer.from([0xff]),
        Buffer.from(`\r\n${end}`),
      ]),
      "The value of field 2 is not valid UTF-8.",
    ],
    [
      `${good}${raw(`Content-Disposition: form-data; name="${"n".repeat(61)}"; filename="f"`)}${end}`,
      `Field "${"n".repeat(60)}…" is a file, but this form takes text fields only.`,
    ],
    [
      `${good}${raw(`Content-Disposition: form-data; name="${"n".repeat(60)}"; filename="f"`)}${end}`,
      `Field "${"n".repeat(60)}" is a file, but this form takes text fields only.`,
    ],
    [
      `${good}--${boundary}-x\r\n${end}`,
      "Boundary 2 of the form is not a line of its own: a value must not contain the boundary.",
    ],
    [
      `${good}--${boundary}--x`,
      "Boundary 2 of the form is not a line of its own: a value must not contain the boundary.",
    ],
  ])("%j: %s", (body, message, type) => {
    expect(() => parse(body, type)).toThrow(expect.objectContaining({ message }));
  });

  test.each(["7bit", "8bit", "binary", "BINARY \t"])(
    "Content-Transfer-Encoding: %j is accepted",
    (encoding) => {
      const body = `${raw(`${disposition}\r\nContent-Transfer-Encoding: ${encoding}`)}${end}`;
      expect(parse(body)).toEqual([["b", "1"]]);
    },
  );

  test("valid JSON, a boundary of 70 characters and a header without a blank are accepted", () => {
    const longest = "b".repeat(70);
    const body = `--${longest}\r\nContent-Disposition:form-data; name="b"\r\nContent-Type: application/json\r\n\r\n{}\r\n--${longest}--`;
    expect(parse(body, ofType(`; boundary=${longest}`))).toEqual([["b", "{}"]]);
  });

  test.each<[Partial<FormLimits>, accepted: string, refused: string, message: string]>([
    [{ fields: 2 }, "a=1&b=2", "a=1&b=2&c=3", "The form has more than 2 fields."],
    [{ nameBytes: 2 }, "aa=1", "a=1&bbb=1", "The name of field 2 is longer than 2 bytes."],
    [{ valueBytes: 2 }, "a=11", "a=1&b=111", "The value of field 2 is longer than 2 bytes."],
  ])("with the limit %j the form %s is accepted, and %s is not", (limits, accepted, refused, message) => {
    expect(parse(accepted, urlencoded, limits)).toHaveLength(accepted.split("&").length);
    expect(() => parse(refused, urlencoded, limits)).toThrow(expect.objectContaining({ message }));
  });

  test("a replacement character that was sent is kept", () => {
    expect(parse("a=%EF%BF%BD", urlencoded)).toEqual([["a", "\ufffd"]]);
  });

  test("names lose the escapes of browsers for quotes and line breaks", () => {
    expect(parse(part("a%22b%0D%0Ac", "1") + end)).toEqual([['a"b\r\nc', "1"]]);
  });

  test("only JSON is held against its media type, and only a file name makes a file", () => {
    const odd = `${disposition}; x-filename="f"\r\nContent-Type: text/x-application/json`;
    expect(parse(`${raw(odd, "{")}${end}`)).toEqual([["b", "{"]]);
  });

  test("an epilogue is ignored, and so are blanks behind the closing boundary", () => {
    expect(parse(`${good}--${boundary}-- \r\nan epilogue`)).toEqual([["a", "1"]]);
  });
});
