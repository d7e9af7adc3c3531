/**
 * An instance that shares no line with `src/`: written from the facts that the pages state, with the habits of a PHP application, for one
 * account and in memory. Its switches are what healthy and merely unavailable instances do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { facts, type InstanceFacts } from "../../generate/facts.ts";

export interface Habits {
  /** How many handlers exist at the start. */
  readonly handlers?: number;
  /** The id of the first one. */
  readonly firstId?: number;
  /** An optional parameter that is invalid falls back to its default, and a flag or type in an update is passed over. */
  readonly lenient?: boolean;
  readonly deleteStatus?: 200 | 204;
  readonly createStatus?: 200 | 201;
  /** The list shows a handler so many milliseconds, by the clock that is given, or so many requests after its create. */
  readonly lag?: { readonly milliseconds?: number; readonly requests?: number };
  /** The same for every write: the list is what the account was so many milliseconds before. */
  readonly listAge?: number;
  readonly now?: () => number;
  /** Whether the connection of this request ends without an answer; numbers begin with 1. */
  readonly drops?: (request: number) => boolean;
  /** Which reading requests are answered with a fault that is gone the next time, numbers of reading requests begin with 1; and how. */
  readonly stumbles?: { readonly at: readonly number[]; readonly how: "500" | "no data" | "other values" };
  /** More handlers than these are refused with that status. */
  readonly plan?: { readonly room: number; readonly status: 400 | 401 | 403 };
  /** What a 301 does to the slash at the end of a path. */
  readonly slash?: "added" | "taken";
  /** What stands in front of the API, from one request to another. */
  readonly front?: { readonly kind: Front; readonly from?: number; readonly to?: number };
  /** The status with which the API refuses every key. */
  readonly refusesKey?: 401 | 403;
  /** `next`, `prev` and the others name the page only. */
  readonly bareLinks?: boolean;
  /** JSON over several lines, or with all that PHP escapes. */
  readonly json?: "pretty" | "escaped";
  readonly transfer?: "gzip" | "brotli" | "chunked" | "close" | "1.0";
  /** How many seconds its clock is wrong. */
  readonly skew?: number;
  /** Properties in answers that no page names. */
  readonly extra?: boolean;
  /** Empty settings are an empty list, as PHP writes an empty map. */
  readonly emptyAsList?: boolean;
  /** Before every so many requests somebody else creates a handler or deletes one of theirs, in turn. */
  readonly others?: number;
}

export type Front = "503" | "challenge" | "maintenance" | "429" | "reset" | "silence" | "502";

export interface PhpInstance {
  readonly baseUrl: string;
  readonly key: string;
  /** Names of what is there now. */
  names(): string[];
  /** Requests so far. */
  count(): number;
  /** Changes the habits from now on. */
  change(habits: Partial<Habits>): void;
  close(): Promise<void>;
}

interface Handler {
  id: number;
  type: string;
  name: string;
  settings: Record<string, string>;
  is_enabled: boolean;
  last_datetime: string | null;
  datetime: string;
  readonly visible: { at: number; request: number };
}

/** Whose page it follows: of those without filters and without a slip, the one with most types. */
const [[name, page]] = Object.entries(facts)
  .filter(([, it]) => it.listParameters.length === 2 && /\?page=1$/.test(it.firstPageUrl))
  .filter(([, it]) => Object.keys(it.inertFields).length === 0)
  .sort(([, one], [, other]) => other.types.length - one.types.length) as [[string, InstanceFacts]];
export const phpInstance = name;
const fieldsOfTypes: Readonly<Record<string, readonly string[]>> = page.fields;
const sizes = [10, 25, 50, 100, 250, 500, 1000];
const home = "/api/notification-handlers";

