import { fileURLToPath } from "node:url";
import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { mayColor } from "./streams.ts";

export type LogForm = "pretty" | "json" | "none";

/**
 * A logger on standard error; standard output is for the ready lines. Requests don't wait for it: lines are written in batches, and a
 * worker thread formats them for people.
 */
export function createLogger(form: LogForm): FastifyBaseLogger | undefined {
  if (form === "none") return undefined;
  if (form === "json") {
    const lines = pino.destination({ dest: 2, sync: false });
    // The reader has closed the pipe.
    lines.on("error", () => process.exit(0));
    process.on("exit", () => lines.flushSync());
    return pino({ base: null }, lines);
  }
  const colorize = mayColor(process.stderr, process.env);
  const options = { colorize, singleLine: true, ignore: "pid,hostname,reqId" };
  const target = fileURLToPath(new URL("log-thread.js", import.meta.url));
  // The thread does not need this process's module loaders.
  const thread = pino.transport({ target, options, worker: { execArgv: [] } });
  // The thread ends when the reader has closed the pipe.
  thread.on("close", () => process.exit(0));
  return pino({}, thread);
}
