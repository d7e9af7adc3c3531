import fc from "fast-check";
import { anyText } from "../any-text.ts";

/** What is sent on one connection. */
export interface Attack {
  /** The pieces in which it is sent. */
  readonly pieces: readonly Buffer[];
  /** The methods of its requests; empty if bytes were changed. */
  readonly methods: readonly string[];
  /** Whether it is known where each request ends, so that each must be answered. */
  readonly isWhole: boolean;
  /** Whether a request asked for a server error. */
  readonly isServerErrorWanted: boolean;
}

interface Request {
  readonly method: string;
  readonly head: string;
  readonly body: Buffer;
  readonly isServerErrorWanted: boolean;
}

const boundary = "b";
const names = [
  "type",
  "name",
  "email",
  "telegram",
  "is_enabled",
  "__proto__",
  "constructor",
  "\0",
  "",
  "x[]",
];
const value = fc.oneof(
  fc.constantFrom("email", "telegram", "0", "1", "", "\0", "__proto__", "x".repeat(70_000)),
  anyText({ maxLength: 20 }),
);
const part = fc.tuple(
  fc.constantFrom(...names),
  value,
  fc.constantFrom("", "", "", '; filename="f"', "; filename*=UTF-8''%ff", "\r\nContent-Type: text/html"),
);
/** Forms that are accepted, and others. */
const good: [string, string, string][] = [
  ["type", "email", ""],
  ["name", "n", ""],
  ["email", "a@example.com", ""],
];
const parts = fc.oneof(fc.array(part, { maxLength: 5 }), fc.subarray(good, { minLength: 2 }));
const form = parts.map((chosen) => {
  const texts = chosen.map(
    ([name, text, more]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`,
  );
  return Buffer.from(`${texts.join("")}--${boundary}--\r\n`);
});
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const body = fc.oneof(
  { weight: 60, arbitrary: form },
  { weight: 20, arbitrary: bytes },
  {
    weight: 20,
    arbitrary: fc.constantFrom("name=%00&type=email", "{}", "a=1&a=2").map((text) => Buffer.from(text)),
  },
  { weight: 1, arbitrary: fc.constantFrom(1_048_577, 2_500_000).map((length) => Buffer.alloc(length, "x")) },
);
const word = fc.oneof(
  fc.constantFrom(
    "0",
    "-1",
    "1",
    "1e3",
    "9007199254740993",
    "%00",
    "%ff",
    "%",
    "..",
    "null",
    "[]",
    "'",
    "💩",
  ),
  fc.nat().map(String),
  fc.string({ maxLength: 12 }).map(encodeURIComponent),
);
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        "page",
        "results_per_page",
        "search",
        "type",
        "order_by",
        "datetime_start",
        "__proto__",
        "__code",
      ),
      word,
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`));

/** A body whose end no server can find. */
const endless = "Transfer-Encoding: gzip";

const header = fc.oneof(
  fc.constantFrom(
    "Prefer: code=429",
    "Prefer: code=500",
    "Prefer: code=99999999999",
    "Prefer: example=__proto__, dynamic=true",
    "Prefer: dynamic=true",
    "Prefer: delay=5",
    "Prefer: ;;==,,",
    "Sandbox-Fault: create-answers-201",
    "Origin: https://a.example",
    "Access-Control-Request-Method: PATCH",
    "Upgrade: websocket\r\nConnection: upgrade",
    "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
    "Expect: the-unexpected",
    "Expect: 100-continue",
    "Host: 127.0.0.1",
    "Accept-Encoding: br, gzip;q=0",
    "Range: bytes=0-1",
    "If-None-Match: *",
    endless,
    "Content-Encoding: gzip",
    "X-Forwarded-Host: evil.example",
    `X: ${"x".repeat(20_000)}`,
    "a: b\r\n".repeat(2_500).trimEnd(),
  ),
  fc
    .tuple(fc.stringMatching(/^[A-Za-z-]{1,12}$/), fc.stringMatching(/^[\x20-\x7e]{0,30}$/))
    .filter(([name]) => !/^(content-length|transfer-encoding|connection|expect|upgrade|te)$/i.test(name))
    .map((pair) => pair.join(": ")),
);
const mediaType = fc.constantFrom(
  ...Array.from({ length: 6 }, () => `multipart/form-data; boundary=${boundary}`),
  "multipart/form-data",
  'multipart/form-data; boundary="b',
  "application/x-www-form-urlencoded",
  "application/json",
  ";;;",
  "text/xml",
);
const authorization = fc.constantFrom(
  ...Array.from({ length: 12 }, () => "Bearer k"),
  "Bearer k",
  "Bearer k",
  "Bearer k",
  "Bearer k",
  "Bearer",
  "Basic k",
  "bearer \xff",
);
const method = fc.constantFrom(
  "GET",
  "GET",
  "POST",
  "POST",
  "POST",
  "DELETE",
  "PUT",
  "PATCH",
  "HEAD",
  "OPTIONS",
  "TRACE",
);

const kinds = ["mock", "sandbox", "sandbox"];

/** Requests below the mocks and sandboxes of these instances, and to the page and the docs beside them. */
function requestTo(instances: readonly string[]): fc.Arbitrary<Request> {
  const api = fc
    .tuple(
      fc.constantFrom(...kinds, ...kinds, ...kinds, "nothing"),
      fc.constantFrom(...instances, ...instances, ...instances, "nix"),
      fc.constantFrom(
        ...Array.from({ length: 8 }, () => "/api/notification-handlers"),
        "/api/notification-handlers/",
        "/_health",
        "/_reset",
        "/_behaviour",
        "/_seed",
        "/_snapshot",
        "/api",
        "",
      ),
      fc.oneof(fc.constant(null), fc.constantFrom("1", "2", "3"), word),
      query,
    )
    .map(([kind, name, path, id, asked]) => `/${kind}/${name}${path}${id === null ? "" : `/${id}`}${asked}`);
  const target = fc.oneof(
    { weight: 40, arbitrary: api },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "/",
        "/_requests",
        "/_requests/1",
        "*",
        "//evil.example/x",
        "http://evil.example/",
        "/docs/../../../../etc/passwd",
        "/docs/%2e%2e/%2e%2e/package.json",
        "/docs/.env",
        `/mock/${"x".repeat(9_000)}`,
      ),
    },
  );
  const framing = fc.constantFrom("length", "length", "length", "chunked");
  const extra = fc.array(header, { maxLength: 2 });
  return fc
    .tuple(method, target, authorization, mediaType, body, framing, extra)
    .map(([verb, at, key, type, sent, framed, more]) => {
      const has = verb !== "GET" && verb !== "HEAD" && verb !== "TRACE" && verb !== "OPTIONS";
      const lines = [`${verb} ${at} HTTP/1.1`, "Host: localhost", `Authorization: ${key}`, ...more];
      if (has) lines.push(`Content-Type: ${type}`);
      if (has && framed === "length") lines.push(`Content-Length: ${sent.length}`);
      if (has && framed === "chunked") lines.push("Transfer-Encoding: chunked");
      return {
        method: verb,
        head: lines.join("\r\n"),
        body: !has ? Buffer.alloc(0) : framed === "chunked" ? chunked(sent) : sent,
        isServerErrorWanted: /code=500|__code=/.test(lines.join("\n")),
      };
    });
}

