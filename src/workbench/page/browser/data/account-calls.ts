import { type Failure, failureOf } from "../failure.ts";
import { type Snapshot, workbenchApi } from "../workbench-api.ts";

/** A call that has not been made yet. It gives undefined if there turns out to be nothing to do. */
export type Call = () => Promise<{ readonly error?: unknown; readonly response: Response } | undefined>;

/** Calls that affect all handlers of a key. */
export interface AccountCalls {
  /** The snapshots; empty if they can't be read. */
  snapshots(): Promise<readonly Snapshot[]>;
  save(name: string): Call;
  restore(name: string): Call;
  /** Deletes a snapshot. */
  forget(name: string): Call;
  /** Deletes the handlers, and clears the behaviour. */
  readonly clear: Call;
  /** Adds this many handlers, different ones each time. */
  seed(count: number): Call;
}

export function accountCalls(instance: string, key: string): AccountCalls {
  const api = workbenchApi(key);
  const named = (name: string) => ({ params: { path: { instance, name } } });
  const path = "/sandbox/{instance}/_snapshot/{name}";
  return {
    async snapshots() {
      const asked = api.GET("/sandbox/{instance}/_snapshot", { params: { path: { instance } } });
      const { data } = await asked.catch(() => ({ data: undefined }));
      return data?.snapshots ?? [];
    },
    save: (name) => () => api.PUT(path, named(name)),
    restore: (name) => () => api.POST(path, named(name)),
    forget: (name) => () => api.DELETE(path, named(name)),
    clear: () =>
      api.DELETE("/{server}/{instance}/_reset", { params: { path: { server: "sandbox", instance } } }),
    seed: (count) => () => {
      const body = { count, value: Date.now() % 2 ** 32 };
      return api.POST("/sandbox/{instance}/_seed", { params: { path: { instance } }, body });
    },
  };
}

/** Makes calls one after the other, up to the first that fails. Returns its failure, or undefined. */
export async function callInOrder(calls: readonly Call[]): Promise<Failure | undefined> {
  try {
    for (const call of calls) {
      const answer = await call();
      if (answer?.response.ok === false) return failureOf(answer.error, answer.response.status);
    }
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}
