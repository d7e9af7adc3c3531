import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Ledger } from "../../src/contract/findings/ledger.ts";
import {
  type CheckOptions,
  checkContract,
  findingsOf,
  marker,
  type Report,
  RunStopped,
  sweepInstance,
} from "../../src/contract/index.ts";
import { changedFieldsOf, fieldsOf, hardTexts } from "../../src/contract/instance/values.ts";
import { accountOf, Journal } from "../../src/contract/journal/journal.ts";
import { nameOf, newRunId } from "../../src/contract/journal/marker.ts";
import { Budget } from "../../src/contract/wire/budget.ts";
import { Pace, waitAfter } from "../../src/contract/wire/pace.ts";
import { NotOursError, Transport } from "../../src/contract/wire/transport.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";
import { instanceNames, loadDescription, modelOf } from "../../src/description/index.ts";
import { type StartedSandbox, serveSandboxes, startSandbox } from "../../src/sandbox/index.ts";
import { triesAll } from "../scope.ts";
import { boundOf } from "./check-accounts.ts";

const instance = "bitpeak.ru";
/** One instance, one key and some moments stand for the others, unless CONTRACT_CARE=all. */
const isWhole = triesAll("CONTRACT_CARE");
const model = modelOf(loadDescription(instance));
const bound = boundOf(model.description, true);
let folder: string;
let sandbox: StartedSandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "contract-care-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  sandbox = await startSandbox({ instance, seed: 12 });
});
afterEach(() => sandbox.close());

function options(more: Partial<CheckOptions> = {}): CheckOptions {
  const { baseUrl, apiKey } = sandbox;
  return { instance, baseUrl, keys: { valid: apiKey }, write: true, journalFolder: folder, ...more };
}

async function names(): Promise<string[]> {
  const response = await fetch(`${sandbox.baseUrl}/notification-handlers/?results_per_page=1000`, {
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  });
  return ((await response.json()) as { data: { name: string }[] }).data.map((it) => it.name);
}

async function create(name: string): Promise<number> {
  const form = new FormData();
  form.append("type", "email");
  form.append("name", name);
  const response = await fetch(`${sandbox.baseUrl}/notification-handlers`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
    body: form,
  });
  return ((await response.json()) as { data: { id: number } }).data.id;
}

describe("nothing but the run's own handlers is touched", () => {
  function transport(journal: Journal, sent: string[]): Transport {
    const clock = { now: () => 0, sleep: async () => {} };
    return new Transport({
      baseUrl: "http://instance.example/api",
      keys: { valid: "k" },
      journal,
      budget: new Budget(bound, journal, true),
      pace: new Pace(0, clock, () => undefined),
      clock,
      fetch: async (url) => {
        sent.push(String(url));
        return new Response("{}");
      },
      timeout: 1_000,
      userAgent: "test",
      probes: [],
      onRequest: () => undefined,
    });
  }
  const header = { run: newRunId(Date.now()), instance, baseUrl: "", account: "", process: process.pid };
  const { update, delete: remove, read } = model.operations;
  if (update === undefined || remove === undefined || read === undefined)
    throw new Error(`${instance} lacks an operation.`);

  test.each([
    ["an update", { operation: update }],
    ["a delete", { operation: remove }],
    ["another method", { operation: update, method: "PATCH" }],
    ["a delete without a key", { operation: remove, credential: "none" as const }],
  ])("%s of a foreign handler is not sent", async (purpose, call) => {
    const sent: string[] = [];
    const journal = Journal.start(undefined, header);
    await expect(transport(journal, sent).send({ purpose, id: 7, ...call })).rejects.toThrow(NotOursError);
    expect(sent).toEqual([]);
    journal.own(7, nameOf(header.run, 1));
    await transport(journal, sent).send({ purpose, id: 7, ...call });
    expect(sent).toEqual(["http://instance.example/api/notification-handlers/7"]);
  });

  test("a read of one is", async () => {
    const sent: string[] = [];
    await transport(Journal.start(undefined, header), sent).send({
      purpose: "a read",
      operation: read,
      id: 7,
    });
    expect(sent).toHaveLength(1);
  });

  test("the id in the answer to a create is not believed", async () => {
    const before = await names();
    const [first] = [1];
    const { report } = await checkContract(
      options({
        clock: { now: () => Date.now(), sleep: async () => {} },
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          const isCreate = init?.method === "POST" && String(url).endsWith("/notification-handlers");
          return isCreate && response.ok ? Response.json({ data: { id: first } }) : response;
        },
      }),
    );
    expect(findingsOf(report).map((it) => it.check)).toContain("reference_is_own");
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(await names()).toEqual(before);
  });
});

