import createFetchClient from "openapi-fetch";
import type { components, operations, paths } from "../../generated/workbench.ts";

type Schemas = components["schemas"];

/** A request with its answer, as the workbench keeps it. Keys are masked. */
export type WorkbenchRequest = Schemas["Request"];
/** The behaviour that is switched on, by operation: `{ list: { status: 500, times: 1 } }`. */
export type WorkbenchBehaviour = Schemas["Behaviour"];
/** The behaviour that is switched on, and what can be switched on. */
export type WorkbenchBehaviourState = Schemas["BehaviourState"];
/** A snapshot of handlers: its name, time and size. */
export type WorkbenchSnapshot = Schemas["Snapshot"];
/** Which requests to return. Only those to the instance are. */
export type WorkbenchFilter = Omit<
  NonNullable<operations["listRequests"]["parameters"]["query"]>,
  "server" | "instance" | "format"
>;

/** Where the workbench is, and with which key. */
export interface WorkbenchOptions {
  /** The base URL of a sandbox or a mock: `http://127.0.0.1:4010/sandbox/bitpeak.ru/api`. */
  readonly baseUrl: string;
  /** The key that the code under test uses. The workbench shows and changes the requests, behaviour and handlers of this key. */
  readonly apiKey: string;
  readonly fetch?: ((request: globalThis.Request) => Promise<Response>) | undefined;
}

/** The workbench of an instance, for end-to-end tests. All methods reject with WorkbenchError. */
export interface Workbench {
  /** The last requests, the oldest first. Default: 100; at most 500 with `limit`. */
  requests(filter?: WorkbenchFilter): Promise<WorkbenchRequest[]>;
  /** The id of the last request, to pass as `since` later. */
  mark(): Promise<number>;
  /** The requests as an HTTP archive (HAR 1.2). */
  har(filter?: WorkbenchFilter): Promise<Schemas["Har"]>;
  /** Clears the log of the key's requests. */
  forget(): Promise<void>;
  readonly behaviour: {
    get(): Promise<WorkbenchBehaviourState>;
    /** Replaces the behaviour of the key. */
    set(behaviour: WorkbenchBehaviour): Promise<void>;
    clear(): Promise<void>;
  };
  /** Sandboxes only. */
  readonly snapshot: {
    list(): Promise<WorkbenchSnapshot[]>;
    /** Saves the handlers under a name. Replaces a snapshot of that name. */
    save(name: string): Promise<WorkbenchSnapshot>;
    /** Replaces the current handlers by those of a snapshot. */
    restore(name: string): Promise<WorkbenchSnapshot>;
    delete(name: string): Promise<void>;
  };
  /** Deletes the handlers of the key, and clears its behaviour. */
  reset(): Promise<void>;
  /** Creates plausible handlers of all types, and returns how many. Sandboxes only. */
  seed(seed: Omit<Schemas["Seed"], "value"> & { readonly value?: number }): Promise<number>;
}

/** The workbench refused or failed. The message has its reasons. */
export class WorkbenchError extends Error {
  /** The status of the answer; 0 if there was none. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "WorkbenchError";
    this.status = status;
  }
}

/** The result of an openapi-fetch call. */
interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The workbench of a sandbox or mock that `start`, `sandbox`, `mock`, `startSandbox` or `startMock` serves.
 *
 *     const bench = workbench({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
 *     await bench.behaviour.set({ list: { status: 500, times: 1 } });
 *
 * Throws TypeError if `baseUrl` is not the base URL of a mock or sandbox, and for other invalid options.
 */
export function workbench(given: WorkbenchOptions): Workbench {
  const { baseUrl, apiKey, fetch }: Partial<WorkbenchOptions> = given ?? {};
  if (typeof apiKey !== "string" || apiKey === "")
    throw new TypeError("apiKey must be the key that the instance is called with.");
  const { origin, server, instance } = placeOf(baseUrl);
  const client = createFetchClient<paths>({
    baseUrl: origin,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(fetch === undefined ? {} : { fetch }),
  });
  const path = { server, instance };
  const own = { params: { path } };
  /** For operations on data, which a mock does not have. */
  const data = <T>(ask: () => Promise<Result<T>>): Promise<T> => {
    if (server === "sandbox") return said(ask());
    const message = "A mock remembers nothing: give the workbench the base URL of a sandbox.";
    return Promise.reject(new WorkbenchError(message, 0));
  };
  const named = (name: string) => ({ params: { path: { instance, name } } });

  async function said<T>(asked: Promise<Result<T>>): Promise<T> {
    const { data, error, response } = await asked.catch((cause: unknown) => {
      throw new WorkbenchError(`The workbench at ${origin} does not answer.`, 0, { cause });
    });
    if (response.ok) return data as T;
    const { errors } = (typeof error === "object" ? (error ?? {}) : {}) as Partial<Schemas["Errors"]>;
    const titles = errors?.map(({ title }) => title).join(" ");
    throw new WorkbenchError(titles ?? `The workbench answered ${response.status}.`, response.status);
  }
  const ask = (filter: WorkbenchFilter) =>
    said(client.GET("/_requests", { params: { query: { ...filter, server, instance } } }));

  return {
    requests: async (filter = {}) => ((await ask(filter)) as Schemas["Requests"]).requests,
    mark: async () => ((await ask({ limit: 1 })) as Schemas["Requests"]).last,
    har: async (filter = {}) => {
      const query = { ...filter, server, instance, format: "har" as const };
      return (await said(client.GET("/_requests", { params: { query } }))) as Schemas["Har"];
    },
    forget: async () => void (await said(client.DELETE("/_requests"))),
    behaviour: {
      get: () => said(client.GET("/{server}/{instance}/_behaviour", own)),
      set: async (body) => void (await said(client.PUT("/{server}/{instance}/_behaviour", { ...own, body }))),
      clear: async () => void (await said(client.DELETE("/{server}/{instance}/_behaviour", own))),
    },
    snapshot: {
      list: async () => (await data(() => client.GET("/sandbox/{instance}/_snapshot", own))).snapshots,
      save: (name) => data(() => client.PUT("/sandbox/{instance}/_snapshot/{name}", named(name))),
      restore: (name) => data(() => client.POST("/sandbox/{instance}/_snapshot/{name}", named(name))),
      delete: async (name) =>
        void (await data(() => client.DELETE("/sandbox/{instance}/_snapshot/{name}", named(name)))),
    },
    reset: async () => void (await said(client.DELETE("/{server}/{instance}/_reset", own))),
    seed: async (body) => {
      const { handlers } = await data(() =>
        client.POST("/sandbox/{instance}/_seed", { ...own, body: body as Schemas["Seed"] }),
      );
      return handlers;
    },
  };
}

/** What a base URL says about the workbench. */
function placeOf(baseUrl: string | undefined): {
  origin: string;
  server: "mock" | "sandbox";
  instance: string;
} {
  const url = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // A host name needs no percent-encoding.
  const [, server, instance] = /^\/(mock|sandbox)\/([^/%]+)\/api\/?$/.exec(url?.pathname ?? "") ?? [];
  if (url === undefined || instance === undefined)
    throw new TypeError(
      "baseUrl must be the base URL of a mock or a sandbox, such as http://127.0.0.1:4010/sandbox/bitpeak.ru/api.",
    );
  return { origin: url.origin, server: server as "mock" | "sandbox", instance };
}
