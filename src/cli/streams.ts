import { closeSync, constants, fstatSync, openSync } from "node:fs";

/**
 * Ends the process quietly, with exit code 0, when nobody reads what it prints any more (`| head -1`, a terminal that was closed).
 * `instead`: for what must not end in the midst; nothing more is printed, then.
 */
export function endWithReader(instead: () => void = () => process.exit(0)): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "EPIPE" || code === "EIO") instead();
    });
  }
}

/** How often a server looks whether somebody still reads what it printed, in milliseconds. */
const lookMilliseconds = 500;

/**
 * Calls `end` when nobody can read standard output any more, where that is a pipe: a server that has said where it listens may not print again,
 * and so would not notice. Only Linux tells it without a write; elsewhere a server ends at the next line that it prints.
 */
export function endWithoutReader(end: () => void): void {
  if (process.platform !== "linux" || !fstatSync(1).isFIFO()) return;
  const look = setInterval(() => {
    try {
      // A pipe without a reader can't be opened for writing (fifo(7)).
      closeSync(openSync("/proc/self/fd/1", constants.O_WRONLY | constants.O_NONBLOCK));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENXIO") return;
      clearInterval(look);
      end();
    }
  }, lookMilliseconds).unref();
}

/** Whether what is printed there may have colours: on a terminal that can show them, unless NO_COLOR forbids it (https://no-color.org). */
export function mayColor(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): boolean {
  return isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}
