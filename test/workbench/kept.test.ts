import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workbench, workbench } from "../../src/devkit/index.ts";
import { startMock } from "../../src/mock/index.ts";
import { type StartedSandbox, startSandbox } from "../../src/sandbox/index.ts";

const instance = "bitpeak.ru";

/** Sends a list with a search, by which it is known again. */
async function list(
  { baseUrl, apiKey }: { baseUrl: string; apiKey: string },
  search: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await fetch(`${baseUrl}/notification-handlers/?search_name=${search}`, { headers });
  await answer.text();
  return answer.status;
}

test("a number of requests is kept of each key, the last ones", async () => {
  const sandbox = await startSandbox({ instance, requests: 2 });
  try {
    for (const search of ["a", "b", "c"]) await list(sandbox, search);
    const kept = await workbench(sandbox).requests();
    expect(kept.map(({ path }) => path.at(-1))).toEqual(["b", "c"]);
  } finally {
    await sandbox.close();
  }
});

describe("where none are kept", () => {
  const noneKept = /^No requests are kept here: this server was started with --requests 0/;
  let sandbox: StartedSandbox;
  let bench: Workbench;
  beforeAll(async () => {
    sandbox = await startSandbox({ instance, requests: 0, seed: 1 });
    bench = workbench(sandbox);
  });
  afterAll(() => sandbox.close());

  test.each<[name: string, ask: () => Promise<unknown>]>([
    ["the list", () => bench.requests()],
    ["the archive", () => bench.har()],
    ["a mark", () => bench.mark()],
    ["forgetting", () => bench.forget()],
  ])("%s is refused with the reason", async (_name, ask) => {
    await expect(ask()).rejects.toThrow(noneKept);
  });

  test.each(["/_requests/1", "/_requests/events"])("%s is 404", async (path) => {
    const { href } = new URL(path, sandbox.baseUrl);
    const answer = await fetch(href, { headers: { authorization: `Bearer ${sandbox.apiKey}` } });
    expect(answer.status).toBe(404);
    const { errors } = (await answer.json()) as { errors: { title: string }[] };
    expect(errors[0]?.title).toMatch(noneKept);
  });

  test("a wrong key is told that first", async () => {
    const stranger = workbench({ ...sandbox, apiKey: "nobody-has-this-key" });
    await expect(stranger.requests()).rejects.toThrow(/^The API key is unknown/);
  });

  test("requests are served, and behaviour is switched as ever", async () => {
    expect(await list(sandbox, "a")).toBe(200);
    await bench.behaviour.set({ list: { status: 500, times: 1 } });
    expect([await list(sandbox, "a"), await list(sandbox, "a")]).toEqual([500, 200]);
  });
});

test.each([-1, 501, 1.5, "all", null])("requests: %j is refused, and named", async (requests) => {
  const options = { instance, requests: requests as number };
  const message = /^requests must be a whole number from 0 to 500, not /;
  await expect(startSandbox(options)).rejects.toThrow(message);
  await expect(startMock(options)).rejects.toThrow(message);
});
