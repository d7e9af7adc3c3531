import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { mayColor } from "./streams.ts";

export type LogForm = "pretty" | "json" | "none";

/**
 * A logger on standard error, so that standard output has the ready lines only. No request waits for its line: a thread writes it, and makes it
 * readable where people read it.
 */
export function createLogger(form: LogForm): FastifyBaseLogger | undefined {
  if (form === "none") return undefined;
  // The thread needs none of the loaders of this process.
  const worker = { execArgv: [] };
  if (form === "json") {
    const transport = pino.transport({ target: "pino/file", options: { destination: 2 }, worker });
    return pino({ base: null }, transport);
  }
  const colorize = mayColor(process.stderr, process.env);
  const options = { destination: 2, colorize, singleLine: true, ignore: "pid,hostname,reqId" };
  return pino({}, pino.transport({ target: "pino-pretty", options, worker }));
}
