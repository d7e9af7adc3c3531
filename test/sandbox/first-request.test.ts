import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { expect, test } from "vitest";
import { BundleError, instanceNames } from "../../src/description/index.ts";
import { createApp } from "../../src/http/index.ts";
import { mount } from "../../src/mock/mock.ts";
import { basePath, createSandbox } from "../../src/sandbox/index.ts";
import { instancesPlugin } from "../../src/sandbox/instances.ts";
import { plain } from "../instances.ts";
import { titles } from "./harness.ts";

const listPath = "notification-handlers";

async function ask(app: FastifyInstance, url: string, authorization = "Bearer k") {
  const { statusCode: status, body: text } = await app.inject({ url, headers: { authorization } });
  return { status, text, body: JSON.parse(text) as unknown, headers: new Headers() };
}

/** A preparation that fails at first. */
function failing(error: Error) {
  let calls = 0;
  return {
    calls: () => calls,
    prepare: (): never => {
      calls += 1;
      throw error;
    },
  };
}

test.each([
  [
    new BundleError("generated/x/openapi.yaml can't be used: it is missing. Run npm run generate."),
    /Run npm run generate\.$/,
  ],
  [new Error("internals"), /^The (sandbox|mock) of x can't be prepared(;|:) the log says why\.$/],
])(
  "what can't be prepared is answered with 500 that says why, as the log does, and is tried again (%s)",
  async (error, says) => {
    const [one, other] = [failing(error), failing(error)];
    const log: { msg: string; err?: { message?: string; stack?: string } }[] = [];
    const app = createApp({ logger: pino({}, { write: (line: string) => log.push(JSON.parse(line)) }) });
    app.register(instancesPlugin, {
      prefix: "/sandbox",
      instances: new Map([["x", one.prepare]]),
      latency: 0,
    });
    app.register(async (scope) => mount(scope, new Set(["x"]), async () => other.prepare()), {
      prefix: "/mock",
    });
    for (const { calls, at } of [
      { calls: one.calls, at: "/sandbox/x" },
      { calls: other.calls, at: "/mock/x" },
    ]) {
      for (const [index, url] of [`${at}/api/${listPath}`, `${at}/_behaviour`].entries()) {
        const answer = await ask(app, url);
        expect(answer.status).toBe(500);
        expect(titles(answer)).toEqual([expect.stringMatching(says)]);
        expect(calls()).toBe(index + 1);
        const { message, stack } = log.find(({ msg }) => msg.endsWith("can't be prepared"))?.err ?? {};
        expect(message).toBe(error.message);
        expect(stack).toContain("first-request.test.ts");
        log.splice(0);
      }
    }
    await app.close();
  },
);

test("an instance is prepared once, at the first request to it; what is unknown is told with what there is", async () => {
  const sandbox = await createSandbox({ apiKeys: ["k"] });
  expect(sandbox.instances).toEqual(instanceNames);
  const app = createApp();
  await app.register(sandbox.plugin);
  expect((await ask(app, `${basePath(plain)}/${listPath}`)).status).toBe(200);
  expect((await ask(app, `${basePath(plain)}/${listPath}`, "Bearer other")).status).toBe(401);
  for (const path of [
    "/sandbox/nix.example/api",
    "/sandbox/nix.example",
    "/sandbox/%ff/api",
    "/sandbox/",
    "/sandbox/a%2Fb/",
  ]) {
    const answer = await ask(app, path);
    expect(answer.status, path).toBe(404);
    titles(answer);
  }
  const [title] = titles(await ask(app, `${basePath(plain.slice(0, -1))}/${listPath}`));
  expect(title).toContain(plain);
  await app.close();
  await sandbox.close();
});
