import { Server as NetServer } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { FastifyInstance } from "fastify";
import { isHost, listen } from "../http/index.ts";
import { mostRequests } from "../workbench/index.ts";
import type { LogForm } from "./log.ts";

/** Where a server command listens, and what it logs. */
export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly log: LogForm;
  /** This and the next one: of servers of instances alone. */
  readonly requests: number;
  readonly json?: boolean;
}

/** The exit codes of a server. `unusable`: what else it ends with 2 for. */
export function serverCodes(...unusable: readonly string[]): string {
  const reasons = ["wrong usage", ...unusable].join(", ");
  return `0 stopped by a signal, 2 ${reasons}, or a port or host that can't be listened on`;
}

/** Gives a command the options of every server here. */
export function withServeOptions(command: Command, port: number): Command {
  return command
    .option("--port <number>", "port to listen on; 0 takes a free one", parsePort, port)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option(
      "--allow-host <name>",
      "answer requests for this host, too; repeatable (default: this machine's loopback names, and what --host says)",
      collectHost,
      [],
    )
    .addOption(
      new Option("--log <form>", "how requests are logged, on standard error")
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
  if (!isHost(host)) throw new InvalidArgumentError("It must be a host's name or address, without a port.");
  return [...hosts, host];
}

/** Gives a command that serves instances what these have beside. */
export function withInstanceOptions(command: Command): Command {
  return command
    .option(
      "--requests <number>",
      `requests of each key to keep for the page and /_requests, at most ${mostRequests}; 0 keeps none, for load tests`,
      parseRequests,
      mostRequests,
    )
    .option("--json", "print what is served where as one line of JSON, for scripts");
}

function parseRequests(text: string): number {
  const requests = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(requests <= mostRequests))
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${mostRequests}.`);
  return requests;
}

/** What is served of an instance: the base URLs of its mock and its sandbox. */
export interface Served {
  readonly name: string;
  readonly mock?: string;
  readonly sandbox?: string;
}

/** Prints what `--json` is for, in one line. */
export function printServed(origin: string, instances: readonly Served[], apiKeys?: readonly string[]): void {
  console.log(JSON.stringify({ origin, instances, ...(apiKeys === undefined ? {} : { apiKeys }) }));
}

/** How long after the other lines the last one is printed, in milliseconds. */
export const lastLineMilliseconds = 500;

/**
 * Prints the last line of a server, a while after the others: that nobody reads any more (`| head -1`) shows in a write alone, and a reader that
 * goes after the first line is gone by then.
 */
export function sayHowToStop(): void {
  setTimeout(() => console.log("Ctrl+C stops."), lastLineMilliseconds).unref();
}

/** What requests to a server may be for, next to loopback names. */
export function hostsOf({ host, allowHost }: Pick<ServeOptions, "host" | "allowHost">): string[] {
  return [host, ...allowHost];
}

/** How long requests that are being answered may take once the server was told to stop, in milliseconds. */
const graceMilliseconds = 3000;

/** How long clients are told with their answers that connections end here, before connections without a request are ended. */
const farewellMilliseconds = 200;

/**
 * Listens and returns the origin. SIGINT, SIGTERM and SIGHUP let running requests end, then stop the process with exit code 0. A client that keeps
 * its connection may be sending its next request just when the connection is ended: so it is asked not to keep it, first.
 */
export async function serve(
  app: FastifyInstance,
  { host, port }: Pick<ServeOptions, "host" | "port">,
): Promise<string> {
  const origin = await listen(app, host, port);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Node's HTTP server would end them at once: here it only stops listening.
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
