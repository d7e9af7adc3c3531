import type { OperationKind } from "../description/index.ts";
import { keyIn } from "../http/index.ts";
import type { Behaviour, Switch } from "./description.ts";
import { type Owner, ownerOf } from "./owner.ts";

/** What is switched on, by instance and key. It lives as long as the process. */
export interface Behaviours {
  /**
   * What is switched on for a request with this Authorization header. One that is switched on for so many requests is used up by it.
   */
  take(instance: string, authorization: string | undefined, kind: OperationKind): Switch | undefined;
  get(instance: string, owner: Owner): Behaviour;
  /** Replaces what is switched on. */
  set(instance: string, owner: Owner, behaviour: Behaviour): void;
}

/** So many keys, in each instance, can have something switched on; those that were switched first are forgotten. */
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
      // Mostly nothing is switched on: a request need not be looked at for that.
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
