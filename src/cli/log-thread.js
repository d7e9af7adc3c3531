import pretty from "pino-pretty";

/**
 * The thread that formats the log for people. It writes through the process's own standard error, so that a closed pipe is noticed there.
 *
 * @param {import("pino-pretty").PrettyOptions} options
 */
export default (options) => pretty({ ...options, destination: process.stderr });
