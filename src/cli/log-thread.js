import { pino } from "pino";
import pretty from "pino-pretty";

/**
 * The thread that formats the log for people. It writes to standard error itself: the thread's `process.stderr` would wait for the main
 * thread, which waits for this one when the process exits. It ends when the reader has closed the pipe.
 *
 * @param {import("pino-pretty").PrettyOptions} options
 */
export default (options) => {
  const destination = pino.destination({ dest: 2, sync: false });
  destination.on("error", () => process.exit(0));
  return pretty({ ...options, destination });
};
