import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { instanceNames } from "../../src/description/index.ts";
import { type Figure, quantile } from "../figures/figure.ts";
import { copyProject } from "../growth/copy.ts";
import { apiKey, instance, processorTimes } from "../sandbox/servers.ts";

const rounds = 5;

/** Seconds of a processor that a change may take until it is served. */
const most = 1;

/** In the contract's source: a file that every instance has in its contract. */
const changed = "openapi/components/handlers/email.yaml";

/** A process that uses no more than this in a second is idle, in seconds of a processor. */
const idle = 0.03;

/**
 * What `start --watch` takes in a clone from a change of the contract's source until it is served: processor time of the server and of the
 * process that derives, since time by the clock is mostly that of whatever else runs here. Nothing where no processor time can be read.
 */
export async function watched(): Promise<Figure[]> {
  if (!existsSync("/proc/self/stat")) return [];
  const folder = copyProject(instanceNames.length);
  // The register as it is, comments and all: generated/ is held against it.
  copyFileSync("redocly.yaml", join(folder, "redocly.yaml"));
  const args = ["start", instance, "--watch", "--port", "0", "--log", "none", "--api-key", apiKey];
  const child = spawn(
    process.execPath,
    ["--import", "@oxc-node/core/register", "src/cli/index.ts", ...args],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise((resolve) => child.on("close", resolve));
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const until = async (pattern: RegExp) => {
    while (!pattern.test(said)) {
      if (child.exitCode !== null) throw new Error(`start --watch has ended: ${said}`);
      await wait(5);
    }
  };
  try {
    await until(/Open http/);
    const file = join(folder, changed);
    const source = readFileSync(file, "utf8");
    const times: { own: number; whole: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      await untilIdle(child.pid ?? 0);
      said = "";
      const before = usedBy(child.pid ?? 0);
      const begun = performance.now();
      writeFileSync(file, source.replace(/description: /, `description: Changed ${round} `));
      await until(/Served anew/);
      times.push({ own: usedBy(child.pid ?? 0) - before, whole: performance.now() - begun });
    }
    console.log("a change until it is served by start --watch: milliseconds, and of the processor");
    for (const { own, whole } of times)
      console.log(`  ${whole.toFixed(0).padStart(7)}${(own * 1000).toFixed(0).padStart(7)}`);
    const [first, ...others] = times.map(({ own }) => own);
    const unit = "s of a processor";
    const spread = [quantile(others, 0.25), quantile(others, 0.75)] as const;
    return [
      { what: "start --watch, the first change", value: first ?? Number.NaN, unit, most },
      { what: "start --watch, a later change", value: quantile(others, 0.5), unit, spread, most },
    ];
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds of a processor that a process and those that it has started have used so far. */
function usedBy(pid: number): number {
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  const times = processorTimes([pid, ...started.map(Number)]).values();
  return [...times].reduce((sum, time) => sum + time, 0) / 1_000_000;
}

/** Waits until a process has loaded everything. A server that nobody asks still looks at its connections now and then. */
async function untilIdle(pid: number): Promise<void> {
  for (let before = Number.NEGATIVE_INFINITY, now = usedBy(pid); now - before > idle; now = usedBy(pid)) {
    before = now;
    await wait(1000);
  }
}