test.each(isWhole ? ["x", "id", "data", "email", "json"] : ["x", "data"])(
  "a key that answers are full of, such as %s, changes nothing",
  async (valid) => {
    const other = await serveSandboxes({ instances: [instance], apiKeys: [valid], seed: 12 });
    try {
      const { report } = await checkContract(
        options({ baseUrl: other.baseUrls.get(instance), keys: { valid } }),
      );
      expect(findingsOf(report)).toEqual([]);
      expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    } finally {
      await other.close();
    }
  },
);

test("values reach nobody: example domains, fictional numbers, and no secret", () => {
  for (const name of instanceNames) {
    const each = modelOf(loadDescription(name));
    for (const type of each.types) {
      const first = fieldsOf(each, type);
      const changed = changedFieldsOf(each, type);
      expect(first.map(([field]) => field)).toEqual(each.roles.fields.get(type));
      for (const [index, [, value]] of [...first, ...changed].entries()) {
        if (URL.canParse(value) && /^https?:/.test(value))
          expect(new URL(value).hostname).toMatch(/(^|\.)example\.(com|org|net)$/);
        else if (value.includes("@")) expect(value).toMatch(/@example\.(com|org|net)$/);
        else if (value.startsWith("+")) expect(value).toMatch(/^\+1\d{3}55501\d\d$/);
        else expect(value, `${type} ${index}`).toMatch(/example|^-?1000000000\d{3}$/i);
      }
      for (const [index, [field, value]] of changed.entries())
        expect([field, value]).not.toEqual(first[index]);
    }
  }
});

test("handlers are switched off by the very next request that changes anything", async () => {
  const { exchanges } = await checkContract(options());
  const writes = exchanges.filter(
    (it) => it.method === "POST" && it.outcome.kind === "answer" && it.outcome.status === 200,
  );
  const creates = writes.filter((it) => it.call.operation === model.operations.create);
  expect(creates.length).toBeGreaterThanOrEqual(model.types.length);
  for (const made of creates) {
    expect(writes[writes.indexOf(made) + 1]?.call.form).toEqual([[model.names.enabled, "0"]]);
    expect(made.call.form?.find(([name]) => name === model.names.name)?.[1]).toMatch(
      new RegExp(`^${marker} `),
    );
  }
});

