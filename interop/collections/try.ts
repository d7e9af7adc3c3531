import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartedSandbox, startSandbox } from "../../src/sandbox/index.ts";
import { command } from "../tool.ts";
import { npmCommand } from "../tools/npm.ts";

/**
 * Runs a Postman collection with newman and a Bruno collection with its command line, each on a strict sandbox.
 *
 * @returns how many requests each sent, as text
 * @throws an error that names the requests that were refused
 */
export async function tryCollections(instance: string, postman: string, bruno: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "collections-"));
  try {
    const counts: string[] = [];
    for (const [name, run] of [
      ["newman", () => runNewman(instance, postman, folder)],
      ["bruno", () => runBruno(instance, bruno, folder)],
    ] as const) {
      const sent = await run();
      const refused = sent
        .filter(({ status }) => status !== 200)
        .map(({ what, status }) => `${what}: ${status}`);
      if (refused.length > 0) throw new Error(`${name}: ${refused.join(", ")}`);
      if (!sent.some(({ what }) => what.startsWith("Delete")))
        throw new Error(`${name}: it did not come to the end`);
      counts.push(`${name} ${sent.length}`);
    }
    return counts.join(", ");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What both commands are told in the same way. */
const valuesOf = ({ baseUrl, apiKey }: StartedSandbox): string[] =>
  [`baseUrl=${baseUrl}`, `api_key=${apiKey}`].flatMap((value) => ["--env-var", value]);

interface Sent {
  readonly what: string;
  readonly status: number | string | undefined;
}

async function runNewman(instance: string, collection: string, folder: string): Promise<Sent[]> {
  const sandbox = await startSandbox({ instance, strict: true });
  const report = join(folder, "newman.json");
  try {
    const values = valuesOf(sandbox);
    const output = ["--reporters", "json", "--reporter-json-export", report];
    await npmCommand("newman", ["run", collection, ...values, ...output], folder);
  } finally {
    await sandbox.close();
  }
  type Execution = { item: { name: string }; response?: { code: number }; requestError?: { code: string } };
  const { run } = JSON.parse(await readFile(report, "utf8")) as { run: { executions: Execution[] } };
  return run.executions.map(({ item, response, requestError }) => ({
    what: item.name,
    status: response?.code ?? requestError?.code,
  }));
}

/** Bruno's command runs folders alone, so the collection is laid out as Bruno does when it imports one. */
async function runBruno(instance: string, collection: string, folder: string): Promise<Sent[]> {
  const sandbox = await startSandbox({ instance, strict: true });
  const report = join(folder, "bruno.json");
  const place = await mkdtemp(join(folder, "bruno-"));
  try {
    const { createCollectionFromBrunoObject } = createRequire(import.meta.url)(
      "@usebruno/cli/src/utils/collection",
    );
    await createCollectionFromBrunoObject(JSON.parse(await readFile(collection, "utf8")), place, {
      format: "bru",
    });
    const values = valuesOf(sandbox);
    const bru = createRequire(import.meta.url).resolve("@usebruno/cli/bin/bru.js");
    await command(process.execPath, [bru, "run", "-r", ...values, "--reporter-json", report], place);
  } finally {
    await sandbox.close();
  }
  type Result = { name?: string; test?: { filename: string }; response: { status: number | string } };
  const [{ results = [] } = {}] = JSON.parse(await readFile(report, "utf8")) as { results?: Result[] }[];
  return results.map(({ name, test, response }) => ({
    what: name ?? test?.filename ?? "",
    status: response.status,
  }));
}
