import type { FastifyBaseLogger } from "fastify";
import { shownKind } from "../description/index.ts";
import { mostRequests } from "./log.ts";

/** Options of each server that a program starts: where it listens, for whom, and what its workbench keeps. */
export interface StartServerOptions {
  /** Default: 0, which takes a free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** Host names that requests may be for, besides `host` and this machine's loopback names. */
  readonly allowHosts?: readonly string[] | undefined;
  /** Requests of each key that the workbench keeps, from 0, which is for load tests, to 500, the default. */
  readonly requests?: number | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
}

/** Their names, to find misspelled ones in programs without types. */
export const startServerOptionNames: readonly string[] = Object.keys({
  port: true,
  host: true,
  allowHosts: true,
  requests: true,
  logger: true,
} satisfies Record<keyof StartServerOptions, true>);

/** The message about the first wrong option; undefined if all are right. Whether the host and the port can be used is seen when it listens. */
export function problemOfStart({
  host = "",
  port = 0,
  allowHosts = [],
  requests = 0,
}: StartServerOptions): string | undefined {
  if (typeof host !== "string") return `host must be an address of this machine, not ${shownKind(host)}.`;
  // The text of a variable of the environment is a port, too.
  if (typeof port !== "number" && typeof port !== "string")
    return `port must be a whole number from 0, which takes a free one, to 65535, not ${shownKind(port)}.`;
  // A text would be taken for a list of its letters.
  if (!Array.isArray(allowHosts) || !allowHosts.every((it) => typeof it === "string"))
    return "allowHosts must be a list of names of hosts.";
  if (Number.isInteger(requests) && requests >= 0 && requests <= mostRequests) return undefined;
  return `requests must be a whole number from 0 to ${mostRequests}, not ${shownKind(requests)}.`;
}
