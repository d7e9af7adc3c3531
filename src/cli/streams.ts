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

/** Whether what is printed there may have colours: on a terminal that can show them, unless NO_COLOR forbids it (https://no-color.org). */
export function mayColor(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): boolean {
  return isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}
