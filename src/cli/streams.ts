/**
 * Ends the process quietly, with exit code 0, when nobody reads its output any more (`| head -1`, a closed terminal). `instead`: for
 * commands that must not end halfway; nothing more is printed then.
 */
export function exitWhenReaderLeaves(instead: () => void = () => process.exit(0)): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "EPIPE" || code === "EIO") instead();
    });
  }
}

/** Whether output may be coloured: on a terminal that supports colours, unless NO_COLOR forbids it (https://no-color.org). */
export function mayColor(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): boolean {
  return isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}
