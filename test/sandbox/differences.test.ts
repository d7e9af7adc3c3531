import { describe, expect, test } from "vitest";
import type { parse } from "yaml";
import {
  createDescription,
  type Description,
  familyName,
  instanceEntry,
  type OperationKind,
  rolesOf,
  validateResponse,
} from "../../src/description/index.ts";
import {
  createSandbox,
  SandboxModelError,
  type StartOptions,
  startSandbox,
} from "../../src/sandbox/index.ts";
import { type DerivedBundle, derivations, type Entry } from "../derived.ts";
import { plain } from "../instances.ts";
import { describedHarness, type Form, type Harness, titles } from "./harness.ts";

const derived = derivations();

/** A test of the sandbox of an instance that redocly.yaml could have. */
function served(
  entry: Entry,
  run: (sandbox: Harness, description: Description) => Promise<void>,
  options: Partial<StartOptions> = {},
): () => Promise<void> {
  const bundle = derived(entry);
  return async () => {
    const description = described(bundle());
    const sandbox = await describedHarness(description, options);
    try {
      await run(sandbox, description);
    } finally {
      await sandbox.close();
    }
  };
}

function described({ document, ...surroundings }: DerivedBundle): Description {
  return createDescription(document, surroundings);
}

/** Expects an answer that the description has for the operation of a kind. */
function expectHonoured(
  description: Description,
  kind: OperationKind,
  answer: { status: number; headers: Headers; body: unknown },
) {
  const [operation] = rolesOf(description).operations(kind);
  if (operation === undefined) throw new Error(`no ${kind}`);
  const contentType = answer.headers.get("content-type") ?? undefined;
  expect(validateResponse(operation, answer.status, contentType, answer.body)).toEqual([]);
}

const clock = (minute: number) => Date.UTC(2026, 11, 31, 23, 50 + minute, 0);

/** Three handlers, created in the minutes 0, 1 and 2; the first was changed in minute 5, which disabled it. */
async function filled(sandbox: Harness, setMinute: (minute: number) => void): Promise<void> {
  const forms: Form[] = [
    { name: "beta", type: "email" },
    { name: "Alpha", type: "telegram", telegram: "bot 1" },
    { name: "gamma", type: "telegram", telegram: "bot 2", telegram_chat_id: "7" },
  ];
  for (const [minute, form] of forms.entries()) {
    setMinute(minute);
    await sandbox.create(form);
  }
  setMinute(5);
  await sandbox.update(1, { is_enabled: "0" });
}

interface Case {
  readonly what: string;
  readonly entry: Entry;
  /** Ids by query. A query that is refused gives a status. */
  readonly finds: Readonly<Record<string, readonly number[] | number>>;
}

const newYear = "datetime_start=2026-12-31 23:51:00";

