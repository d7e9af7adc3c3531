import {
  type PoolOptions,
  type PoolWorker,
  type TestProject,
  ThreadsPoolWorker,
  type Vite,
  type WorkerRequest,
} from "vitest/node";

/*
 * Stryker has vitest begin a thread for each mutant, which loads all libraries again: seconds, where the tests take milliseconds. Here a thread is
 * kept for many of them. Each still evaluates the project's own modules anew, so that no mutant leaves anything to the next but what it does
 * to libraries and globals.
 */

/** After so many mutants a thread ends: what vitest holds of past runs adds up. */
const runsOfThread = 100;

interface Kept {
  readonly worker: ThreadsPoolWorker;
  runs: number;
  /** Whether the thread has answered vitest's first message. Later ones only change the configuration. */
  isSetUp: boolean;
}

let kept: Kept | undefined;

type Listener = Parameters<PoolWorker["on"]>[1];

/** A thread in the eyes of vitest: it ends after a run. */
class KeptThread implements PoolWorker {
  readonly name = "kept-thread";
  readonly #options: PoolOptions;
  readonly #listeners: [event: string, listener: Listener][] = [];
  #config: object = {};
  #isBusy = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (kept !== undefined && kept.runs >= runsOfThread) await end();
    if (kept === undefined) {
      kept = { worker: new ThreadsPoolWorker(this.#options), runs: 0, isSetUp: false };
      await kept.worker.start();
    }
    this.on("message", (message) => {
      if (message?.type === "testfileFinished") this.#isBusy = false;
    });
  }

  async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners.splice(0)) kept?.worker.off(event, listener);
    // What was broken off would go on beside the next mutant.
    if (this.#isBusy) await end();
  }

  on(event: string, listener: Listener): void {
    this.#listeners.push([event, listener]);
    kept?.worker.on(event, listener);
  }

  off(event: string, listener: Listener): void {
    kept?.worker.off(event, listener);
  }

  send(message: WorkerRequest): void {
    if (kept === undefined) return;
    if (message.type === "start") {
      this.#config = message.context.config;
      if (kept.isSetUp) this.#answer("started");
      else kept.worker.send(message);
      kept.isSetUp = true;
    } else if (message.type === "stop") {
      this.#answer("stopped");
    } else if (message.type === "run") {
      kept.runs += 1;
      this.#isBusy = true;
      const context = {
        ...message.context,
        config: this.#config,
        invalidates: ownModules(this.#options.project),
      };
      kept.worker.send({ ...message, context });
    } else kept.worker.send(message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  /** What the thread would answer. */
  #answer(type: "started" | "stopped"): void {
    const answer = { __vitest_worker_response__: true, type };
    for (const [event, listener] of [...this.#listeners]) if (event === "message") listener(answer);
  }
}

async function end(): Promise<void> {
  const { worker } = kept ?? {};
  kept = undefined;
  await worker?.stop();
}

/** The files of the project that were loaded. */
function ownModules({ vite }: TestProject): string[] {
  const files = Object.values(vite.environments).flatMap(({ moduleGraph }) => [
    ...moduleGraph.fileToModulesMap.keys(),
  ]);
  return [...new Set(files)].filter((file) => !file.includes("/node_modules/"));
}

/** Stryker names vitest's threads on its command line: a plugin has the last word. */
export const keptThread: Vite.Plugin = {
  name: "kept-thread",
  configureVitest({ project, vitest }) {
    const pool = { name: "kept-thread", createPoolWorker: (options: PoolOptions) => new KeptThread(options) };
    Object.assign(project.config, { pool: pool.name, poolRunner: pool });
    vitest.onClose(end);
  },
};
