import type { FastifyInstance } from "fastify";
import { checkContract, type Member } from "../contract/index.ts";
import { whyReadsOnly } from "../contract/instance/index.ts";
import { chosenChecks, mostRequests } from "../contract/plan/index.ts";
import { rawData } from "../contract/run/index.ts";
import type { Credential, Exchange } from "../contract/wire/index.ts";
import { loadDescription, type Model, modelOf, type Operation, objectOf } from "../description/index.ts";
import { basePath, createSandbox, createSandboxApp } from "../sandbox/index.ts";
import { impatient, seededHandlers } from "./sandboxes.ts";

/** What a request does to the account if it is answered as the contract says. */
export type Effect = "reads" | "creates" | "changes" | "deletes" | "must be refused";

/** A request that a run would send. */
export interface PlannedRequest {
  readonly method: string;
  /** Below the base URL. An id in angle brackets is only known in a real run: of which handler it is. */
  readonly path: string;
  readonly effect: Effect;
  readonly purpose: string;
  /** Whose key it carries: `valid`, the account's; `other`, the second account's; `none`, `wrong` and `scheme` must be refused. */
  readonly key: Credential;
  /** The fields of the form, with made-up values; undefined without a form. */
  readonly form?: readonly (readonly [name: string, value: string])[];
}

/** What a run would send to an instance. */
export interface Plan {
  readonly name: string;
  readonly instance: string;
  readonly baseUrl: string;
  readonly write: boolean;
  /** Why it only reads, although it was asked to write. */
  readonly readsOnly?: string;
  /** In the order in which they are sent. */
  readonly requests: readonly PlannedRequest[];
  /** The most requests that a run sends on any account, repeats apart. */
  readonly most: number;
  /** How long the pace makes the run take at least, in seconds. */
  readonly seconds: number;
}

/** The keys of the sandbox that stands for the instance: its two accounts. */
const [valid, other] = ["dry-run-first-account", "dry-run-other-account"];

/**
 * What a run would send to a member, in order. What the checks ask next depends on the answers, so they run against a sandbox of the
 * contract within this process: nothing is sent, and no key is needed. On another account the ids, names and number of pages differ.
 * Throws what checkContract throws, and SandboxModelError.
 *
 * @param only names of checks; all without
 */
export async function dryRun(member: Member, only?: readonly string[]): Promise<Plan> {
  const { name, instance, baseUrl, interval, keys } = member;
  const description = loadDescription(instance);
  const model = modelOf(description);
  const sandbox = await createSandbox({
    descriptions: [description],
    apiKeys: [valid, other],
    seed: seededHandlers,
  });
  const app = await createSandboxApp(sandbox, { hosts: [] });
  try {
    const { report, exchanges } = await checkContract({
      instance,
      baseUrl: within + basePath(instance),
      write: member.write,
      only,
      keys: "valid" in keys && keys.other !== undefined ? { valid, other } : { valid },
      clock: impatient,
      fetch: fetchWithin(app),
    });
    const readsOnly = member.write ? whyReadsOnly(model) : undefined;
    return {
      name,
      instance,
      baseUrl,
      write: report.write,
      ...(readsOnly !== undefined && { readsOnly }),
      requests: plannedOf(exchanges, model, report.baseUrl),
      most: mostRequests(model, chosenChecks(only), report.write),
      seconds: Math.floor((Math.max(exchanges.length - 1, 0) * interval) / 1_000),
    };
  } finally {
    await app.close();
  }
}

/** The origin of the sandbox, which listens nowhere. */
const within = "http://127.0.0.1";

/** A `fetch` that hands each request to an app in this process. */
function fetchWithin(app: FastifyInstance): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search, host } = new URL(request.url);
    const { statusCode, headers, rawPayload } = await app.inject({
      method: request.method as "GET",
      url: pathname + search,
      headers: { ...Object.fromEntries(request.headers), host },
      payload: Buffer.from(await request.arrayBuffer()),
    });
    const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(rawPayload.length === 0 ? null : new Uint8Array(rawPayload), {
      status: statusCode,
      headers: sent,
    });
  };
}

function plannedOf(exchanges: readonly Exchange[], model: Model, baseUrl: string): PlannedRequest[] {
  const { create, update, delete: remove } = model.operations;
  const effects = new Map<Operation | undefined, Effect>([
    [create, "creates"],
    [update, "changes"],
    [remove, "deletes"],
  ]);
  /** The numbers of the requests that created the handlers, by their ids. */
  const creates = new Map<unknown, number>();
  return exchanges.map((exchange, index) => {
    const { call, method, url, outcome } = exchange;
    const { operation, purpose, credential = "valid", form, id } = call;
    const isDone = outcome.kind === "answer" && outcome.status < 300;
    if (isDone && operation === create) creates.set(objectOf(rawData(exchange))?.[model.names.id], index + 1);
    const from = creates.get(id);
    const path = url.slice(baseUrl.length);
    return {
      method,
      path: from === undefined ? path : path.replace(`/${id}`, `/<id of ${from}>`),
      effect: isDone ? (effects.get(operation) ?? "reads") : "must be refused",
      purpose,
      key: credential,
      ...(form !== undefined && { form }),
    };
  });
}
