import type { OperationKind } from "../description/index.ts";
import { keyIn } from "../http/index.ts";
import type { Behaviour, Switch } from "./own-paths.ts";
import { type Owner, ownerOf } from "./owner.ts";

/** The behaviour that each key has switched on, by instance. It lives as long as the process. */
export interface Behaviours {
  /** The switch for a request with this Authorization header. A switch that is limited to a number of requests is used up by one. */
  take(instance: string, authorization: string | undefined, kind: OperationKind): Switch | undefined;
  get(instance: string, owner: Owner): Behaviour;
  /** Replaces what a key has switched on. */
  set(instance: string, owner: Owner, behaviour: Behaviour): void;
}

/** How many keys per instance can have something switched on. The oldest are dropped. */
const mostSwitched = 1000;

export function createBehaviours(): Behaviours {
  const switched = new Map<string, Behaviour>();
  const placeOf = (instance: string, owner: Owner) => `${instance} ${owner}`;

  function set(place: string, behaviour: Behaviour): void {
    switched.delete(place);
    if (Object.keys(behaviour).length === 0) return;
    const [first] = switched.keys();
    if (switched.size >= mostSwitched && first !== undefined) switched.delete(first);
    switched.set(place, behaviour);
  }

  return {
    take(instance, authorization, kind) {
      // The common case: nothing is switched on.
      if (switched.size === 0) return undefined;
      const key = keyIn(authorization);
      if (key === undefined) return undefined;
      const place = placeOf(instance, ownerOf(key));
      const { [kind]: found, ...others } = switched.get(place) ?? {};
      if (found?.times === undefined) return found;
      const left = found.times - 1;
      set(place, left === 0 ? others : { ...others, [kind]: { ...found, times: left } });
      return found;
    },
    get: (instance, owner) => switched.get(placeOf(instance, owner)) ?? {},
    set: (instance, owner, behaviour) => set(placeOf(instance, owner), behaviour),
  };
}
