import { execFile, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { findBrowser, launch } from "../browser/browser.ts";
import type { Places } from "./scenario.ts";
import { listen, refusedUrl } from "./servers.ts";

/** Runs a module that exports the scenario, in a folder of its own, and returns the scenario's result. */
type Run = (folder: string, places: Places) => Promise<unknown>;

/** The runtimes by name; undefined if this machine lacks one. `bun`, `deno` and `workerd` are looked up on the PATH. */
export const runtimes: Record<string, Run | undefined> = {
  Node: (folder, places) => runFile(process.execPath, [], folder, places),
  Bun: found("bun", (bun) => (folder, places) => runFile(bun, ["run"], folder, places)),
  Deno: found("deno", (deno) => (folder, places) => runFile(deno, ["run", "--allow-net"], folder, places)),
  workerd: found("workerd", (workerd) => (folder, places) => runWorker(workerd, folder, places)),
  Chromium: runBrowser(),
};

function found(name: string, runWith: (file: string) => Run): Run | undefined {
  const candidates = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  const file = candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return file === undefined ? undefined : runWith(file);
}

async function runFile(command: string, options: string[], folder: string, places: Places): Promise<unknown> {
  const file = join(folder, "main.mjs");
  await writeFile(
    file,
    `import { scenario } from "./scenario.mjs";
console.log(JSON.stringify(await scenario(${JSON.stringify(places)})));
`,
  );
  const { stdout } = await promisify(execFile)(command, [...options, file], { cwd: folder });
  return JSON.parse(stdout);
}

/** A worker that runs the scenario when it gets a request. */
async function runWorker(workerd: string, folder: string, places: Places): Promise<unknown> {
  const origin = await refusedUrl();
  await writeFile(
    join(folder, "worker.mjs"),
    `import { scenario } from "./scenario.mjs";
export default {
  async fetch() { return Response.json(await scenario(${JSON.stringify(places)})); }
};
`,
  );
  await writeFile(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "${origin.slice("http://".length)}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "scenario.mjs", esModule = embed "scenario.mjs"),
  ],
  compatibilityDate = "2025-09-01",
);
`,
  );
  const worker = spawn(workerd, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    // It says so on the control channel when it listens.
    await new Promise((resolve, reject) => {
      worker.stdio[3]?.once("data", resolve);
      worker.once("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
    });
    return await (await fetch(origin)).json();
  } finally {
    worker.kill();
  }
}

function runBrowser(): Run | undefined {
  const file = findBrowser();
  if (file === undefined) return undefined;
  return async (folder, places) => {
    // A page of another origin than the API, like a front end.
    const module = await readFile(join(folder, "scenario.mjs"));
    const site = createServer((request, response) =>
      request.url?.endsWith(".mjs")
        ? response.setHeader("content-type", "text/javascript").end(module)
        : response.setHeader("content-type", "text/html").end("<!doctype html>"),
    );
    const url = await listen(site);
    const browser = await launch(file);
    try {
      const page = await browser.newPage();
      await page.goto(url);
      // As text: vitest would rewrite the import of a function.
      return await page.evaluate(
        `import("/scenario.mjs").then(({ scenario }) => scenario(${JSON.stringify(places)}))`,
      );
    } finally {
      await browser.close();
      site.close();
    }
  };
}
