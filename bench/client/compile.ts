import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { buildPackage } from "../../src/package/index.ts";
import { type Figure, quantile, ratioOf } from "../figures/figure.ts";
import { copyProject } from "../growth/copy.ts";

const BAR = 1.5;
const ROUNDS = 5;
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

/** How many instances there are where one of them is used, and the bar for that: what an instance's own module costs. */
const MANY = 100;

/** A module that calls every method of a client of one instance, imported in one of several ways. */
const oneInstance = (from: string, named: string) => `import { createClient } from "${from}";
const client = createClient({ ${named}apiKey: "key" });
for await (const handler of client.listAll()) if (handler.type === "email") console.log(handler.settings.email);
const { id } = await client.create({ type: "email", name: "x" });
await client.update(id, { is_enabled: false });
console.log(await client.get(id));
`;

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

/** The cost of a module: milliseconds of each round, and the compiler's own counts. */
interface Compiled {
  readonly times: readonly number[];
  readonly counts: string;
}

/** Compiles modules against a built package, in turns. */
async function compile(packageRoot: string, sources: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "compile-"));
  const results = new Map<string, Compiled>();
  try {
    await mkdir(join(folder, "node_modules"));
    await symlink(packageRoot, join(folder, "node_modules/notification-handlers-api"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    for (const [n, source] of Object.values(sources).entries()) {
      await writeFile(join(folder, `file${n}.ts`), source);
      const config = JSON.stringify({ ...tsconfig, files: [`file${n}.ts`] });
      await writeFile(join(folder, `tsconfig${n}.json`), config);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [n, name] of Object.keys(sources).entries()) {
        const start = performance.now();
        const { stdout } = await run(
          process.execPath,
          [tsc, "-p", `tsconfig${n}.json`, "--extendedDiagnostics"],
          { cwd: folder },
        );
        const time = performance.now() - start;
        const count = (what: string) => stdout.match(new RegExp(`^${what}:\\s+(\\d+)`, "m"))?.[1] ?? "?";
        const counts = `${count("Files")} files, ${count("Instantiations")} instantiations, ${count("Memory used")} K`;
        results.set(name, { times: [...(results.get(name)?.times ?? []), time], counts });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return results;
}

/** The compile time of a module as a ratio to an empty one: with every instance, and with one of many. */
export async function benchCompile(): Promise<Figure[]> {
  const found: Figure[] = [];
  const empty = "an empty file";
  const show = (title: string, results: Map<string, Compiled>, barred: string) => {
    const others = results.get(empty)?.times ?? [];
    console.log(`\n${title.padEnd(46)} ms     ratio`);
    for (const [name, { times, counts }] of results) {
      const ratio = ratioOf(`to compile ${name}`, empty, { own: times, others }, { most: BAR });
      const figures = `${quantile(times, 0.5).toFixed(0).padStart(9)} ${ratio.value.toFixed(2).padStart(9)}`;
      console.log(`  ${name.padEnd(38)} ${figures}   ${counts}`);
      if (name === barred) found.push(ratio);
    }
  };

  await buildPackage("client");
  const all = { [empty]: "export {};\n", "every instance": everyInstance };
  show("tsc --noEmit", await compile(projectRoot, all), "every instance");

  const [name = ""] = instanceNames;
  const module = `one of ${MANY}, by its module`;
  const many = copyProject(MANY);
  try {
    for (const step of ["generate", "build"]) {
      const command = ["--import", "@oxc-node/core/register", `src/cli/${step}.ts`];
      await run(process.execPath, command, { cwd: many });
    }
    const one = {
      [empty]: "export {};\n",
      [module]: oneInstance(`notification-handlers-api/instances/${name}`, ""),
      [`one of ${MANY}, by its name`]: oneInstance("notification-handlers-api", `instance: "${name}", `),
    };
    show(`tsc --noEmit, ${MANY} instances`, await compile(many, one), module);
  } finally {
    await rm(many, { recursive: true });
  }
  return found;
}
