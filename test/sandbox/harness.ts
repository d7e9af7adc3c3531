import {
  type Description,
  instanceEntry,
  loadDescription,
  type Operation,
  type OperationKind,
  rolesOf,
} from "../../src/description/index.ts";
import { type StartedSandbox, type StartOptions, startSandbox } from "../../src/sandbox/index.ts";

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined if the body is not JSON. */
  readonly body: unknown;
}

/** A sandbox with one method for each kind of operation. */
export interface Harness extends StartedSandbox {
  readonly instance: string;
  /** Where the instance is served: the base URL without `/api`. */
  readonly root: string;
  ask(method: string, path: string, form?: Form, headers?: Record<string, string>): Promise<Answer>;
  list(query?: string): Promise<ListAnswer>;
  read(id: number): Promise<Answer & { data: Handler }>;
  create(form: Form): Promise<number>;
  update(id: number, form: Form): Promise<Answer>;
  remove(id: number): Promise<Answer>;
}

export type Form = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

export interface Handler {
  id: number;
  type: string;
  name: string;
  settings: Record<string, string>;
  is_enabled: boolean;
  last_datetime: string | null;
  datetime: string;
}

export interface ListAnswer extends Answer {
  readonly data: Handler[];
  readonly meta: { page: number; results_per_page: number; total: number; total_pages: number };
  readonly links: Record<"first" | "last" | "self", string> & Record<"next" | "prev", string | null>;
}

export async function harness(options: StartOptions & { readonly instance: string }): Promise<Harness> {
  return client(options.instance, await startSandbox(options));
}

/** The sandbox of an instance that is described. */
export async function describedHarness(
  description: Description,
  options: Partial<StartOptions> = {},
): Promise<Harness> {
  const sandbox = await startSandbox({ ...options, descriptions: [description] });
  return client(description.name, sandbox, description.about.listPath);
}

export function client(
  instance: string,
  sandbox: StartedSandbox,
  listPath: string = instanceEntry(instance).listPath,
): Harness {
  const key = { authorization: `Bearer ${sandbox.apiKey}` };
  const ask: Harness["ask"] = async (method, path, form, headers = key) => {
    const init: RequestInit = { method, headers, redirect: "manual" };
    if (form !== undefined) init.body = multipart(form);
    return readAnswer(await fetch(/^https?:/.test(path) ? path : sandbox.baseUrl + path, init));
  };
  const at = (id: number) => `/notification-handlers/${id}`;
  return {
    ...sandbox,
    instance,
    root: sandbox.baseUrl.replace(/\/api$/, ""),
    ask,
    list: async (query = "") => {
      const answer = await ask("GET", /^https?:/.test(query) ? query : `${listPath}${query}`);
      return { ...answer, ...(answer.body as object) } as ListAnswer;
    },
    read: async (id) => {
      const answer = await ask("GET", at(id));
      return { ...answer, ...(answer.body as object) } as Answer & { data: Handler };
    },
    create: async (form) => {
      const { body, text } = await ask("POST", "/notification-handlers", form);
      const id = (body as { data?: { id?: number } } | undefined)?.data?.id;
      if (id === undefined) throw new Error(text);
      return id;
    },
    update: (id, form) => ask("POST", at(id), form),
    remove: (id) => ask("DELETE", at(id)),
  };
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the caller sees the text.
  }
  return { status: response.status, headers: response.headers, text, body };
}

export function multipart(fields: Form): FormData {
  const data = new FormData();
  for (const [name, value] of pairs(fields)) data.append(name, value);
  return data;
}

export function pairs(fields: Form): readonly (readonly [string, string])[] {
  return Array.isArray(fields) ? fields : Object.entries(fields);
}

/** The contract's operation of a kind. */
export function operationOf(instance: string, kind: OperationKind): Operation {
  const [operation] = rolesOf(loadDescription(instance)).operations(kind);
  if (operation === undefined) throw new Error(`${instance} has no ${kind}`);
  return operation;
}

/** The titles of an answer in the family's errors body; throws for any other body. */
export function titles({ status, body, text }: Answer): string[] {
  const { errors } = body as { errors: { title: string; status: number }[] };
  if (!Array.isArray(errors) || errors.length === 0) throw new Error(`no errors: ${text}`);
  for (const error of errors) {
    if (error.status !== status || typeof error.title !== "string" || !/^\S.*\.$/.test(error.title)) {
      throw new Error(`not an error of ${status}: ${text}`);
    }
  }
  return errors.map((error) => error.title);
}
