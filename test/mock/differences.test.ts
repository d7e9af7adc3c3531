import { expect, test } from "vitest";
import {
  createDescription,
  type Description,
  loadDescription,
  rolesOf,
  validateResponse,
} from "../../src/description/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import { mockPath, mountMocks } from "../../src/mock/index.ts";
import { derivations, type Entry } from "../derived.ts";
import { type Answer, ask, form, key, titlesOf } from "./harness.ts";

const derived = derivations();

interface Call {
  readonly path: string;
  readonly fields?: Record<string, string>;
  readonly method?: string;
  readonly prefer?: string;
  readonly status: number;
  /** What the first sentence of a refusal says. */
  readonly says?: RegExp;
}

const list = "/notification-handlers/";
const plainList = "/notification-handlers";
const one = "/notification-handlers/1";

/** Calls of a mock by what redocly.yaml says of its instance; every answer that the contract has for one honours it. */
const cases: readonly { what: string; entry: Entry; calls: readonly Call[] }[] = [
  {
    what: "types of one's own, with fields and without",
    entry: { custom_types: { owl: ["owl_topic"], pager: [] } },
    calls: [
      { path: plainList, fields: { name: "n", type: "owl", owl_topic: "t" }, status: 200 },
      {
        path: plainList,
        fields: { name: "n", type: "pager", owl_topic: "t" },
        status: 400,
        says: /owl_topic/,
      },
      { path: one, prefer: "example=pager", status: 200 },
      { path: one, prefer: "dynamic=true", status: 200 },
    ],
  },
  {
    what: "types unknown",
    entry: { types: "unknown" },
    calls: [
      { path: plainList, fields: { name: "w", type: "whatsapp", whatsapp: "+1" }, status: 200 },
      { path: one, fields: { type: "whatsapp", whatsapp: "+1" }, status: 200 },
      { path: one, fields: { whatsapp: "+1" }, status: 200 },
      { path: plainList, fields: { name: "w" }, status: 400, says: /^type is required/ },
      ...["a", "b", "c", "d", "e"].flatMap((seed) => [
        { path: list, prefer: `dynamic=true, seed=${seed}`, status: 200 },
        { path: one, prefer: `dynamic=true, seed=${seed}`, status: 200 },
      ]),
    ],
  },
  {
    what: "fields more, less, and inert",
    entry: {
      types: ["email", "telegram", "microsoft_teams"],
      without_fields: { microsoft_teams: ["microsoft_teams"] },
      extra_fields: { telegram: ["telegram_thread_id"] },
      inert_fields: { x: ["x_consumer_key"] },
    },
    calls: [
      { path: plainList, fields: { name: "t", type: "telegram", telegram_thread_id: "5" }, status: 200 },
      { path: one, fields: { microsoft_teams: "https://x.example" }, status: 400, says: /microsoft_teams/ },
      { path: one, fields: { x_consumer_key: "k" }, status: 400, says: /x_consumer_key/ },
    ],
  },
  {
    what: "one filter alone, one of its own, and another form of datetimes",
    entry: {
      filters: ["datetime_start"],
      filter_datetimes: "Y-m-d H:i:s",
      custom_filters: { bot: "telegram", only: "id" },
    },
    calls: [
      { path: `${list}?datetime_start=2026-05-01+00:00:00&bot=x&only=3`, status: 200 },
      { path: `${list}?datetime_start=01-05-2026+00:00:00`, status: 400, says: /^datetime_start/ },
      { path: `${list}?only=x`, status: 400, says: /^only/ },
      { path: `${list}?order_type=nonsense`, status: 200 },
    ],
  },
  {
    what: "its own pages and links, below a longer path",
    entry: {
      page_sizes: [3, 5],
      default_page_size: 5,
      links: "leading-ampersand",
      base_url: "https://derived.example/push/api",
    },
    calls: [
      { path: `${list}?results_per_page=3`, status: 200 },
      { path: `${list}?results_per_page=10`, status: 400, says: /results_per_page .*3, 5/ },
      { path: list, prefer: "dynamic=true", status: 200 },
    ],
  },
  {
    what: "a list without the slash, and no update",
    entry: { trailing_slash: false, without_operations: ["updateNotificationHandler"] },
    calls: [
      { path: plainList, status: 200 },
      { path: list, status: 404, says: /nothing at/ },
      { path: one, fields: { name: "x" }, status: 405, says: /POST is not possible/ },
    ],
  },
  {
    what: "statuses that no page names",
    entry: {},
    calls: [
      { path: one, prefer: "code=418", status: 418 },
      { path: one, prefer: "code=503", status: 503 },
      { path: one, prefer: "code=302", status: 400, says: /any other error/ },
    ],
  },
];

for (const { what, entry, calls } of cases) {
  const bundle = derived(entry);
  test(what, async () => {
    const { document, ...surroundings } = bundle();
    const description = createDescription(document, surroundings);
    const app = createApp();
    await mountMocks(app, { descriptions: [description] });
    const baseUrl = (await listen(app, "127.0.0.1", 0)) + mockPath(description.name);
    try {
      for (const call of calls) await check(description, baseUrl, call);
    } finally {
      await app.close();
    }
  });
}

test("a mock that is requested while another is prepared in its place is soon the other", async () => {
  const { document, name, about, roleNames } = loadDescription("bitpeak.ru");
  const changed = JSON.stringify(document).replaceAll("Work email", "Changed name");
  const other = createDescription(JSON.parse(changed), { name, about, roles: roleNames });
  const app = createApp();
  const mocks = await mountMocks(app, { instances: [name] });
  const url = `${await listen(app, "127.0.0.1", 0)}${mockPath(name)}${one}`;
  try {
    const serve = await mocks.prepare(other);
    expect((await ask(url, { headers: key })).text).toContain("Work email");
    serve();
    expect((await ask(url, { headers: key })).text).toContain("Changed name");
  } finally {
    await app.close();
  }
});

async function check(description: Description, baseUrl: string, call: Call): Promise<void> {
  const { path, fields, prefer, status, says, method = fields === undefined ? "GET" : "POST" } = call;
  const answer = await ask(baseUrl + path, {
    method,
    headers: { ...key, ...(prefer !== undefined && { prefer }) },
    ...(fields !== undefined && { body: form(fields) }),
  });
  expect(answer.status, `${method} ${path} ${prefer}: ${answer.text}`).toBe(status);
  if (status >= 400) {
    const [title] = titlesOf(answer);
    if (says !== undefined) expect(title).toMatch(says);
  }
  expectHonoured(description, method, path.replace(/\?.*/, ""), answer);
  const { links } = (answer.body ?? {}) as { links?: Record<string, string | null> };
  for (const link of Object.values(links ?? {})) {
    if (link === null) continue;
    expect(
      link.startsWith(`${baseUrl}/notification-handlers${rolesOf(description).pageQuery.slice(0, -5)}`),
    ).toBe(true);
    expect((await ask(link, { headers: key })).status).toBe(200);
  }
}

function expectHonoured(description: Description, method: string, path: string, answer: Answer): void {
  const match = description.matchOperation(method, path);
  if (match.kind !== "operation") return;
  const contentType = answer.headers.get("content-type") ?? undefined;
  expect(validateResponse(match.operation, answer.status, contentType, answer.body)).toEqual([]);
}
