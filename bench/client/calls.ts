import axios from "axios";
import ky from "ky";
import createFetchClient from "openapi-fetch";
import type { paths } from "../../generated/k.aws.bj/schema.js";
import { createClient } from "../../src/client/index.ts";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";

const BAR = 1.25;
const peer = "bare openapi-fetch";
const ROUNDS = 200;
const CALLS = 100;

const baseUrl = "https://host.example/api";
const handlers = `${baseUrl}/notification-handlers`;
const json = { headers: { "content-type": "application/json" } };
const handler = JSON.stringify({
  data: {
    id: 7,
    type: "telegram",
    name: "Ops",
    settings: { telegram: "1000:TOKEN", telegram_chat_id: "42" },
    is_enabled: true,
    last_datetime: null,
    datetime: "2026-05-13 15:01:12",
  },
});
const reference = '{"data":{"id":7}}';

/** No network: the time is that of building a request and reading an answer. */
const fetch = async (input: RequestInfo | URL) =>
  new Response((input as Request).method === "POST" ? reference : handler, json);
const fetchForAxios = async (input: RequestInfo | URL, init?: RequestInit) =>
  new Response(((input as Request).method ?? init?.method) === "POST" ? reference : handler, json);

const form = { type: "telegram", name: "Ops", telegram: "1000:TOKEN", telegram_chat_id: "42" } as const;
const formData = (body: unknown) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(body as object)) data.append(name, String(value));
  return data;
};
const headers = { Authorization: "Bearer key" };

const client = createClient({ instance: "k.aws.bj", baseUrl, apiKey: "key", fetch });
const bare = createFetchClient<paths>({ baseUrl, headers, fetch, bodySerializer: formData });
const kyClient = ky.create({ fetch, headers, retry: 0 });
const axiosClient = axios.create({ adapter: "fetch", headers, env: { fetch: fetchForAxios } } as object);

type Contenders = Record<string, () => Promise<unknown>>;
const params = { path: { notification_handler_id: 7 } };
const get: Contenders = {
  client: () => client.get(7),
  "bare openapi-fetch": () => bare.GET("/notification-handlers/{notification_handler_id}", { params }),
  ky: () => kyClient(`${handlers}/7`).json(),
  axios: () => axiosClient.get(`${handlers}/7`),
};
const post: Contenders = {
  client: () => client.create(form),
  "bare openapi-fetch": () => bare.POST("/notification-handlers", { body: form }),
  ky: () => kyClient.post(handlers, { body: formData(form) }).json(),
  axios: () => axiosClient.post(handlers, formData(form)),
};

/**
 * The contenders take turns, and processor time is measured, so that other work on the machine affects none of them alone.
 *
 * @returns µs per call of each round
 */
async function race(contenders: Contenders): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -5; round < ROUNDS; round++) {
    for (const [name, call] of Object.entries(contenders)) {
      const start = process.cpuUsage();
      for (let n = 0; n < CALLS; n++) await call();
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times.get(name)?.push((user + system) / CALLS);
    }
  }
  return times;
}

export async function benchCalls(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [title, contenders] of [
    ["GET", get],
    ["multipart POST", post],
  ] as const) {
    const times = await race(contenders);
    const others = times.get(peer) ?? [];
    console.log(`\n${`${title} on a stubbed fetch`.padEnd(40)} µs per call     ratio`);
    for (const [name, own] of times) {
      const ratio = ratioOf(`a ${title}`, peer, { own, others }, name === "client" ? { most: BAR } : {});
      const time = quantile(own, 0.5);
      console.log(
        `  ${name.padEnd(38)} ${time.toFixed(1).padStart(9)} ${ratio.value.toFixed(2).padStart(9)}`,
      );
      if (name === "client") figures.push(ratio);
    }
  }
  return figures;
}