describe("each list filter alone, and what nobody has yet", () => {
  const cases: Case[] = [
    { what: "no filter", entry: {}, finds: { "search=alp": [1, 2, 3], "order_type=DESC": [1, 2, 3] } },
    {
      what: "search without search_by",
      entry: { filters: ["search"] },
      finds: { "search=ALP": [2], "search=": [1, 2, 3], "search=alp&search_by=id": [2] },
    },
    {
      what: "search_by alone has no effect",
      entry: { filters: ["search_by"] },
      finds: { "search_by=name": [1, 2, 3], "search_by=id": 400 },
    },
    {
      what: "is_enabled alone",
      entry: { filters: ["is_enabled"] },
      finds: { "is_enabled=0": [1], "is_enabled=1": [2, 3] },
    },
    { what: "type alone", entry: { filters: ["type"] }, finds: { "type=email": [1], "type=slack": 400 } },
    {
      what: "order_by without order_type ascends",
      entry: { filters: ["order_by"] },
      finds: {
        "order_by=name": [2, 1, 3],
        "order_by=notification_handler_id": [1, 2, 3],
        "order_by=last_datetime": [2, 3, 1],
        "order_by=name&order_type=DESC": [2, 1, 3],
      },
    },
    {
      what: "order_type alone orders the ids",
      entry: { filters: ["order_type"] },
      finds: { "order_type=DESC": [3, 2, 1], "order_type=ASC": [1, 2, 3] },
    },
    {
      what: "datetime_field alone has no effect",
      entry: { filters: ["datetime_field"] },
      finds: { "datetime_field=last_datetime": [1, 2, 3], "datetime_field=id": 400 },
    },
    {
      what: "datetime_start alone is of the creation",
      entry: { filters: ["datetime_start"], filter_datetimes: "Y-m-d H:i:s" },
      finds: { [newYear]: [2, 3], "datetime_start=31-12-2026 23:51:00": 400 },
    },
    {
      what: "datetime_end alone is of the creation",
      entry: { filters: ["datetime_end"] },
      finds: { "datetime_end=31-12-2026 23:51:00": [1, 2], "datetime_end=31-11-2026 23:51:00": 400 },
    },
    {
      what: "a range of days holds the whole of its last one",
      entry: { filters: ["datetime_start", "datetime_end"], filter_datetimes: "Y-m-d" },
      finds: {
        "datetime_end=2026-12-31": [1, 2, 3],
        "datetime_end=2026-12-30": [],
        "datetime_start=2026-12-31&datetime_end=2026-12-31": [1, 2, 3],
        "datetime_start=2027-01-01": [],
        "datetime_start=2026-12-31 23:51:00": 400,
        "datetime_start=2026-02-30": 400,
      },
    },
    {
      what: "a range of minutes holds the whole of its last one",
      entry: { filters: ["datetime_start", "datetime_end"], filter_datetimes: "Y-m-d H:i" },
      finds: { "datetime_start=2026-12-31 23:51&datetime_end=2026-12-31 23:51": [2] },
    },
    {
      what: "a range of the first datetime, where none is named",
      entry: { filters: ["datetime_field", "datetime_start", "datetime_end"] },
      finds: {
        "datetime_start=31-12-2026 23:51:00&datetime_end=31-12-2026 23:51:59": [2],
        "datetime_field=last_datetime&datetime_start=31-12-2026 23:51:00": [1],
      },
    },
    {
      what: "the generation with six filters",
      entry: { filters: ["search", "search_by", "is_enabled", "type", "order_by", "order_type"] },
      finds: {
        "search=a&search_by=name&is_enabled=1&type=telegram&order_by=name&order_type=DESC": [3, 2],
      },
    },
    {
      what: "custom filters: a field, the name, the id, and together with others",
      entry: {
        filters: ["is_enabled", "order_type"],
        custom_filters: { bot: "telegram", called: "name", only: "id" },
      },
      finds: {
        "bot=bot 1": [2],
        "bot=bot": [],
        "bot=' OR 1=1 --": [],
        "called=beta": [1],
        "called=BETA": [],
        "only=3": [3],
        "only=x": 400,
        "only=2&bot=bot 1": [2],
        "only=1&is_enabled=1": [],
        "is_enabled=1&order_type=DESC": [3, 2],
      },
    },
  ];
  for (const { what, entry, finds } of cases) {
    let minute = 0;
    const now = () => clock(minute);
    const check = async (sandbox: Harness, description: Description) => {
      await filled(sandbox, (it) => {
        minute = it;
      });
      for (const [query, expected] of Object.entries(finds)) {
        const answer = await sandbox.list(`?${new URLSearchParams(query)}`);
        if (typeof expected === "number") {
          expect(answer.status, query).toBe(expected);
          expect(titles(answer).join()).toContain(query.split("=", 1)[0]);
          continue;
        }
        expectHonoured(description, "list", answer);
        expect(
          answer.data.map((it) => it.id),
          query,
        ).toEqual(expected);
        expect(answer.meta.total).toBe(expected.length);
        expect((await sandbox.list(answer.links.self)).data).toEqual(answer.data);
      }
    };
    test(what, served(entry, check, { now }));
  }

  test(
    "a custom filter is counted over all pages",
    served(
      { page_sizes: [2], default_page_size: 2, custom_filters: { bot: "telegram" } },
      async (sandbox) => {
        for (let index = 0; index < 9; index += 1)
          await sandbox.create({
            name: `n${index}`,
            type: "telegram",
            telegram: index % 3 === 0 ? "b" : "a",
          });
        const ids: number[] = [];
        for (let next: string | null = "?bot=a"; next !== null; ) {
          const page = await sandbox.list(next);
          expect(page.meta).toMatchObject({ total: 6, total_pages: 3 });
          ids.push(...page.data.map((it) => it.id));
          next = page.links.next;
        }
        expect(ids).toEqual([2, 3, 5, 6, 8, 9]);
      },
    ),
  );
});

