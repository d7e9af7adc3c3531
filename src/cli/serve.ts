import { Server as NetServer } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { FastifyInstance } from "fastify";
import { isHost, listen } from "../http/index.ts";
import { mostRequests } from "../workbench/index.ts";
import type { LogForm } from "./log.ts";

/** Where a server listens, and what it logs. */
export interface ServerFlags {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly log: LogForm;
  /** This option and the next: only for servers of instances. */
  readonly requests: number;
  readonly json?: boolean;
}

/** The exit codes of a server. `unusable`: what, besides its port and host, ends it with 2; `wrong`: what ends it with 1. */
export function serverCodes(unusable: readonly string[], wrong?: string): string {
  const middle = wrong === undefined ? "" : `1 ${wrong}, `;
  return `0 stopped by a signal, ${middle}2 wrong usage, or an ${unusable.join(", ")}, port or host that can't be used`;
}

/** Adds the options that all servers have. */
export function withServeOptions(command: Command, port: number): Command {
  return command
    .option("--port <number>", "port to listen on; 0 takes a free one", parsePort, port)
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1", "127.0.0.1"))
    .addOption(
      new Option("--allow-host <name>", "also answer requests for this host; repeatable")
        .argParser(collectHost)
        .default([], "this machine's loopback names, and the value of --host"),
    )
    .addOption(
      new Option("--log <format>", "how requests are logged, on standard error")
        .choices(["pretty", "json", "none"])
        .default("pretty"),
    );
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return port;
}

function collectHost(host: string, hosts: readonly string[]): string[] {
  if (!isHost(host)) throw new InvalidArgumentError("It must be a host name or address, without a port.");
  return [...hosts, host];
}

/** Adds the options of commands that serve instances. */
export function withInstanceOptions(command: Command): Command {
  return command
    .option(
      "--requests <number>",
      `requests of each key to keep for the page and /_requests, at most ${mostRequests}; 0 keeps none, for load tests`,
      parseRequests,
      mostRequests,
    )
    .option("--json", "print the base URLs as one line of JSON, for scripts");
}

function parseRequests(text: string): number {
  const requests = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(requests <= mostRequests))
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${mostRequests}.`);
  return requests;
}

/** The base URLs of an instance's mock and sandbox. */
export interface Served {
  readonly name: string;
  readonly mock?: string;
  readonly sandbox?: string;
}

/** Prints the line of JSON for `--json`. */
export function printServed(origin: string, instances: readonly Served[], apiKeys?: readonly string[]): void {
  console.log(JSON.stringify({ origin, instances, ...(apiKeys === undefined ? {} : { apiKeys }) }));
}

/** The delay of the last line, in milliseconds. */
export const lastLineMilliseconds = 500;

/**
 * Prints the last line of a server a while after the others. Only a write shows that the reader has closed the pipe (`| head -1`), and by
 * then such a reader is gone.
 */
export function sayHowToStop(): void {
  setTimeout(() => console.log("Ctrl+C stops."), lastLineMilliseconds).unref();
}

/** The hosts that requests may be for, besides loopback names. */
export function hostsOf({ host, allowHost }: Pick<ServerFlags, "host" | "allowHost">): string[] {
  return [host, ...allowHost];
}

/** How long running requests may take after the server was told to stop, in milliseconds. */
const graceMilliseconds = 3000;

/** How long answers announce that their connections will be closed, before idle connections are closed, in milliseconds. */
const farewellMilliseconds = 200;

/**
 * Listens, and returns the origin. SIGINT, SIGTERM and SIGHUP let running requests end, then stop the process with exit code 0. A client
 * may send its next request just when its connection is closed, so answers announce the close first.
 */
export async function serve(
  app: FastifyInstance,
  { host, port }: Pick<ServerFlags, "host" | "port">,
): Promise<string> {
  const origin = await listen(app, host, port);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Node's HTTP server would close idle connections at once; this only stops listening.
    NetServer.prototype.close.call(app.server);
    app.server.prependListener("request", (_request, response) => response.setHeader("connection", "close"));
    setTimeout(() => app.server.closeAllConnections(), graceMilliseconds).unref();
    const end = Date.now() + farewellMilliseconds;
    const leave = () =>
      app.server.getConnections((_error, connections) => {
        if (connections > 0 && Date.now() < end) setTimeout(leave, 10);
        else void app.close().then(() => process.exit(0));
      });
    leave();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return origin;
}
