import { useEffect, useState } from "preact/hooks";
import type { Served } from "../boot.ts";
import { boot } from "./boot.ts";

export const tabs = ["requests", "data", "behave", "docs"] as const;
export type Tab = (typeof tabs)[number];
export type Server = "sandbox" | "mock";

/** What the reader looks at. It is in the URL's fragment, which servers don't see; the key never is. */
export interface Place {
  readonly instance: Served;
  readonly server: Server;
  readonly tab: Tab;
}

/** The servers of an instance on this page. */
export function serversOf(instance: Served): Server[] {
  return (["sandbox", "mock"] as const).filter((server) => instance[server] !== undefined);
}

/** The URL that clients call. */
export function baseUrlOf({ instance, server }: Pick<Place, "instance" | "server">): string {
  return location.origin + (instance[server] ?? "");
}

/** The place that a fragment names. Missing and wrong parts become the first that exists. */
export function readPlace(hash: string): Place | undefined {
  const [name, server, tab] = hash.replace(/^#/, "").split("/").map(decoded);
  const instance = boot.instances.find((each) => each.name === name) ?? boot.instances[0];
  if (instance === undefined) return undefined;
  const servers = serversOf(instance);
  return {
    instance,
    server: servers.find((each) => each === server) ?? servers[0] ?? "mock",
    tab: tabs.find((each) => each === tab) ?? "requests",
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The fragment that names a place. */
export function hashOf({ instance, server, tab }: Place): string {
  return `#${encodeURIComponent(instance.name)}/${server}/${tab}`;
}

/** The current place, and how to go to another. The Back button goes through them. */
export function usePlace(): [Place | undefined, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => readPlace(location.hash));
  useEffect(() => {
    const follow = () => setPlace(readPlace(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const go = (change: Partial<Place>) => {
    // Not the place that is shown: the address changes at once, and the page only when the browser tells it.
    const now = readPlace(location.hash);
    if (now === undefined) return;
    const next = { ...now, ...change };
    // An instance may lack the server that is shown now.
    location.hash = hashOf(readPlace(hashOf(next)) ?? next);
  };
  return [place, go];
}
