import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { excerpt, mask } from "../../src/client/mask.ts";
import { failed, json, rejection, scripted } from "./script.ts";

const key = 'aZ9/+~\\"%secret-key=.*';
const percent = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("");
const unicode = (text: string) => [...text].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join("");

const named: Record<string, string> = {
  '"': "&quot;",
  "'": "&#039;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

/** The ways in which an instance, a proxy or a library may repeat a text. */
const encodings: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "percent-encoded": encodeURIComponent,
  "percent-encoded, every character": percent,
  "percent-encoded, in capitals": (text) => percent(text).toUpperCase(),
  "percent-encoded twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "as JSON": (text) => JSON.stringify(text).slice(1, -1),
  "as JSON of JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  "as JSON, with PHP's escaped slashes": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "as JSON, every character": unicode,
  "as HTML": (text) => text.replace(/["'&<>]/g, (c) => named[c] ?? c),
  "as HTML, by numbers": (text) => text.replace(/\W/g, (c) => `&#${c.charCodeAt(0)};`),
  "as HTML, by hexadecimal numbers": (text) =>
    text.replace(/\W/g, (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`),
  "as JSON, in capitals": (text) => unicode(text).replace(/[a-f]/g, (c) => c.toUpperCase()),
};
const base64s: Record<string, (text: string) => string> = {
  Base64: btoa,
  "Base64 for URLs": (text) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
  "Base64 in a URL": (text) => encodeURIComponent(btoa(text)),
};

describe.each(Object.entries(encodings))("a key %s", (_, encode) => {
  test.each([key, "secret-key-1", "<secret>&'key'", "0123456789abcdef0123456789abcdef"])(
    "is masked: %s",
    (key) => {
      for (const [before, after] of [
        ["", ""],
        ["key ", " is unknown"],
        ['{"', '"}'],
        ["a\\n", "z"],
        ["?k=", "&x"],
      ]) {
        expect(mask(`${before}${encode(key)}${after}`, key)).toBe(`${before}[key]${after}`);
      }
    },
  );
});

describe.each(Object.entries(base64s))("a key in %s", (_, encode) => {
  test.each([key, "secret-key-1", "secret-key-12", "secret-key-123"])("is masked: %s", (key) => {
    for (const before of ["", "u", "us", "use", "user:", "Bearer "]) {
      for (const after of ["", "\n", "zz", "~~~"]) {
        const masked = mask(`"${encode(before + key + after)}"`, key);
        expect(masked).toContain("[key]");
        // What is left holds no two characters of the key.
        const left = masked
          .replace(/[="]|%3D/g, "")
          .split("[key]")
          .map((part) => atob(part.replace(/[^A-Za-z0-9]/g, "A").slice(0, Math.floor(part.length / 4) * 4)));
        expect(left.join("")).not.toMatch(/secret|key-/);
      }
    }
  });
});

test.each([
  ["k", "the answer lacks data", "the answer lacks data"],
  ["k", "the key k is unknown", "the key [key] is unknown"],
  ["k", 'sent "k", as Bearer k', 'sent "[key]", as Bearer [key]'],
  ["k", "?k=%20k", "?[key]=%20[key]"],
  ["key", "keys of a monkey, key.", "keys of a monkey, [key]."],
  ["key", `as ${btoa("key")} and ${btoa("key")}x`, `as [key] and ${btoa("key")}x`],
  ["a", "a banana %61", "[key] banana [key]"],
  ["", "nothing", "nothing"],
  [undefined, "nothing", "nothing"],
  ["secret-key-1", "another secret-key-2", "another secret-key-2"],
])("the key %j is masked in %j", (key, text, masked) => {
  expect(mask(text, key)).toBe(masked);
});

test("an excerpt is one line, short, and never ends in half a key", () => {
  expect(excerpt("\n a\r\n\tb\u0000c  ", undefined)).toBe("a b c");
  expect(excerpt("x".repeat(500), undefined)).toBe(`${"x".repeat(120)}...`);
  for (let before = 60; before < 140; before++) {
    const text = excerpt(`${".".repeat(before)}${key}${"-".repeat(20_000)}`, key);
    expect(text).not.toContain(key.slice(0, 3));
  }
  // White space takes no room in an excerpt, so a key behind a lot of it is shown.
  for (let blanks = 9_980; blanks < 10_000; blanks++)
    expect(excerpt(`<p>${"\n".repeat(blanks)}${key}`, key)).toBe("<p> [key]");
  // Nor does a long key, once it is masked.
  const long = "0123456789abcdef".repeat(64);
  for (const encode of [(text: string) => text, unicode, btoa])
    expect(excerpt(`${"-".repeat(60)}${encode(long).repeat(20)}`, long)).not.toMatch(/0|MDEy/);
});

test.each(["\\", "%25", "25", "0"])(
  "a text of many %s is searched in no time that anybody notices",
  (many) => {
    const text = `%&#${many.repeat(100_000)}`;
    for (const key of ["/secret/key+1=", "secret-key-1"])
      expect(mask(`${text} ${key}`, key)).toBe(`${text} [key]`);
  },
);

test("an excerpt of a large text is made of its beginning only", () => {
  const text = "a ".repeat(2 ** 15);
  const match = vi.spyOn(RegExp.prototype, "exec");
  const short = excerpt(text, "secret-key-1");
  const matches = match.mock.calls.length;
  match.mockRestore();
  expect(short).toBe(`${text.slice(0, 120)}...`);
  expect(matches).toBeLessThan(2 ** 14);
});

test.each(["k", "GET", "data", "404", "handlers", "notification-handlers"])(
  "the key %j mangles nothing that the client says",
  async (apiKey) => {
    const { client } = scripted([json({}), failed(404, "nothing here")], { apiKey });
    expect((await rejection(client.get(7))).message).toBe(
      "GET /notification-handlers/7: the answer lacks data",
    );
    expect(await rejection(client.get(7))).toMatchObject({
      message: "GET /notification-handlers/7: 404 - nothing here",
      path: "/notification-handlers/7",
    });
  },
);

test("no error has the key, wherever the instance repeats it, in any encoding", async () => {
  const apiKey = "sec/ret+key~1";
  for (const encode of [...Object.values(encodings), ...Object.values(base64s)]) {
    const echo = encode(apiKey);
    const headers = { "x-echo": `Bearer ${echo}`, "content-type": `text/html; k=${echo}` };
    for (const answer of [
      failed(401, `The key ${echo} is unknown`, headers),
      new Response(`<html>${echo}`, { headers }),
      new Response(`<html>${echo}`, { status: 502, headers }),
      new Response(`{"${echo}`, { headers }),
      new Response("", { status: 302, headers: { location: `https://evil.example/${echo}` } }),
      new TypeError(`sent ${echo}`, { cause: new Error(echo) }),
    ]) {
      const error = await rejection(scripted([answer], { retry: false, apiKey }).client.get(7));
      const said = `${error.stack}${JSON.stringify(error)}${inspect(error, { depth: 9 })}${JSON.stringify([...((error.headers as Headers | undefined) ?? [])])}`;
      expect(said).toContain("[key]");
      expect(said).not.toContain(echo);
    }
  }
});
