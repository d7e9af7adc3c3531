import { type ClientOptions, createClient } from "../../src/client/index.ts";

/** What a client asked for. */
export interface Asked {
  method: string;
  url: string;
  headers: Headers;
  /** The form's fields; null without a body. */
  form: [string, string][] | null;
  redirect: RequestRedirect;
}

/** An answer of a script: a response, an error that fetch rejects with, or a function that returns one of them. */
export type Answer =
  | Response
  | Error
  | ((request: Request, init?: RequestInit) => Response | Promise<Response>);

export const base = "https://host.example/api";
export const key = "secret-key-1";

/** A fetch that gives these answers in order, and records the requests. */
export function script(...answers: Answer[]) {
  const asked: Asked[] = [];
  const fetch = async (request: Request, init?: RequestInit): Promise<Response> => {
    const text = request.headers.get("content-type")?.startsWith("multipart/");
    asked.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      form: text ? ([...(await request.clone().formData())] as [string, string][]) : null,
      redirect: request.redirect,
    });
    const answer = answers.shift();
    if (!answer) throw new Error("The script is at its end.");
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(request, init) : answer;
  };
  return { fetch, asked };
}

/** A client of the family whose fetch follows a script. */
export function scripted(answers: Answer[], options: Partial<ClientOptions<undefined>> = {}) {
  const { fetch, asked } = script(...answers);
  return { asked, client: createClient({ baseUrl: base, apiKey: key, fetch, ...options }) };
}

export function json(body: unknown, init?: ResponseInit): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" }, ...init });
}

export const handler = (id: number) => ({
  id,
  type: "email",
  name: `Handler ${id}`,
  settings: { email: "a@example.com" },
  is_enabled: true,
  last_datetime: null,
  datetime: "2026-05-13 15:01:12",
});

/** A page of a list, as the contract describes it. */
export function page(
  ids: number[],
  { page: number = 1, next = null as string | null, results_per_page = 25, total_pages = 0 } = {},
) {
  const url = `${base}/notification-handlers?page=`;
  const last = total_pages || (next ? number + 1 : number);
  return json({
    data: ids.map(handler),
    meta: { page: number, results_per_page, total: ids.length, total_pages: last },
    links: {
      first: `${url}1`,
      last: `${url}${last}`,
      next,
      prev: null,
      self: `${url}${number}`,
    },
  });
}

export const failed = (status: number, title = "no", headers: Record<string, string> = {}) =>
  json({ errors: [{ title, status }] }, { status, headers });

/** The reason of a promise's rejection. */
export async function rejection(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  return promise.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error) => error,
  );
}
