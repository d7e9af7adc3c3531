import { connect } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, expect } from "vitest";
import { descriptionNames, loadDescription, validateResponse } from "../../src/description/index.ts";
import { type Bounds, createApp, listen } from "../../src/http/index.ts";
import { type MockOptions, mockPath, mountMocks } from "../../src/mock/index.ts";

/** Mocks of all descriptions on a free port, for the tests of one file. */
export interface Mocks {
  readonly origin: string;
  /** Lines of the log so far. */
  readonly log: readonly { readonly msg: string; readonly level: number }[];
  baseUrl(instance: string): string;
}

export function serveMocks(
  options: Omit<MockOptions, "instances"> = {},
  bounds: Partial<Bounds> = {},
): Mocks {
  const log: { msg: string; level: number }[] = [];
  const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line)) });
  const app = createApp({ logger, bounds, hosts: ["h", "h'(script)"] });
  let origin = "";
  beforeAll(async () => {
    await mountMocks(app, { ...options, instances: descriptionNames });
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => app.close());
  return {
    get origin() {
      return origin;
    },
    log,
    baseUrl: (instance) => origin + mockPath(instance),
  };
}

export const key = { authorization: "Bearer a-key" };

export function form(fields: Record<string, string> | readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields))
    data.append(name, value);
  return data;
}

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: "error", ...init });
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json && text !== "" ? JSON.parse(text) : undefined,
  };
}

/** Expects an answer that the contract allows for the operation. */
export function expectHonoured(instance: string, id: string, answer: Answer): void {
  const contentType = answer.headers.get("content-type") ?? undefined;
  const problems = validateResponse(
    loadDescription(instance).operation(id),
    answer.status,
    contentType,
    answer.body,
  );
  expect(problems, `${id} ${answer.status}: ${answer.text}`).toEqual([]);
}

/** Expects the contract's errors body, with the status of the answer in each entry, and returns the titles. */
export function titlesOf(answer: { readonly status: number; readonly body: unknown }): string[] {
  expect(answer.body).toEqual({ errors: expect.any(Array) });
  const { errors } = answer.body as { errors: { title: string; status: number }[] };
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error).toEqual({ title: expect.stringMatching(/^\S.*\.$/), status: answer.status });
  }
  return errors.map(({ title }) => title);
}

/** Writes bytes to the server and reads what comes back until it closes the connection. */
export function send(
  origin: string,
  ...chunks: (string | Buffer)[]
): Promise<{ status: number; body: unknown; text: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const received: Buffer[] = [];
    socket.on("data", (chunk) => received.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const text = Buffer.concat(received).toString("utf8");
      const [head = "", body = ""] = text.split("\r\n\r\n", 2);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      resolve({ status, body: body.startsWith("{") ? JSON.parse(body) : undefined, text });
    });
    for (const chunk of chunks) socket.write(chunk);
  });
}
