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

/** In the contract's source: a file with an example that every instance shows. */
const changed = "openapi/components/handlers/email.yaml";

/** So long a process must do nothing until it is taken for idle, in milliseconds. */
const idle = 1000;

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
      writeFileSync(file, source.replace("Work email", `Work email ${round}`));
      await until(/Served anew/);
      times.push({ own: usedBy(child.pid ?? 0) - before, whole: performance.now() - begun });
    }
    // The first one finds code that has never run.
    const [own = [], whole = []] = (["own", "whole"] as const).map((it) =>
      times.slice(1).map((each) => each[it]),
    );
    console.log(
      `a change until it is served: ${quantile(whole, 0.5).toFixed(0)} ms, ${(quantile(own, 0.5) * 1000).toFixed(0)} ms of the processor; medians of ${rounds}`,
    );
    const spread = [quantile(own, 0.25), quantile(own, 0.75)] as const;
    const what = "start --watch, a change until it is served";
    return [{ what, value: quantile(own, 0.5), unit: "s of a processor", spread, most }];
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

async function untilIdle(pid: number): Promise<void> {
  for (let before = -1, now = usedBy(pid); now !== before; ) {
    before = now;
    await wait(idle);
    now = usedBy(pid);
  }
}
