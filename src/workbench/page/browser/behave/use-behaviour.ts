import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../failure.ts";
import type { Place } from "../place.ts";
import {
  type Behaviour,
  type BehaviourState,
  type Operation,
  type Switch,
  workbenchApi,
} from "../workbench-api.ts";

/** The behaviour of an instance for a key, and how to change it. */
export interface Behaving {
  readonly state: BehaviourState | undefined;
  /** Why it can't be read or changed. */
  readonly problem: Failure | undefined;
  /** Undefined switches it off. */
  set(operation: Operation, change: Switch | undefined): Promise<void>;
  clear(): Promise<void>;
  /** Loads it again. */
  reload(): Promise<void>;
}

/** `version` changes when the behaviour may have changed: requests use switches up, and others set them. */
export function useBehaviour({ instance, server }: Place, key: string, version: string): Behaving {
  const [state, setState] = useState<BehaviourState>();
  const [problem, setProblem] = useState<Failure>();
  const scope = `${server} ${instance.name} ${key}`;
  const current = useRef(scope);
  current.current = scope;
  const call = useCallback(
    async (behaviour?: Behaviour | null) => {
      /** An answer may arrive when another instance is shown. */
      const isWanted = () => current.current === scope;
      const api = workbenchApi(key);
      const params = { params: { path: { server, instance: instance.name } } };
      const path = "/{server}/{instance}/_behaviour";
      try {
        if (behaviour !== undefined) {
          const { error, response } =
            behaviour === null
              ? await api.DELETE(path, params)
              : await api.PUT(path, { ...params, body: behaviour });
          if (!isWanted()) return;
          if (!response.ok) return setProblem(failureOf(error, response.status));
        }
        const { data, error, response } = await api.GET(path, params);
        if (!isWanted()) return;
        setState(data);
        setProblem(error === undefined ? undefined : failureOf(error, response.status));
      } catch (error) {
        if (isWanted()) setProblem(failureOf(error));
      }
    },
    [scope],
  );
  useEffect(() => {
    setState(undefined);
    setProblem(undefined);
  }, [scope]);
  useEffect(() => {
    if (key !== "") void call();
  }, [call, version]);
  return {
    state,
    problem,
    set: (operation, change) => {
      const { [operation]: _before, ...others } = state?.behaviour ?? {};
      return call(change === undefined ? others : { ...others, [operation]: change });
    },
    clear: () => call(null),
    reload: () => call(),
  };
}

/** Operations in the order in which readers see them. */
export const operations: readonly Operation[] = ["list", "read", "create", "update", "delete"];

/** What is switched on, in the order of operations. */
export function switchedOn(state: BehaviourState | undefined): [Operation, Switch][] {
  return operations.flatMap((operation) => {
    const found = state?.behaviour[operation];
    return found === undefined ? [] : [[operation, found]];
  });
}