describe("a list that can't be served is refused, and named", () => {
  const filters = ["search", "search_by", "datetime_field", "order_by"];
  const bundle = derived({ filters, custom_filters: { only: "id" } });

  test.each<
    [string, (document: ReturnType<typeof parse>, about: { filters: Record<string, string> }) => void, RegExp]
  >([
    [
      "a parameter that is for nothing",
      ({ paths }) => {
        for (const { get } of Object.values<{ get?: { operationId: string; parameters: unknown[] } }>(
          paths,
        )) {
          if (get?.operationId.startsWith("list"))
            get.parameters.push({ name: "colour", in: "query", schema: { type: "string" } });
        }
      },
      /can't serve \S+: nothing says what its list parameter colour is for\./,
    ],
    [
      "a filter of what handlers don't have",
      (_document, about) => {
        about.filters.only = "colour";
      },
      /its list parameter only compares colour, which is no field/,
    ],
    [
      "an order that nobody knows",
      ({ components }) => components.parameters.OrderBy.schema.enum.push("colour"),
      /it does not know what order_by=colour means/,
    ],
    [
      "a search of something else",
      ({ components }) => components.parameters.SearchBy.schema.enum.push("settings"),
      /search_by=settings/,
    ],
    [
      "a range of something else",
      ({ components }) => components.parameters.DatetimeField.schema.enum.push("id"),
      /datetime_field=id/,
    ],
  ])("%s", async (_what, change, message) => {
    const { document, ...surroundings } = bundle();
    const about = structuredClone(surroundings.about);
    change(document, about);
    const description = createDescription(document, { ...surroundings, about });
    const start = () => createSandbox({ descriptions: [description] });
    await expect(start()).rejects.toThrow(SandboxModelError);
    await expect(start()).rejects.toThrow(message);
  });
});

