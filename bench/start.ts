import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../src/generate/paths.ts";
import { buildDevkit } from "../src/package/index.ts";
import { type Figure, quantile, ratioOf } from "./figures/figure.ts";
import { apiKey, instance, processorTimes, start } from "./sandbox/servers.ts";
import { watched } from "./start/watch.ts";

const rounds = 7;
const peer = "prism mock";

/** The most time that a command may take until it is ready, as a ratio to `prism mock`. */
const most = 1;

/** A folder of its own, so that nothing is written into the user's. */
const key = ["--api-key", apiKey];

/** Each command with what it prints when it is ready. */
const commands: readonly (readonly [name: string, args: readonly string[], ready: RegExp])[] = [
  ["start", ["start", ...key], /(Open http:\S+)/],
  ["start, one instance", ["start", instance, ...key], /(Open http:\S+)/],
  ["mock", ["mock"], /(http:\S+)/],
  ["sandbox", ["sandbox", ...key], /(http:\S+)/],
  ["contract --help", ["contract", "--help"], /(Exit codes)/],
  ["--help", ["--help"], /(Usage)/],
];

/**
 * How long the commands of the packed devkit take until they are ready, beside Prism's mock and a Node process that does nothing, and what
 * a clone takes until it serves a changed contract.
 */
export async function bench(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "start-bench-"));
  try {
    const devkit = await laidOut(folder);
    const prism = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
    const bundle = join(projectRoot, "generated", instance, "openapi.yaml");
    const idle = "console.log('ready'); setInterval(() => {}, 1000)";
    const command = join(devkit, "src/cli/index.js");
    const all: readonly (readonly [string, readonly string[], RegExp])[] = [
      ["node", ["--eval", idle], /(ready)/],
      [peer, [prism, "mock", "--port", "0", bundle], /(Prism is listening)/],
      ...commands.map(([name, args, ready]) => {
        const isServer = !args.includes("--help");
        return [
          name,
          [command, ...args, ...(isServer ? ["--port", "0", "--log", "none"] : [])],
          ready,
        ] as const;
      }),
    ];
    const times = new Map<string, { whole: number; own: number }[]>(all.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, args, ready] of all) times.get(name)?.push(await timed(args, ready));
    }
    const values = (name: string, of: "whole" | "own") => (times.get(name) ?? []).map((it) => it[of]);
    console.log(`milliseconds until ready, and of the processor; medians of ${rounds} starts in turn`);
    const figures: Figure[] = [];
    for (const [name] of all) {
      const [whole, own] = [quantile(values(name, "whole"), 0.5), quantile(values(name, "own"), 0.5)];
      console.log(
        `  ${name.padEnd(20)}${whole.toFixed(0).padStart(7)}${Number.isNaN(own) ? "" : own.toFixed(0).padStart(7)}`,
      );
      if (name === "node" || name === peer) continue;
      const pair = { own: values(name, "whole"), others: values(peer, "whole") };
      figures.push(ratioOf(name, peer, pair, { most }));
    }
    return [...figures, ...(await watched())];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The devkit as it is installed; its dependencies are this project's. */
async function laidOut(folder: string): Promise<string> {
  const built = join(folder, "built");
  await buildDevkit(projectRoot, built);
  writeFileSync(join(folder, "package.json"), "{}");
  const modules = join(folder, "node_modules");
  const devkit = join(modules, "notification-handlers-devkit");
  cpSync(built, devkit, { recursive: true });
  const { dependencies } = createRequire(join(devkit, "/"))("./package.json") as { dependencies: object };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules", name), join(modules, name));
  }
  return devkit;
}

async function timed(args: readonly string[], ready: RegExp): Promise<{ whole: number; own: number }> {
  const begun = performance.now();
  const server = await start(args, ready);
  const whole = performance.now() - begun;
  const [own = Number.NaN] = processorTimes([server.process.pid ?? 0]).values();
  await server.stop();
  return { whole, own: own / 1000 };
}
