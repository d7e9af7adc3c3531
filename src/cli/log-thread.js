import pretty from "pino-pretty";

/**
 * The thread that makes a log readable. What it writes goes through the process's own standard error, so that a reader who has gone is noticed
 * there.
 *
 * @param {import("pino-pretty").PrettyOptions} options
 */
export default (options) => pretty({ ...options, destination: process.stderr });
