import { expect, test } from "vitest";
import { createApp } from "../../src/http/index.ts";
import { health, healthPlugin } from "../../src/sandbox/health.ts";
import type { Store } from "../../src/sandbox/store/index.ts";

const gone = {
  ping() {
    throw new Error("The database is gone.");
  },
} as unknown as Store;

test("a database that does not answer: 503, and the process lives", async () => {
  const app = createApp();
  await app.register(healthPlugin(gone));
  const headers = { host: "localhost" };
  const ready = await app.inject({ url: "/_health", headers });
  expect([ready.statusCode, ready.json()]).toEqual([503, { status: "unavailable", database: "unavailable" }]);
  const live = await app.inject({ url: "/_health/live", headers });
  expect([live.statusCode, live.json()]).toEqual([200, { status: "ok" }]);
  expect((await health(gone, { instance: "a.example" })).status).toBe(503);
});
