import createFetchClient from "openapi-fetch";
import type { components, operations, paths } from "../../generated/workbench.ts";

type Schemas = components["schemas"];

/** A request with its answer, as the workbench keeps it. Keys are masked. */
export type WorkbenchRequest = Schemas["Request"];
/** The switches that are on, by operation: `{ list: { status: 500, times: 1 } }`. */
export type WorkbenchBehaviour = Schemas["Behaviour"];
/** What is switched on, and what can be. */
export type WorkbenchBehaviourState = Schemas["BehaviourState"];
/** A snapshot of handlers, without them. */
export type WorkbenchSnapshot = Schemas["Snapshot"];
/** Which requests are asked for; those of the instance alone. */
export type WorkbenchFilter = Omit<
  NonNullable<operations["listRequests"]["parameters"]["query"]>,
  "server" | "instance" | "format"
>;

/** Where the workbench is, and whose. */
export interface WorkbenchOptions {
  /** The base URL of a sandbox or a mock: `http://127.0.0.1:4010/sandbox/bitpeak.ru/api`. */
  readonly baseUrl: string;
  /** The key that the code under test calls the instance with: it is this key's requests, behaviour and handlers that are seen and changed. */
  readonly apiKey: string;
  readonly fetch?: ((request: globalThis.Request) => Promise<Response>) | undefined;
}

/** The workbench of an instance, for end-to-end tests. All methods reject with WorkbenchError. */
export interface Workbench {
  /** The last requests, the oldest first: 100 unless `limit` says how many, 500 at most. */
  requests(filter?: WorkbenchFilter): Promise<WorkbenchRequest[]>;
  /** The id of the last request that came, for `since`. */
  mark(): Promise<number>;
  /** The requests as an HTTP archive (HAR 1.2). */
  har(filter?: WorkbenchFilter): Promise<Schemas["Har"]>;
  /** Forgets the requests of the key. */
  forget(): Promise<void>;
  readonly behaviour: {
    get(): Promise<WorkbenchBehaviourState>;
    /** Replaces what is switched on for the key. */
    set(behaviour: WorkbenchBehaviour): Promise<void>;
    clear(): Promise<void>;
  };
  /** Of sandboxes alone. */
  readonly snapshot: {
    list(): Promise<WorkbenchSnapshot[]>;
    /** Keeps the handlers under a name, in place of what the name had. */
    save(name: string): Promise<WorkbenchSnapshot>;
    /** Puts the handlers of a snapshot in place of those that are there. */
    restore(name: string): Promise<WorkbenchSnapshot>;
    delete(name: string): Promise<void>;
  };
  /** Deletes the handlers of the key, and clears its behaviour. */
  reset(): Promise<void>;
  /** Creates plausible handlers of all types. Of sandboxes alone. Gives how many. */
  seed(seed: Omit<Schemas["Seed"], "value"> & { readonly value?: number }): Promise<number>;
}

/** What the workbench did not do. The message has its sentences. */
export class WorkbenchError extends Error {
  /** The status of the answer; 0 where there was none. */
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "WorkbenchError";
    this.status = status;
  }
}

/** What openapi-fetch gives of an answer. */
interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The workbench of a sandbox or a mock that `start`, `sandbox`, `mock`, `startSandbox` or `startMock` serves.
 *
 *     const bench = workbench({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
 *     await bench.behaviour.set({ list: { status: 500, times: 1 } });
 *
 * Throws TypeError for a base URL that is none of a mock or a sandbox, and for other options that can't be meant so.
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
  /** Of data, which a mock has none of. */
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

/** What a base URL says of where the workbench is. */
function placeOf(baseUrl: string | undefined): {
  origin: string;
  server: "mock" | "sandbox";
  instance: string;
} {
  const url = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const [, server, instance] = /^\/(mock|sandbox)\/([^/]+)\/api\/?$/.exec(url?.pathname ?? "") ?? [];
  if (url === undefined || instance === undefined)
    throw new TypeError(
      "baseUrl must be the base URL of a mock or a sandbox, such as http://127.0.0.1:4010/sandbox/bitpeak.ru/api.",
    );
  return { origin: url.origin, server: server as "mock" | "sandbox", instance: decodeURIComponent(instance) };
}
