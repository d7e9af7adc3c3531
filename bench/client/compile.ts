import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";
import { buildPackage, projectRoot } from "../../src/package/index.ts";

const BAR = 1.5;
const ROUNDS = 7;
const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const tsconfig = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
};

/** A module that calls every method of a client of every instance. */
const everyInstance = `import { createClient } from "notification-handlers-api";
const apiKey = "key";
${instanceNames
  .map((name) => ({ name, types: instanceEntry(name).types }))
  .map(
    ({ name, types }, n) => `
const client${n} = createClient({ instance: ${JSON.stringify(name)}, apiKey });
for await (const handler of client${n}.listAll({ results_per_page: 100 })) {
  if (handler.type === "${types[0]}") console.log(handler.settings);
}
const { id: id${n} } = await client${n}.create({ type: "${types[0]}", name: "x" });
await client${n}.update(id${n}, { is_enabled: false });
console.log(await client${n}.get(id${n}), await client${n}.list({ page: 1 }));
await client${n}.delete(id${n});
`,
  )
  .join("")}`;

/** Compiles projects in turns; the figure of each is its fastest round, which has the least of what else the machine did. */
export async function benchCompile(): Promise<string[]> {
  await buildPackage("client");
  const folder = await mkdtemp(join(tmpdir(), "compile-"));
  const sources = { "an empty file": "export {};\n", "every instance": everyInstance };
  const results = new Map<string, { time: number; counts: string }>();
  try {
    await mkdir(join(folder, "node_modules"));
    await symlink(projectRoot, join(folder, "node_modules/notification-handlers-api"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    for (const [n, source] of Object.values(sources).entries()) {
      await writeFile(join(folder, `file${n}.ts`), source);
      await writeFile(
        join(folder, `tsconfig${n}.json`),
        JSON.stringify({ ...tsconfig, files: [`file${n}.ts`] }),
      );
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [n, name] of Object.keys(sources).entries()) {
        const start = performance.now();
        const { stdout } = await run(
          process.execPath,
          [tsc, "-p", `tsconfig${n}.json`, "--extendedDiagnostics"],
          {
            cwd: folder,
          },
        );
        const time = performance.now() - start;
        const count = (what: string) => stdout.match(new RegExp(`^${what}:\\s+(\\d+)`, "m"))?.[1] ?? "?";
        const counts = `${count("Instantiations")} instantiations, ${count("Types")} types`;
        results.set(name, { time: Math.min(time, results.get(name)?.time ?? time), counts });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const [empty = 1, all = 0] = [...results.values()].map(({ time }) => time);
  console.log("\ntsc --noEmit                                     ms     ratio");
  for (const [name, { time, counts }] of results) {
    console.log(
      `  ${name.padEnd(38)} ${time.toFixed(0).padStart(9)} ${(time / empty).toFixed(2).padStart(9)}   ${counts}`,
    );
  }
  return all / empty > BAR
    ? [`every instance takes ${(all / empty).toFixed(2)} × an empty file to compile; the bar is ${BAR}.`]
    : [];
}
