import type { Problem } from "../description/index.ts";
import { errorsBody } from "../http/index.ts";

/** An answer of the sandbox. */
export interface Answer<Body extends string | Buffer = string> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

const jsonHeaders = { "content-type": "application/json; charset=utf-8" };

/** An answer whose body is already JSON text. */
export function json(status: number, body: string, headers?: Record<string, string>): Answer {
  return { status, headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers }, body };
}

/** A list with its page of handlers. `rows` are their JSON texts, joined by commas, as bytes: there may be many. */
export function page(
  rows: Buffer,
  meta: Readonly<Record<string, number>>,
  links: Readonly<Record<"first" | "last" | "next" | "prev" | "self", string | null>>,
): Answer<Buffer> {
  const closing = `],"meta":${JSON.stringify(meta)},"links":${JSON.stringify(links)}}`;
  const body = Buffer.allocUnsafe(opening.length + rows.length + Buffer.byteLength(closing));
  body.write(opening);
  rows.copy(body, opening.length);
  body.write(closing, opening.length + rows.length);
  return { status: 200, headers: jsonHeaders, body };
}

const opening = '{"data":[';

/** The same answer with its body as a string. */
export function asText({ body, ...rest }: Answer<string | Buffer>): Answer {
  return { ...rest, body: body.toString() };
}

/** One handler, or a reference to one, as JSON text. */
export function data(value: string): Answer {
  return json(200, `{"data":${value}}`);
}

/** An answer without a body. */
export function empty(status = 200): Answer {
  return { status, headers: {}, body: "" };
}

/** The family's error body, with a title for each problem. */
export function failure(
  status: number,
  titles: string | readonly string[],
  headers?: Record<string, string>,
): Answer {
  return json(status, errorsBody(status, typeof titles === "string" ? [titles] : titles), headers);
}

/** The answer for an id that no handler of the account has. */
export function notFound(): Answer {
  return failure(404, "There is no notification handler with this id in the account of the API key.");
}

/** The answer to a request that breaks the contract. */
export function refusal(problems: readonly Problem[]): Answer {
  return failure(
    400,
    problems.map((problem) => problem.message),
  );
}