describe("what is left behind is found again", () => {
  test("after a create whose answer was lost, in the same run", async () => {
    const before = await names();
    let lost = 0;
    const { report, exchanges } = await checkContract(
      options({
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          if (init?.method === "POST" && String(url).endsWith("/notification-handlers") && lost++ < 1) {
            throw new TypeError("fetch failed", {
              cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
            });
          }
          return response;
        },
      }),
    );
    expect(findingsOf(report).map((it) => it.check)).toContain("answers_in_full");
    const broken = exchanges.filter(({ outcome }) => outcome.kind === "failure");
    expect(broken).toHaveLength(1);
    // A create that is sent again may create a second handler.
    expect(exchanges.filter(({ call }) => call === broken[0]?.call)).toHaveLength(1);
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(await names()).toEqual(before);
  });

  test("by the marker, without any journal; a name that only looks alike stays", async () => {
    const before = await names();
    const minute = 60_000;
    const left = await create(nameOf(newRunId(Date.now() - 59 * minute), 3, hardTexts.get("unicode")));
    const old = await create(nameOf(newRunId(Date.now() - 61 * minute), 3));
    const lookalike = await create(`${marker} of mine`);
    const spared = await sweepInstance(options());
    expect(spared).toMatchObject({ deleted: [old], young: [{ id: left }], complete: true });
    const { deleted } = await sweepInstance({ ...options(), young: true });
    expect(deleted).toEqual([left]);
    expect(await names()).toEqual([...before, `${marker} of mine`]);
    expect(lookalike).toBeGreaterThan(left);
  });

  test("by the journal of a process that is gone, at the beginning of the next run; one that is alive is left alone", async () => {
    const { baseUrl, apiKey } = sandbox;
    const account = accountOf(baseUrl, apiKey);
    const before = await names();
    const [dead, alive] = [newRunId(Date.now()), newRunId(Date.now())];
    const ids = [await create(nameOf(dead, 1)), await create(nameOf(alive, 1))] as const;
    const start = (run: string, number: number) =>
      Journal.start(folder, { run, instance, baseUrl, account, process: number });
    // No process has this number: it is above the largest that Linux and macOS give.
    start(dead, 2 ** 30).own(ids[0], nameOf(dead, 1));
    const living = start(alive, process.pid);
    living.own(ids[1], nameOf(alive, 1));
    const { report } = await checkContract(options());
    expect(report.swept).toEqual([ids[0]]);
    expect(await names()).toEqual([...before, nameOf(alive, 1)]);
    expect(await readdir(folder)).toEqual([`${alive}.jsonl`]);
    living.gone(ids[1]);
    living.close();
  });

  test.each([
    ["an HTML page", "<html></html>", "text/html"],
    ["JSON that is cut off", '{"data":[', "application/json"],
  ])("a sweep that meets %s for a list does not say that nothing is left", async (_, body, type) => {
    const fetch = async () => new Response(body, { headers: { "content-type": type } });
    expect(await sweepInstance(options({ fetch }))).toMatchObject({ deleted: [], complete: false });
  });

  test("more than a run may delete is told, and the next run goes on with it", async () => {
    const before = await names();
    const dead = newRunId(Date.now());
    const account = accountOf(sandbox.baseUrl, sandbox.apiKey);
    const journal = Journal.start(folder, {
      run: dead,
      instance,
      baseUrl: sandbox.baseUrl,
      account,
      process: 2 ** 30,
    });
    for (let number = 1; number <= 40; number++)
      journal.own(await create(nameOf(dead, number)), nameOf(dead, number));
    const { report } = await checkContract(options());
    expect(report.requests).toBeLessThanOrEqual(bound);
    expect(report.swept.length + report.leftovers.handlers.length).toBe(40);
    expect(report.reason).toMatch(/kept for the clean-up/);
    expect((await names()).filter((it) => !it.includes(dead))).toEqual(before);
    const { deleted } = await sweepInstance(options());
    expect(deleted.length + report.swept.length).toBe(40);
    expect(await names()).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });

  test("a sweep that can't read the list says so", async () => {
    await expect(sweepInstance(options({ keys: { valid: "wrong" } }))).rejects.toThrow(RunStopped);
  });
});

test.each(["list-id-as-text", "delete-fails", "create-stored-twice"])(
  "a run against a sandbox with %s keeps its bound, and tries to delete all",
  async (fault) => {
    for (const name of isWhole ? instanceNames : [instance]) {
      const { report, exchanges } = await checkSandbox({ instance: name, fault });
      const each = modelOf(loadDescription(name));
      expect(report.requests).toBe(exchanges.length);
      expect(report.requests).toBeLessThanOrEqual(boundOf(each.description, true));
      const deletes = exchanges.filter((it) => it.method === "DELETE").map((it) => it.call.id);
      const created = exchanges
        .filter((it) => it.call.operation === each.operations.create && it.outcome.kind === "answer")
        .flatMap(({ outcome }) => (outcome.kind === "answer" ? [outcome.json] : []))
        .flatMap((json) => (json as { data?: { id: number } }).data?.id ?? []);
      for (const id of created) expect(deletes).toContain(id);
      if (fault !== "delete-fails") expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    }
  },
);