describe("types", () => {
  test(
    "of one's own, with fields and without",
    served({ custom_types: { owl: ["owl_topic"], pager: [] }, filters: ["type"] }, async (sandbox, it) => {
      const id = await sandbox.create({ name: "n", type: "owl", owl_topic: "t", telegram: "stray" });
      const pager = await sandbox.create({ name: "p", type: "pager", owl_topic: "stray" });
      expect((await sandbox.read(id)).data).toMatchObject({ type: "owl", settings: { owl_topic: "t" } });
      expect((await sandbox.read(pager)).data).toMatchObject({ type: "pager", settings: {} });
      await sandbox.update(id, { owl_topic: "u" });
      expect((await sandbox.read(id)).data.settings).toEqual({ owl_topic: "u" });
      expectHonoured(it, "read", await sandbox.read(pager));
      expect((await sandbox.list("?type=pager")).data.map((each) => each.id)).toEqual([pager]);
      expect((await sandbox.ask("POST", "/notification-handlers", { name: "x", type: "x" })).status).toBe(
        400,
      );
    }),
  );

  test(
    "with a field more or less; inert ones are ignored as unknown ones are",
    served(
      {
        types: ["email", "telegram", "microsoft_teams"],
        without_fields: { microsoft_teams: ["microsoft_teams"] },
        extra_fields: { telegram: ["telegram_thread_id"] },
        inert_fields: { x: ["x_consumer_key"] },
      },
      async (sandbox) => {
        const fields = { telegram_thread_id: "5", microsoft_teams: "https://x.example", x_consumer_key: "k" };
        const telegram = await sandbox.create({ name: "t", type: "telegram", ...fields });
        const teams = await sandbox.create({ name: "m", type: "microsoft_teams", ...fields });
        expect((await sandbox.read(telegram)).data.settings).toEqual({ telegram_thread_id: "5" });
        expect((await sandbox.read(teams)).data.settings).toEqual({});
        await sandbox.update(telegram, { x_consumer_key: "k" });
        expect((await sandbox.read(telegram)).data.settings).toEqual({ telegram_thread_id: "5" });
      },
    ),
  );

  test(
    "one alone",
    served({ types: ["email"] }, async (sandbox) => {
      const id = await sandbox.create({ name: "one", type: "email", email: "a@example.com" });
      await sandbox.update(id, { email: "b@example.com" });
      expect((await sandbox.read(id)).data.settings).toEqual({ email: "b@example.com" });
    }),
  );

  test(
    "unknown ones are data, with whatever fields they have",
    served(
      { types: "unknown", filters: ["type"], custom_filters: { to: "telegram" } },
      async (sandbox, it) => {
        const form: Form = [
          ["name", "w"],
          ["type", "whatsapp"],
          ["whatsapp", "+1"],
          ["telegram", "also"],
          ["is_enabled", "0"],
          ["__proto__", "p"],
          ["toString", "s"],
        ];
        const id = await sandbox.create(form);
        const settings = JSON.parse(
          '{"whatsapp":"+1","telegram":"also","__proto__":"p","toString":"s"}',
        ) as object;
        const read = await sandbox.read(id);
        expect(read.data).toMatchObject({ type: "whatsapp", name: "w", is_enabled: true });
        expect(JSON.stringify(read.data.settings)).toBe(JSON.stringify(settings));
        expectHonoured(it, "read", read);

        await sandbox.update(id, { whatsapp: "+2", whatsapp_group: "g", is_enabled: "0" });
        const updated = await sandbox.read(id);
        expect(updated.data).toMatchObject({
          type: "whatsapp",
          is_enabled: false,
          settings: { whatsapp: "+2", whatsapp_group: "g", toString: "s" },
        });
        expectHonoured(it, "list", await sandbox.list("?type=whatsapp&to=also"));
        expect((await sandbox.list("?type=whatsapp&to=also")).meta.total).toBe(1);
        expect((await sandbox.list("?type=pigeon")).meta.total).toBe(0);

        await sandbox.update(id, { type: "pigeon", loft: "3" });
        expect((await sandbox.read(id)).data).toMatchObject({ type: "pigeon", settings: { loft: "3" } });
        await sandbox.update(id, { type: "email", email: "a@example.com", loft: "4" });
        expect((await sandbox.read(id)).data.settings).toEqual({ email: "a@example.com" });
        const missing = await sandbox.ask("POST", "/notification-handlers", { name: "x" });
        expect(missing.status).toBe(400);
      },
    ),
  );

  const seeded = derived({ types: "unknown", custom_types: { owl: ["owl_topic"] } });
  test("unknown ones: what is seeded is of the known types", async () => {
    const description = described(seeded());
    const sandbox = await describedHarness(description, { seed: description.about.types.length });
    const { data } = await sandbox.list();
    expect(data.map(({ type }) => type)).toEqual(description.about.types);
    expect(data.find(({ type }) => type === "owl")?.settings).toHaveProperty("owl_topic");
    await sandbox.close();
  });
});

