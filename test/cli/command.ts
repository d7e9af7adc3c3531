import { type ChildProcess, spawn } from "node:child_process";
import { nodeArguments } from "./built.ts";

/** A command of the project, started like its npm script. */
export interface Running {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when standard output has a line that the pattern matches; rejects when the command ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves to the exit code, or to the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

export function start(script: string, ...args: string[]): Running {
  const child = spawn(process.execPath, [...nodeArguments(script), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    for (const look of waiting) look();
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(stdout);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        void ended.then((code) => reject(new Error(`ended with ${code}: ${stderr}`)));
      });
    },
  };
}
