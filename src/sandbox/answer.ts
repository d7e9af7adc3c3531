import type { Problem } from "../description/index.ts";
import { errorsBody } from "../http/index.ts";

/** What goes back to the client. */
export interface Answer<Body extends string | Buffer = string> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

const jsonHeaders = { "content-type": "application/json; charset=utf-8" };

/** A body that is JSON text already. */
export function json(status: number, body: string, headers?: Record<string, string>): Answer {
  return { status, headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers }, body };
}

/** A list with its page of handlers, of which `rows` are the JSON texts, joined by commas. They go through as bytes: they are many. */
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

/** An answer whose body is a text, whatever it was. */
export function asText({ body, ...rest }: Answer<string | Buffer>): Answer {
  return { ...rest, body: body.toString() };
}

/** One handler, or a reference to one, as JSON text. */
export function data(value: string): Answer {
  return json(200, `{"data":${value}}`);
}

/** An answer that says nothing but its status. */
export function empty(status = 200): Answer {
  return { status, headers: {}, body: "" };
}

/** The family's body of an error, with a title for each fault. */
export function failure(
  status: number,
  titles: string | readonly string[],
  headers?: Record<string, string>,
): Answer {
  return json(status, errorsBody(status, typeof titles === "string" ? [titles] : titles), headers);
}

/** Of an id that no handler of the account has. */
export function notFound(): Answer {
  return failure(404, "There is no notification handler of this id in the account of the API key.");
}

/** Of a request that breaks the contract. */
export function refusal(problems: readonly Problem[]): Answer {
  return failure(
    400,
    problems.map((problem) => problem.message),
  );
}