test.each([
  ["a create", "POST", /\/notification-handlers$/],
  ["an update", "POST", /\/\d+$/],
  ["a delete", "DELETE", /\/\d+$/],
])("a run that is stopped while %s is on its way waits for it, and cleans up", async (_, method, path) => {
  const before = await names();
  const controller = new AbortController();
  let sent = 0;
  const { report } = await checkContract(
    options({
      signal: controller.signal,
      fetch: async (url, init) => {
        if (init?.method === method && path.test(String(url)) && ++sent === 2) {
          controller.abort();
          init.signal?.throwIfAborted();
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return fetch(url, init);
      },
    }),
  );
  expect(sent).toBeGreaterThan(1);
  expect(report).toMatchObject({ verdict: "not set up", leftovers: { handlers: [], unknown: [] } });
  expect(await names()).toEqual(before);
});

test.each(isWhole ? [30, 47, 62, 71, 79] : [47, 71])(
  "answers that are lost from request %i on, and 429 now and then, which count once, do not break the limit",
  async (moment) => {
    const before = await names();
    let count = 0;
    let sent = 0;
    const { report } = await checkContract(
      options({
        clock: { now: () => Date.now(), sleep: async () => {} },
        fetch: async (url, init) => {
          if (sent++ % 3 === 0) return new Response(null, { status: 429 });
          count++;
          const response = await fetch(url, init);
          const isCreate = init?.method === "POST" && String(url).endsWith("/notification-handlers");
          return isCreate && count > moment ? new Response("<html>") : response;
        },
      }),
    );
    expect(report.requests).toBe(sent);
    expect(count).toBeLessThanOrEqual(bound);
    expect(await names()).toEqual(before);
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
  },
);

test("a handler of another run that goes, or changes, while this one is at work is no deviation", async () => {
  const ids = [await create(nameOf(newRunId(Date.now()), 1)), await create(nameOf(newRunId(Date.now()), 2))];
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const urls = ids.map((id) => `${sandbox.baseUrl}/notification-handlers/${id}`);
  let count = 0;
  const { report } = await checkContract(
    options({
      fetch: async (url, init) => {
        if (++count === 40) {
          const form = new FormData();
          form.append("is_enabled", "0");
          await fetch(urls[0] ?? "", { method: "POST", headers, body: form });
          await fetch(urls[1] ?? "", { method: "DELETE", headers });
        }
        return fetch(url, init);
      },
    }),
  );
  const found = findingsOf(report).map((it) => it.check);
  await fetch(urls[0] ?? "", { method: "DELETE", headers });
  expect(count).toBeGreaterThan(40);
  expect(found).not.toContain("others_left_alone");
});

describe("limits of an account are no deviations", () => {
  test.each([401, 403])("a create that is answered with %s can't be told about", async (status) => {
    const { report } = await checkContract(
      options({
        fetch: async (url, init) => {
          const isCreate = init?.method === "POST" && String(url).endsWith("/notification-handlers");
          const hasKey = new Headers(init?.headers).has("authorization");
          const errors = { errors: [{ title: "Your plan has no room for another one.", status }] };
          return isCreate && hasKey ? Response.json(errors, { status }) : fetch(url, init);
        },
      }),
    );
    expect(findingsOf(report).filter((it) => it.level === "failure" || it.level === "warning")).toEqual([]);
    expect(findingsOf(report).map((it) => it.level)).toContain("unprovable");
    expect(report.hollow).toContainEqual(expect.stringMatching(/No handler could be created/));
  });

  test.each([
    ["12", 12_000],
    ["Thu, 01 Jan 2026 00:00:09 GMT", 9_000],
    ["Wed, 31 Dec 2025 23:59:59 GMT", 0],
    ["61", undefined],
    // Not in the form of RFC 9110, section 10.2.3, although Date.parse reads a date in them.
    ["1.5", 5_000],
    ["-3", 5_000],
    ["in 7", 5_000],
    [undefined, 5_000],
  ])("Retry-After %s is a wait of %s ms", (header, wait) => {
    expect(waitAfter(header, Date.UTC(2026, 0, 1))).toBe(wait);
  });

  test("a time limit may have a fraction of a millisecond, as 64.01 seconds have", async () => {
    const { report } = await checkContract(options({ write: false, timeout: 64.01 * 1_000 }));
    expect(report.verdict).toBe("honoured");
  });

  test("a 429 is waited out, as long as it asks for", async () => {
    const waits: number[] = [];
    let answered = 0;
    const { report } = await checkContract(
      options({
        write: false,
        clock: { now: () => Date.now(), sleep: async (milliseconds) => void waits.push(milliseconds) },
        fetch: async (url, init) =>
          answered++ % 7 === 3
            ? new Response(null, { status: 429, headers: { "retry-after": "12" } })
            : fetch(url, init),
      }),
    );
    expect(new Set(waits)).toEqual(new Set([12_000]));
    expect(findingsOf(report)).toEqual([]);
    expect(report.verdict).toBe("honoured");
  });
});

test("what the contract does not know is noted, and nothing fails", async () => {
  const { report } = await checkContract(
    options({
      write: false,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const text = (await response.text())
          .replaceAll('"name":', '"colour":"red","name":')
          .replaceAll('"type":"slack"', '"type":"pager"');
        return new Response(text, {
          status: response.status,
          headers: { "content-type": "application/json", "x-ratelimit-limit": "60" },
        });
      },
    }),
  );
  const notes = findingsOf(report);
  expect(new Set(notes.map((it) => `${it.level} ${it.check}`))).toEqual(new Set(["note undocumented_data"]));
  expect(notes.map((it) => it.got)).toEqual(expect.arrayContaining(["pager", "x-ratelimit-limit: 60"]));
  expect(report.verdict).toBe("honoured");
});