export async function startPhpInstance(first: Habits = {}): Promise<PhpInstance> {
  let habits = first;
  const key = "independent-account-key";
  const now = () => (habits.now ?? Date.now)();
  const stamp = () =>
    new Date(now() + (habits.skew ?? 0) * 1_000).toISOString().slice(0, 19).replace("T", " ");
  let handlers: Handler[] = [];
  let nextId = habits.firstId ?? 1;
  let requests = 0;
  let foreign = 0;
  let reads = 0;
  const add = (type: string, name: string, settings: Record<string, string>, late: boolean) => {
    const lag = late ? habits.lag : undefined;
    const visible = { at: now() + (lag?.milliseconds ?? 0), request: requests + (lag?.requests ?? 0) };
    const made = {
      id: nextId++,
      type,
      name,
      settings,
      is_enabled: true,
      last_datetime: null,
      datetime: stamp(),
      visible,
    };
    handlers.push(made);
    return made;
  };
  for (let number = 1; number <= (habits.handlers ?? 3); number++)
    add("email", `Ops ${number}`, { email: `ops${number}@example.com` }, false);

  function othersAct(): void {
    if (habits.others === undefined || requests % habits.others !== 0) return;
    const theirs = handlers.find((it) => it.name.startsWith("Theirs"));
    if (foreign++ % 2 === 0) add("email", `Theirs ${foreign}`, { email: "theirs@example.com" }, false);
    else handlers = handlers.filter((it) => it !== theirs);
  }

  const stumbles = () => habits.stumbles?.at.includes(reads) === true;

  function shownAs(it: Handler): unknown {
    const { visible: _, settings, ...rest } = it;
    if (stumbles() && habits.stumbles?.how === "other values") return { ...rest, settings, name: "Another" };
    const empty = Object.keys(settings).length === 0 && habits.emptyAsList;
    return { ...rest, settings: empty ? [] : settings, ...(habits.extra && { user_id: 7, icon: "bell" }) };
  }

  function write(response: ServerResponse, status: number, body: unknown): void {
    if (status === 204) {
      response.writeHead(204).end();
      return;
    }
    const plain = JSON.stringify(body, null, habits.json === "pretty" ? 4 : undefined);
    const text =
      habits.json === "escaped"
        ? plain
            .replaceAll("/", "\\/")
            .replaceAll(/[^\0-\x7f]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`)
        : plain;
    const bytes = packed(text);
    response.statusCode = status;
    response.setHeader("content-type", "application/json");
    if (habits.transfer === "gzip") response.setHeader("content-encoding", "gzip");
    if (habits.transfer === "brotli") response.setHeader("content-encoding", "br");
    if (habits.transfer === "1.0") {
      const head = `HTTP/1.0 ${status} OK\r\nContent-Type: application/json\r\nServer: old\r\n\r\n`;
      response.socket?.end(Buffer.concat([Buffer.from(head), bytes]));
      return;
    }
    if (habits.transfer === "chunked") {
      response.write(bytes.subarray(0, 3));
      response.end(bytes.subarray(3));
      return;
    }
    if (habits.transfer === "close") {
      response.useChunkedEncodingByDefault = false;
      response.setHeader("connection", "close");
    } else response.setHeader("content-length", bytes.length);
    response.end(bytes);
  }

  function packed(text: string): Buffer {
    if (habits.transfer === "gzip") return gzipSync(text);
    return habits.transfer === "brotli" ? brotliCompressSync(text) : Buffer.from(text);
  }

  const refuse = (response: ServerResponse, status: number, title: string) =>
    write(response, status, { errors: [{ title, status }] });

  function inFront(kind: Front, request: IncomingMessage, response: ServerResponse): void {
    const page = (status: number, text: string, headers = {}) =>
      response.writeHead(status, { "content-type": "text/html; charset=UTF-8", ...headers }).end(text);
    if (kind === "503") page(503, "<html><h1>Service Unavailable</h1></html>", { "retry-after": "120" });
    if (kind === "502") page(502, "<html><h1>Bad Gateway</h1></html>");
    if (kind === "challenge")
      page(403, "<!DOCTYPE html><title>Just a moment...</title>", { "cf-mitigated": "challenge" });
    if (kind === "maintenance") page(200, "<!DOCTYPE html><title>We'll be back soon</title>");
    if (kind === "429") refuse(response, 429, "Too many requests");
    if (kind === "reset") request.socket.destroy();
  }

  const states: { at: number; handlers: Handler[] }[] = [];
  /** The account at the time that the list shows. */
  function agedHandlers(): Handler[] {
    const { listAge } = habits;
    if (listAge === undefined) return handlers;
    return states.findLast(({ at }) => at <= now() - listAge)?.handlers ?? states[0]?.handlers ?? [];
  }

  function list(response: ServerResponse, url: URL): void {
    const asked = (name: string) => url.searchParams.get(name);
    let page = Number(asked("page") ?? 1);
    let size = Number(asked("results_per_page") ?? 25);
    const wrong = [Number.isInteger(page) && page > 0, sizes.includes(size)];
    if (wrong.includes(false) && !habits.lenient) {
      refuse(response, 400, "Invalid parameter");
      return;
    }
    if (!wrong[0]) page = 1;
    if (!wrong[1]) size = 25;
    const seen = agedHandlers().filter(({ visible }) => visible.at <= now() && visible.request <= requests);
    const total = seen.length;
    const pages = Math.ceil(total / size);
    const link = (number: number) => {
      const query = new URLSearchParams(habits.bareLinks ? "" : url.search);
      query.set("page", String(number));
      return `http://${url.host}${home}?${query}`;
    };
    write(response, 200, {
      data: seen.slice((page - 1) * size, page * size).map(shownAs),
      meta: { page, results_per_page: size, total, total_pages: pages },
      links: {
        first: link(1),
        last: link(Math.max(1, pages)),
        next: page < pages ? link(page + 1) : null,
        prev: page > 1 ? link(page - 1) : null,
        self: link(page),
      },
    });
  }

  function create(response: ServerResponse, form: Map<string, string>): void {
    const [type = "", name = ""] = [form.get("type"), form.get("name")];
    const fields = fieldsOfTypes[type];
    if (fields === undefined || name === "") {
      refuse(response, 400, "Required parameters are missing");
      return;
    }
    if (habits.plan !== undefined && handlers.length >= habits.plan.room) {
      refuse(response, habits.plan.status, "Your plan allows no more");
      return;
    }
    const { id } = add(type, name, settingsOf(fields, form), true);
    write(response, habits.createStatus ?? 200, { data: { id } });
  }

  function update(response: ServerResponse, it: Handler, form: Map<string, string>): void {
    const [type, name, flag] = [form.get("type"), form.get("name"), form.get("is_enabled")];
    const known = type === undefined || type in fieldsOfTypes;
    const isFlag = flag === undefined || /^[01]$/.test(flag);
    if ((!known || !isFlag) && !habits.lenient) {
      refuse(response, 400, "Invalid parameter");
      return;
    }
    if (type !== undefined && known && type !== it.type) {
      it.type = type;
      it.settings = {};
    }
    Object.assign(it.settings, settingsOf(fieldsOfTypes[it.type] ?? [], form));
    if (name !== undefined) it.name = name;
    if (flag !== undefined && isFlag) it.is_enabled = flag === "1";
    it.last_datetime = stamp();
    write(response, 200, { data: { id: it.id } });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    requests++;
    if (habits.listAge !== undefined)
      states.push({ at: now(), handlers: handlers.map((it) => ({ ...it, settings: { ...it.settings } })) });
    othersAct();
    const { front } = habits;
    if (front !== undefined && requests >= (front.from ?? 1) && requests <= (front.to ?? Infinity)) {
      inFront(front.kind, request, response);
      return;
    }
    if (habits.drops?.(requests)) {
      request.socket.destroy();
      return;
    }
    if (request.method === "GET") reads++;
    if (request.method === "GET" && stumbles() && habits.stumbles?.how === "500") {
      refuse(response, 500, "Internal error");
      return;
    }
    if (request.method === "GET" && stumbles() && habits.stumbles?.how === "no data") {
      write(response, 200, { meta: null });
      return;
    }
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const slashed = url.pathname.endsWith("/");
    if (habits.slash !== undefined && slashed !== (habits.slash === "added")) {
      const path = slashed ? url.pathname.replace(/\/$/, "") : `${url.pathname}/`;
      response.writeHead(301, {
        location: `http://${url.host}${path}${url.search}`,
        "content-type": "text/html",
      });
      response.end("<h1>Moved Permanently</h1>");
      return;
    }
    if (request.headers.authorization !== `Bearer ${key}` || habits.refusesKey !== undefined) {
      refuse(response, habits.refusesKey ?? 401, "Please authenticate");
      return;
    }
    const path = url.pathname.replace(/\/$/, "");
    const form = formOf(request, Buffer.concat(body));
    if (path === home && request.method === "GET") list(response, url);
    else if (path === home && request.method === "POST") create(response, form);
    else if (path.startsWith(`${home}/`)) {
      const found = handlers.find((it) => String(it.id) === path.slice(home.length + 1));
      if (found === undefined) refuse(response, 404, "Not found");
      else if (request.method === "GET") write(response, 200, { data: shownAs(found) });
      else if (request.method === "POST") update(response, found, form);
      else if (request.method === "DELETE") {
        handlers = handlers.filter((it) => it !== found);
        write(response, habits.deleteStatus ?? 200, null);
      } else refuse(response, 405, "Method not allowed");
    } else refuse(response, 404, "Not found");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    key,
    names: () => handlers.map((it) => it.name),
    count: () => requests,
    change: (more) => {
      habits = { ...habits, ...more };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function settingsOf(fields: readonly string[], form: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(fields.flatMap((it) => (form.has(it) ? [[it, form.get(it) ?? ""]] : [])));
}

/** The parts of a form, as far as the clients of this server write them. */
function formOf(request: IncomingMessage, body: Buffer): Map<string, string> {
  const boundary = /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1];
  const found = new Map<string, string>();
  if (boundary === undefined) return found;
  for (const part of body.toString("utf8").split(`--${boundary}`)) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const name = /name="([^"]*)"/.exec(head)?.[1];
    if (name !== undefined) found.set(name, rest.join("\r\n\r\n").replace(/\r\n$/, ""));
  }
  return found;
}