describe("pages", () => {
  test(
    "have the instance's own sizes and defaults",
    served({ page_sizes: [3, 5], default_page_size: 5, default_page: 2 }, async (sandbox) => {
      for (let index = 0; index < 7; index += 1) await sandbox.create({ name: `n${index}`, type: "email" });
      const usual = await sandbox.list();
      expect(usual.meta).toEqual({ page: 2, results_per_page: 5, total: 7, total_pages: 2 });
      expect(usual.data.map((it) => it.id)).toEqual([6, 7]);
      expect((await sandbox.list("?page=1&results_per_page=3")).data).toHaveLength(3);
      const refused = await sandbox.list("?results_per_page=10");
      expect([refused.status, titles(refused).join()]).toEqual([
        400,
        expect.stringContaining("results_per_page"),
      ]);
    }),
  );

  for (const [links, query] of [
    ["plain", "?page=1"],
    ["leading-ampersand", "?&page=1"],
  ]) {
    const check = async (sandbox: Harness, description: Description) => {
      const answer = await sandbox.list();
      expect(answer.links.self).toBe(`${sandbox.baseUrl}/notification-handlers${query}`);
      expectHonoured(description, "list", answer);
    };
    const entry = { links, base_url: `https://${links}.example/push/api` };
    test(`with links in the form ${links}, of a base URL with a longer path`, served(entry, check));
  }
});

describe("operations", () => {
  test(
    "a list without the slash is the only one",
    served({ trailing_slash: false }, async (sandbox) => {
      const id = await sandbox.create({ name: "one", type: "email" });
      expect((await sandbox.list()).data.map((it) => it.id)).toEqual([id]);
      expect((await sandbox.ask("GET", "/notification-handlers/")).status).toBe(404);
      const other = await sandbox.ask("PUT", "/notification-handlers");
      expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }),
  );

  for (const [id, method, path, allow] of [
    ["createNotificationHandler", "POST", "/notification-handlers", "GET"],
    ["getNotificationHandler", "GET", "/notification-handlers/1", "POST, DELETE"],
    ["updateNotificationHandler", "POST", "/notification-handlers/1", "GET, DELETE"],
    ["deleteNotificationHandler", "DELETE", "/notification-handlers/1", "GET, POST"],
  ] as const) {
    const check = async (sandbox: Harness) => {
      const form = method === "POST" ? { name: "x", type: "email" } : undefined;
      const refused = await sandbox.ask(method, path, form);
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, allow]);
      titles(refused);
      const ordered = await sandbox.list("?order_by=notification_handler_id&order_type=DESC");
      expect(ordered.data.map((it) => it.id)).toEqual([3, 2, 1]);
    };
    const entry = { without_operations: [id], filters: ["order_by", "order_type"] };
    test(`without ${id}`, served(entry, check, { seed: 3 }));
  }

  const notListing = instanceEntry(familyName).operations.filter((id) => !id.startsWith("list"));
  test(
    "nothing but the list",
    served(
      { without_operations: notListing, filters: ["order_by"] },
      async (sandbox, { about }) => {
        expect((await sandbox.list("?order_by=notification_handler_id")).meta.total).toBe(2);
        expect((await sandbox.ask("GET", "/notification-handlers/1")).status).toBe(404);
        const fault = { authorization: `Bearer ${sandbox.apiKey}`, "Sandbox-Fault": "create-not-stored" };
        const refused = await sandbox.ask("GET", about.listPath, undefined, fault);
        expect(refused.status).toBe(400);
        expect(titles(refused).join()).not.toMatch(/create-|read-/);
      },
      { seed: 2, allowFaults: true },
    ),
  );
});

describe("described instances", () => {
  const own = derived();
  const replacing = derived({ types: ["slack"] }, plain);

  test("are served beside registered ones, and in their place", async () => {
    const [one, other] = [described(own()), described(replacing())];
    const sandbox = await createSandbox({ instances: [plain], descriptions: [one, other] });
    expect(sandbox.instances).toEqual([plain, one.name]);
    await sandbox.close();
    const started = await startSandbox({ descriptions: [other] });
    const post = (type: string) =>
      fetch(`${started.baseUrl}/notification-handlers`, {
        method: "POST",
        headers: { authorization: `Bearer ${started.apiKey}` },
        body: new URLSearchParams({ name: "x", type }),
      });
    expect((await post("slack")).status).toBe(200);
    expect((await post("email")).status).toBe(400);
    await started.close();
  });
});