/** Answers whose settings were rewritten on their way. */
function withSettings(edit: (text: string) => string): Partial<CheckOptions> {
  return {
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const text = edit(await response.text());
      return new Response(text === "" ? null : text, { status: response.status, headers: response.headers });
    },
  };
}

test("an empty list for empty settings is as good as an empty map", async () => {
  const { report } = await checkContract(
    options(withSettings((text) => text.replaceAll('"settings":{}', '"settings":[]'))),
  );
  expect(findingsOf(report)).toEqual([]);
  expect(report.results.filter((it) => it.status === "unprovable")).toEqual([]);
});

test("any other list for settings is none", async () => {
  const { report } = await checkContract(
    options(withSettings((text) => text.replaceAll('"settings":{}', '"settings":["email"]'))),
  );
  expect(findingsOf(report).map((it) => it.check)).toContain("response_schema_conformance");
});

test("an account without handlers makes a run that says so", async () => {
  await fetch(sandbox.baseUrl.replace(/api$/, "_reset"), {
    method: "DELETE",
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  });
  const { report } = await checkContract(options({ write: false }));
  expect(report.hollow).toEqual(["The account has no handlers, so no handler was checked."]);
});

test("a ledger tells the same thing once, with how often it was seen", () => {
  const ledger = new Ledger();
  const expected = { file: "", pointer: "#", evidence: "documented" as const };
  const finding = {
    level: "failure" as const,
    check: "page_size" as const,
    operation: "o",
    message: "id 1",
    expected,
    got: "",
    times: 1,
  };
  ledger.add(finding);
  ledger.add({ ...finding, message: "id 22" });
  ledger.add({ ...finding, level: "note" });
  expect(ledger.findings("o page_size").map((it) => it.times)).toEqual([2, 1]);
});

test("what stands for many findings, or for one cause at many places, is as severe as the gravest of them", () => {
  const expected = { file: "", pointer: "#", evidence: "documented" as const };
  const levels = ["warning", "note", "note", "unprovable"] as const;
  const findings = Array.from({ length: 60 }, (_, index) => ({
    level: levels[index % levels.length] ?? "note",
    check: "page_size" as const,
    operation: "o",
    message: "x".repeat(index + 1),
    expected,
    got: "",
    times: 1,
  }));
  const ledger = new Ledger();
  for (const it of findings) ledger.add(it);
  expect(ledger.findings("o page_size").at(-1)).toMatchObject({ level: "warning", times: 10 });

  const caused = findings.slice(1, 5).map((it, index) => ({ ...it, operation: `o${index}`, cause: "c" }));
  const results = caused.map((it) => ({ findings: [it] }));
  expect(findingsOf({ results } as unknown as Report)).toMatchObject([
    { level: "warning", operation: "o3", places: ["o1", "o0", "o2"], times: 4 },
  ]);
});
