import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Figure, ratioOf } from "./figures/figure.ts";
import { copyProject } from "./growth/copy.ts";

/** Numbers of instances, the registered ones included. Others can be given: npm run bench -- growth 5 100. */
const usual = [5, 100, 500];

/** The bars, at this many instances: a ratio to the peer, milliseconds of processor time per instance, seconds and megabytes in total, and kilobytes of a page. */
const bars = { at: 100, generate: 1, docs: 500, typecheck: 10, start: 5, memory: 300, page: 400 };

/** How many rounds generate and its peer run in turn. */
const rounds = 3;

/** How many times more five times the instances may cost. */
const mostGrowth = 5.5;

interface Costs {
  readonly instances: number;
  /** Processor time in seconds, since other processes run as well; one value per round. */
  readonly generate: readonly number[];
  /** The same for its peer, bench/growth/bare.ts; only at the number of instances that has bars. */
  readonly bare: readonly number[];
  readonly docs: number;
  /** Seconds. */
  readonly typecheck: number;
  /** The largest page of the docs, in kilobytes. */
  readonly page: number;
  /** Until `npm start` is ready. */
  readonly start: number;
  /** Memory of `npm start` after its front page was read, in megabytes. */
  readonly memory: number;
}

const peer = "Redocly's lint and openapi-typescript alone";
const loader = ["--disable-warning=DEP0040", "--import", "@oxc-node/core/register"];
const tsc = join("node_modules", "typescript-native", "bin", "tsc");

/** How the project's costs grow with the number of instances. Each step runs from scratch, in its own process, in a copy of the project. */
export async function bench(args: readonly string[] = []): Promise<Figure[]> {
  const asked = args.map(Number);
  const counts = asked.length > 0 ? asked : usual;
  const all: Costs[] = [];
  print(["instances", "generate", "each", "typecheck", "docs", "each", "page", "npm start", "memory"]);
  for (const instances of counts) {
    const folder = copyProject(instances);
    try {
      const { generate, bare } = generateInTurns(folder, instances === bars.at ? rounds : 0);
      const typecheck = timed(() => node(folder, [tsc, "--noEmit"]));
      const { seconds: start, megabytes: memory } = await measureStart(folder);
      const docs = processorTime(folder, [...loader, "src/cli/docs.ts"]);
      const page = largestPage(join(folder, "dist", "docs"));
      all.push({ instances, generate, bare, typecheck, docs, page, start, memory });
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
    whole(firstOf(generate)),
    each(firstOf(generate)),
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

/** The cost per instance, and in total, at the number of instances that has bars. */
function atBars(all: readonly Costs[]): Figure[] {
  return all
    .filter(({ instances }) => instances === bars.at)
    .flatMap(({ instances, generate, bare, typecheck, docs, page, start, memory }) => {
      const each = (seconds: number) => (seconds / instances) * 1000;
      const of = `with ${instances} instances`;
      return [
        ratioOf(`generate ${of}`, peer, { own: generate, others: bare }, { most: bars.generate }),
        { what: `generate ${of}`, value: each(firstOf(generate)), unit: "ms each" },
        { what: `docs ${of}`, value: each(docs), unit: "ms each", most: bars.docs },
        { what: `largest page ${of}`, value: page, unit: "kB", most: bars.page },
        { what: `typecheck ${of}`, value: typecheck, unit: "s", most: bars.typecheck },
        { what: `npm start ${of}`, value: start, unit: "s", most: bars.start },
        { what: `memory of npm start ${of}`, value: memory, unit: "MB", most: bars.memory },
      ];
    });
}

/** Compares the two largest numbers of instances: costs that grow faster than linearly show there. */
function growthOf(all: readonly Costs[]): Figure[] {
  const [some, most] = all.slice(-2);
  if (some === undefined || most === undefined || most.instances < 5 * some.instances || some.instances < 100)
    return [];
  const limit = (mostGrowth / 5) * (most.instances / some.instances);
  const ofAll = ({ generate, typecheck, docs, start, memory }: Costs) => ({
    generate: firstOf(generate),
    typecheck,
    docs,
    start,
    memory,
  });
  const before = ofAll(some);
  return Object.entries(ofAll(most)).map(([key, value]) => ({
    what: `${key} with ${most.instances} instances`,
    value: value / before[key as keyof typeof before],
    unit: `× ${some.instances} instances`,
    most: limit,
  }));
}

/** Generates from scratch, then in turn with the peer, which reads what was generated. */
function generateInTurns(folder: string, turns: number): { generate: number[]; bare: number[] } {
  const once = () => processorTime(folder, [...loader, "src/cli/generate.ts"]);
  const generate = [once()];
  const bare: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    if (turn > 0) {
      rmSync(join(folder, "generated"), { recursive: true });
      generate.push(once());
    }
    bare.push(processorTime(folder, [...loader, join("bench", "growth", "bare.ts")]));
  }
  return { generate, bare };
}

/** Of the round that begins with what a clone has. */
const firstOf = ([first = Number.NaN]: readonly number[]) => first;

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

/** Makes a process write its processor time to descriptor 3 when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, JSON.stringify(process.cpuUsage())));
`)}`;

/** The processor time of a Node process in seconds, which other processes don't affect. Throws if it fails. */
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

/** The origin that the command prints. Rejects if the command ends before. */
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
