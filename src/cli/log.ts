import { fileURLToPath } from "node:url";
import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { mayColor } from "./streams.ts";

export type LogForm = "pretty" | "json" | "none";

/**
 * A logger on standard error, so that standard output has the ready lines only. No request waits for its line: lines are written together, and
 * a thread makes them readable where people read them.
 */
export function createLogger(form: LogForm): FastifyBaseLogger | undefined {
  if (form === "none") return undefined;
  if (form === "json") {
    const lines = pino.destination({ dest: 2, sync: false });
    // Nobody reads them any more.
    lines.on("error", () => process.exit(0));
    process.on("exit", () => lines.flushSync());
    return pino({ base: null }, lines);
  }
  const colorize = mayColor(process.stderr, process.env);
  const options = { colorize, singleLine: true, ignore: "pid,hostname,reqId" };
  const target = fileURLToPath(new URL("log-thread.js", import.meta.url));
  // The thread needs none of the loaders of this process.
  return pino({}, pino.transport({ target, options, worker: { execArgv: [] } }));
}
