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
  /** Changes one switch. `change` gets it as the last change left it, sent or not, and returns undefined to switch it off. */
  set(operation: Operation, change: (now: Switch | undefined) => Switch | undefined): Promise<void>;
  clear(): Promise<void>;
  /** Loads it again. */
  reload(): Promise<void>;
}

/**
 * `version` changes when the behaviour may have changed: requests use switches up, and others set them.
 *
 * A change replaces all switches, and readers change the next before the server has answered. So a change shows at once, each builds on the one
 * before it, they are sent one after the other, and what an answer says of the time before the last change is not shown.
 */
export function useBehaviour(place: Place, key: string, version: string): Behaving {
  const [state, setState] = useState<BehaviourState>();
  const [problem, setProblem] = useState<Failure>();
  const scope = `${place.server} ${place.instance.name} ${key}`;
  const current = useRef(scope);
  current.current = scope;
  /** What is shown, and what the server said or took last. */
  const latest = useRef<BehaviourState | undefined>(undefined);
  const told = useRef<BehaviourState | undefined>(undefined);
  const count = useRef(0);
  /** The last call of each place and key: those of one don't wait for those of another. */
  const calls = useRef(new Map<string, Promise<void>>());
  const show = useCallback((next: BehaviourState | undefined) => {
    latest.current = next;
    setState(next);
  }, []);
  const call = useCallback(
    (behaviour?: Behaviour | null): Promise<void> => {
      const before = calls.current.get(scope) ?? Promise.resolve();
      // What is left of another place must not make the calls of this one seem outdated.
      if (current.current !== scope) return before;
      count.current += 1;
      const number = count.current;
      /** An answer may arrive when another instance is shown, or when the next change has been made. */
      const isWanted = () => current.current === scope;
      const isLast = () => isWanted() && number === count.current;
      const run = async () => {
        const refused = behaviour === undefined ? undefined : await send(place, key, behaviour);
        if (!isWanted()) return;
        if (refused !== undefined) setProblem(refused);
        else if (behaviour !== undefined && told.current !== undefined)
          told.current = { ...told.current, behaviour: behaviour ?? {} };
        if (!isLast()) return;
        const { data, failure } = await load(place, key);
        if (!isLast()) return;
        told.current = data;
        show(data);
        setProblem(refused ?? failure);
      };
      const after = before.then(run).catch((error: unknown) => {
        if (isWanted()) setProblem(failureOf(error));
        if (isLast()) show(told.current);
      });
      calls.current.set(scope, after);
      return after;
    },
    [scope],
  );
  useEffect(() => {
    told.current = undefined;
    show(undefined);
    setProblem(undefined);
  }, [scope]);
  useEffect(() => {
    if (key !== "") void call();
  }, [call, version]);
  return {
    state,
    problem,
    set: (operation, change) => {
      const { [operation]: before, ...others } = latest.current?.behaviour ?? {};
      const next = change(before);
      const behaviour = next === undefined ? others : { ...others, [operation]: next };
      if (latest.current !== undefined) show({ ...latest.current, behaviour });
      return call(behaviour);
    },
    clear: () => {
      if (latest.current !== undefined) show({ ...latest.current, behaviour: {} });
      return call(null);
    },
    reload: () => call(),
  };
}

const path = "/{server}/{instance}/_behaviour";

/** Replaces all switches; null switches all off. Why it was refused, if it was. */
async function send(place: Place, key: string, behaviour: Behaviour | null): Promise<Failure | undefined> {
  const api = workbenchApi(key);
  const { error, response } =
    behaviour === null
      ? await api.DELETE(path, parametersOf(place))
      : await api.PUT(path, { ...parametersOf(place), body: behaviour });
  return response.ok ? undefined : failureOf(error, response.status);
}

async function load(
  place: Place,
  key: string,
): Promise<{ data: BehaviourState | undefined; failure: Failure | undefined }> {
  const { data, error, response } = await workbenchApi(key).GET(path, parametersOf(place));
  return { data, failure: error === undefined ? undefined : failureOf(error, response.status) };
}

function parametersOf({ server, instance }: Place) {
  return { params: { path: { server, instance: instance.name } } };
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
