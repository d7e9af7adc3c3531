import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { DocsError } from "./error.ts";

/** Renders documents with Redoc, in a process of its own that lives while there is something to render. */
export interface Renderer {
  /**
   * Fills a template of Redocly's `build-docs` with the prerendered document.
   *
   * @throws {DocsError} when Redocly can't render it
   */
  render(document: unknown, options: Record<string, unknown>, template: string): Promise<string>;
  /** Ends the process; what is being rendered fails. */
  close(): void;
}

interface Answer {
  readonly number: number;
  readonly rendered?: string;
  readonly error?: string;
}

interface Waiting {
  resolve(rendered: string): void;
  reject(error: Error): void;
}

/** How long the process waits for the next page before it ends, in milliseconds. */
const idleMilliseconds = 10_000;

/** A renderer; its process starts with the first page, ends when nobody asks for pages, and starts again with the next one. */
export function createRenderer(): Renderer {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;

  function fail(reason: string): void {
    for (const { reject } of waiting.values()) reject(new DocsError(reason));
    waiting.clear();
  }

  function start(): ChildProcess {
    const started = fork(fileURLToPath(new URL("redoc-process.js", import.meta.url)), {
      // The parent's loaders are not needed, and Redoc's server side is smaller without React's warnings.
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", REDOCLY_TELEMETRY: "off" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.on("message", ({ number, rendered, error }: Answer) => {
      const job = waiting.get(number);
      waiting.delete(number);
      if (rendered === undefined) job?.reject(new DocsError(`Redoc can't render it: ${error}`));
      else job?.resolve(rendered);
      if (waiting.size === 0) idle = setTimeout(close, idleMilliseconds).unref();
    });
    started.on("error", (error) => fail(`Redoc can't be started: ${error.message}`));
    started.on("exit", () => {
      if (child === started) {
        child = undefined;
        fail("Redoc's process has ended before it was done.");
      }
    });
    // What is rendered keeps this process alive, and the idle child does not.
    started.unref();
    return started;
  }

  function close(): void {
    clearTimeout(idle);
    const ending = child;
    child = undefined;
    ending?.disconnect();
    ending?.kill();
    fail("The renderer was closed.");
  }

  return {
    render(document, options, template) {
      clearTimeout(idle);
      child ??= start();
      const running = child;
      const number = count++;
      return new Promise<string>((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        running.channel?.ref();
        running.send({ number, document, options, template });
      }).finally(() => {
        if (waiting.size === 0) running.channel?.unref();
      });
    },
    close,
  };
}
