import type { OperationKind } from "../../../../description/index.ts";
import type { InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import { type Failure, failureOf } from "../failure.ts";

/** A handler as in an answer. */
export type Handler = Readonly<Record<string, unknown>>;

export interface Page {
  readonly handlers: readonly Handler[];
  readonly total: number;
  readonly pages: number;
}

/** The result of a call: a value, or why there is none. */
export type Outcome<T> = { readonly value: T } | { readonly problem: Failure };

/** The fields that are sent: values by name. */
export type Form = ReadonlyMap<string, string>;

/** Calls for the handlers of an instance, on the contract's own paths. */
export interface HandlersApi {
  list(page: number): Promise<Outcome<Page>>;
  create(form: Form): Promise<Outcome<undefined>>;
  update(id: number, form: Form): Promise<Outcome<undefined>>;
  remove(id: number): Promise<Outcome<undefined>>;
}

/** Sent with every call of the page: the call is not logged, and the switched-on behaviour does not apply to it. */
const quiet = { workbench: "quiet" };

export function handlersApi(model: InstanceModel, baseUrl: string, key: string): HandlersApi {
  async function call(
    kind: OperationKind,
    id: number | undefined,
    more: { query?: string; form?: Form } = {},
  ): Promise<Outcome<unknown>> {
    const operation = model.operations.find((each) => each.kind === kind);
    if (operation === undefined)
      return { problem: { text: say("noOperation", { operation: kind }), isServers: false } };
    const path = operation.path.replace(/\{[^}]+\}/, String(id));
    const body = new FormData();
    for (const [name, value] of more.form ?? []) body.append(name, value);
    try {
      const answer = await fetch(`${baseUrl}${path}${more.query ?? ""}`, {
        method: operation.method,
        headers: { authorization: `Bearer ${key}`, ...quiet },
        ...(more.form !== undefined && { body }),
      });
      const content: unknown = await answer.json().catch(() => undefined);
      return answer.ok ? { value: content } : { problem: failureOf(content, answer.status) };
    } catch (error) {
      return { problem: failureOf(error) };
    }
  }
  const done = (outcome: Outcome<unknown>): Outcome<undefined> =>
    "value" in outcome ? { value: undefined } : outcome;
  return {
    async list(page) {
      const found = await call("list", undefined, { query: `?${model.paging.page}=${page}` });
      if ("problem" in found) return found;
      const { data, meta } = Object(found.value) as { data?: unknown; meta?: Record<string, unknown> };
      return {
        value: {
          handlers: Array.isArray(data) ? data : [],
          total: Number(meta?.[model.meta.total] ?? 0),
          pages: Number(meta?.[model.meta.totalPages] ?? 1),
        },
      };
    },
    create: async (form) => done(await call("create", undefined, { form })),
    update: async (id, form) => done(await call("update", id, { form })),
    remove: async (id) => done(await call("delete", id)),
  };
}
