import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./figures/figure.ts";
import { copyProject } from "./growth/copy.ts";

/** How many instances there are, the ones of the register among them. Others can be named: npm run bench -- growth 5 100. */
const usual = [5, 100, 500];

/** What may not be exceeded: milliseconds for an instance (of the docs, of the processor), seconds and megabytes of the whole, or kilobytes of a page, at this many instances. */
const bars = { at: 100, generate: 50, docs: 500, typecheck: 10, start: 5, memory: 300, page: 400 };

/** How much more five times the instances may cost. */
const mostGrowth = 5.5;

interface Costs {
  readonly instances: number;
  /** Seconds. */
  readonly generate: number;
  readonly typecheck: number;
  /** Of the processor, as others may need it, too. */
  readonly docs: number;
  /** The largest page of the docs, in kilobytes. */
  readonly page: number;
  /** Until `npm start` is ready. */
  readonly start: number;
  /** Of `npm start` once it is ready and its front page was read, in megabytes. */
  readonly memory: number;
}

const loader = ["--disable-warning=DEP0040", "--import", "@oxc-node/core/register"];
const tsc = join("node_modules", "typescript-native", "bin", "tsc");

/** What the project costs by the number of instances: each step from nothing, in a process of its own, in a copy of the project. */
export async function bench(args: readonly string[] = []): Promise<Figure[]> {
  const asked = args.map(Number);
  const counts = asked.length > 0 ? asked : usual;
  const all: Costs[] = [];
  print(["instances", "generate", "each", "typecheck", "docs", "each", "page", "npm start", "memory"]);
  for (const instances of counts) {
    const folder = copyProject(instances);
    try {
      const generate = timed(() => node(folder, [...loader, "src/cli/generate.ts"]));
      const typecheck = timed(() => node(folder, [tsc, "--noEmit"]));
      const { seconds: start, megabytes: memory } = await measureStart(folder);
      const docs = processorTime(folder, [...loader, "src/cli/docs.ts"]);
      const page = largestPage(join(folder, "dist", "docs"));
      all.push({ instances, generate, typecheck, docs, page, start, memory });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const [last] = all.slice(-1);
    if (last) print(rowOf(last));
  }
  return [...atBars(all), ...growthOf(all)];
}

function rowOf({ instances, generate, typecheck, docs, page, start, memory }: Costs): string[] {
  const each = (seconds: number) => `${((seconds / instances) * 1000).toFixed(0)} ms`;
  const whole = (seconds: number) => `${seconds.toFixed(1)} s`;
  return [
    String(instances),
    whole(generate),
    each(generate),
    whole(typecheck),
    whole(docs),
    each(docs),
    `${page.toFixed(0)} kB`,
    whole(start),
    `${memory.toFixed(0)} MB`,
  ];
}

function print(cells: string[]): void {
  console.log(cells.map((cell) => cell.padStart(10)).join(" "));
}

/** What an instance, or the whole, costs at the number of instances that the bars are set at. */
function atBars(all: readonly Costs[]): Figure[] {
  return all
    .filter(({ instances }) => instances === bars.at)
    .flatMap(({ instances, generate, typecheck, docs, page, start, memory }) => {
      const each = (seconds: number) => (seconds / instances) * 1000;
      const of = `with ${instances} instances`;
      return [
        { what: `generate ${of}`, value: each(generate), unit: "ms each", most: bars.generate },
        { what: `docs ${of}`, value: each(docs), unit: "ms each", most: bars.docs },
        { what: `largest page ${of}`, value: page, unit: "kB", most: bars.page },
        { what: `typecheck ${of}`, value: typecheck, unit: "s", most: bars.typecheck },
        { what: `npm start ${of}`, value: start, unit: "s", most: bars.start },
        { what: `memory of npm start ${of}`, value: memory, unit: "MB", most: bars.memory },
      ];
    });
}

/** Whatever costs more than linearly shows between the two largest counts. */
function growthOf(all: readonly Costs[]): Figure[] {
  const [some, most] = all.slice(-2);
  if (some === undefined || most === undefined || most.instances < 5 * some.instances || some.instances < 100)
    return [];
  const limit = (mostGrowth / 5) * (most.instances / some.instances);
  return (["generate", "typecheck", "docs", "start", "memory"] as const).map((key) => ({
    what: `${key} with ${most.instances} instances`,
    value: most[key] / some[key],
    unit: `× ${some.instances} instances`,
    most: limit,
  }));
}

/** The size of the largest page below a folder, in kilobytes. */
function largestPage(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sizes = files
    .filter((file) => file.endsWith(".html"))
    .map((file) => statSync(join(folder, file)).size);
  return Math.max(...sizes) / 1000;
}

function node(folder: string, args: string[]): void {
  execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** Has a process say at its end, on descriptor 3, what it took of the processor. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, JSON.stringify(process.cpuUsage())));
`)}`;

/** What a process of Node takes of the processor, in seconds: what else runs on the machine does not count. Throws when it fails. */
function processorTime(folder: string, args: string[]): number {
  const child = spawnSync(process.execPath, ["--import", meter, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  if (child.status !== 0) throw new Error(`${args.join(" ")} has ended with ${child.status}.`);
  const { user, system } = JSON.parse(String(child.output[3])) as NodeJS.CpuUsage;
  return (user + system) / 1e6;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

async function measureStart(folder: string): Promise<{ seconds: number; megabytes: number }> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...loader, "src/cli/start.ts", "--port", "0", "--log", "none"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const origin = await readyAt(child);
    const seconds = (performance.now() - begin) / 1000;
    await (await fetch(origin)).text();
    return { seconds, megabytes: residentMegabytes(child.pid ?? 0) };
  } finally {
    child.kill("SIGKILL");
  }
}

/** The origin that the command says to open. Rejects when it ends before. */
function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += String(chunk);
      const origin = /Open (http:\S+)/.exec(output)?.[1];
      if (origin !== undefined) resolve(origin);
    });
    child.on("close", () => reject(new Error(`npm start has ended:\n${output}`)));
  });
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(join("/proc", String(pid), "status"), "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