function chunked(body: Buffer): Buffer {
  const last = Buffer.from("0\r\n\r\n");
  if (body.length === 0) return last;
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n"), last]);
}

/** One to three requests on a connection: unchanged, in pieces, or with bytes changed, removed, doubled or inserted. */
export function attacksOn(instances: readonly string[]): fc.Arbitrary<Attack> {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom("set", "cut", "double", "put"),
    fc.oneof(
      bytes,
      fc.constantFrom("\r\n", "\n", "\0", ":", " ", "HTTP/1.1", "0\r\n\r\n").map((text) => Buffer.from(text)),
    ),
  );
  return fc
    .tuple(
      fc.array(requestTo(instances), { minLength: 1, maxLength: 3 }),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(edit, { minLength: 1, maxLength: 3 }) },
      ),
      fc.array(fc.nat(), { maxLength: 2 }),
    )
    .map(([requests, edits, cuts]) => {
      // The method must be known, since an answer to HEAD is read differently.
      const isChanged = edits.length > 0 && !requests.some((each) => each.method === "HEAD");
      const texts = requests.flatMap(({ head, body: sent }, index) => {
        const end = index === requests.length - 1 ? "\r\nConnection: close" : "";
        return [Buffer.from(`${head}${end}\r\n\r\n`, "latin1"), sent];
      });
      let all: Buffer = Buffer.concat(texts);
      if (isChanged)
        for (const [place, how, noise] of edits) all = edited(all, place % all.length, how, noise);
      return {
        pieces: inPieces(all, cuts),
        methods: isChanged ? [] : requests.map((each) => each.method),
        isWhole: !isChanged && !all.includes(endless),
        isServerErrorWanted: requests.some((each) => each.isServerErrorWanted),
      };
    });
}

function edited(all: Buffer, at: number, how: string, noise: Buffer): Buffer {
  const before = all.subarray(0, at);
  if (how === "cut") return all.subarray(0, at + 1);
  if (how === "double") return Buffer.concat([before, all.subarray(0, 30_000)]);
  return Buffer.concat([before, noise, all.subarray(how === "set" ? at + noise.length : at)]);
}

function inPieces(all: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % all.length))].sort((one, other) => one - other);
  return [0, ...places].map((from, index) => all.subarray(from, places[index] ?? all.length));
}
