import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseMultipart } from "@remix-run/multipart-parser";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { loadDescription } from "../../src/description/index.ts";
import { anyText } from "../any-text.ts";

/** A server that parses the forms it gets with @remix-run/multipart-parser, and keeps the fields of the last one. */
let fields: readonly (readonly [string, string])[] = [];
// It never ends a connection that is idle: where a test takes seconds to make a body, that would meet the next request.
const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const [, boundary = ""] = /boundary=(.+)/.exec(request.headers["content-type"] ?? "") ?? [];
    const parts = parseMultipart(Buffer.concat(chunks), { boundary, maxFileSize: 2 ** 22 });
    fields = [...parts].map((part) => [part.name ?? "", Buffer.from(part.bytes).toString()]);
    response.setHeader("content-type", "application/json").end('{"data":{"id":1}}');
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ errors: [{ title: String(error), status: 400 }] }));
  }
});
let client: ReturnType<typeof createClient>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  client = createClient({ baseUrl: `http://127.0.0.1:${port}/api`, apiKey: "k", retry: false });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ["quotes", `"'\`\\`],
  ["CR LF", "a\r\nb"],
  ["LF alone", "a\nb"],
  ["CR alone", "a\rb\r"],
  ["line ends at both ends", "\r\n\r\na\r\n\r\n"],
  ["nothing", ""],
  ["white space", " \t "],
  ["emoji", "👩‍👩‍👧‍👦🔔"],
  ["right-to-left text", "اعلان‌ها را بفرست ‏!"],
  ["NUL and controls", "\u0000\u0001\u001f\u007f"],
  ["what looks like the word false", "false"],
  ["percent signs", "%22%0D%0A"],
  [
    "a field of another name",
    'x\r\n--form\r\nContent-Disposition: form-data; name="is_enabled"\r\n\r\n0\r\n',
  ],
  ["the end of a form", "x\r\n--form--\r\n"],
  ["1 MiB", "ä🔔\r\n-".repeat(1 << 17)],
])("a value reaches the server byte for byte: %s", async (_, name) => {
  await client.create({ type: "email", name });
  expect(fields).toEqual([
    ["type", "email"],
    ["name", name],
  ]);
});

test("a value that guesses the boundary does not end its part", async () => {
  const guess = Math.random;
  const numbers = [0.25, 0.5, 0.75];
  Math.random = () => numbers.shift() ?? guess();
  try {
    const name =
      'x\r\n--form0.25\r\nContent-Disposition: form-data; name="type"\r\n\r\nslack\r\n--form0.25--';
    await client.create({ type: "email", name });
    expect(fields).toEqual([
      ["type", "email"],
      ["name", name],
    ]);
  } finally {
    Math.random = guess;
  }
});

test("the name of a field cannot leave its quotes", async () => {
  const odd = { type: "email", name: "x", 'a"; filename="f\r\nX: y\r\n\r\n': "v" };
  await client.create(odd as never);
  expect(fields).toHaveLength(3);
  expect(fields[2]?.[1]).toBe("v");
});

test("http builds the same forms, and refuses a FormData, which would change line ends", async () => {
  await client.http.POST("/notification-handlers", { body: { type: "email", name: "a\nb" } });
  expect(fields).toEqual([
    ["type", "email"],
    ["name", "a\nb"],
  ]);
  await expect(client.http.POST("/notification-handlers", { body: new FormData() as never })).rejects.toThrow(
    /plain object/,
  );
});

describe("any body of any type", () => {
  const { schemas } = loadDescription("family").document.components as unknown as {
    schemas: Record<string, { properties?: Record<string, { const?: string }> }>;
  };
  const branches = Object.entries(schemas).filter(
    ([name, schema]) => /^(Create|Update)\w+/.test(name) && schema.properties,
  );
  test.each(branches)("%s", async (_, { properties = {} }) => {
    const text = anyText({ maxLength: 60 });
    const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const body = fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => [
          name,
          schema.const ? fc.constant(schema.const) : value,
        ]),
      ),
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(body, async (body) => {
        await client.update(1, body as never);
        expect(fields).toEqual(
          Object.entries(body).map(([name, value]) => [
            name,
            typeof value === "boolean" ? (value ? "1" : "0") : `${value}`,
          ]),
        );
      }),
      { numRuns: 15 },
    );
  });
});
