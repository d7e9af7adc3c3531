import { pino } from "pino";
import pretty from "pino-pretty";

/**
 * The thread that formats the log for people. It writes to the file of standard error: `process.stderr` of a thread writes through the main
 * thread, which waits for this one when the process exits. The thread ends when nobody reads standard error any more.
 *
 * @param {import("pino-pretty").PrettyOptions} options
 */
export default (options) => {
  const destination = pino.destination({ dest: 2, sync: false });
  destination.on("error", () => process.exit(0));
  return pretty({ ...options, destination });
};
