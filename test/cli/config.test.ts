import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ConfigError, configured, withConfig } from "../../src/cli/config.ts";
import { keyFile, ownKey } from "../../src/cli/sandbox-key.ts";
import { withSandboxOptions } from "../../src/cli/sandbox-options.ts";
import { withInstanceOptions, withServeOptions } from "../../src/cli/serve.ts";
import { nodeArguments } from "./built.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "config-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Options as `start` has them, from a command line and a config file. */
async function options(config: string | object, ...args: string[]) {
  const file = join(folder, "team.json");
  await writeFile(file, typeof config === "string" ? config : JSON.stringify(config, null, 2));
  const program = new Command().argument("[instance...]").option("--dynamic").option("--watch");
  withConfig(withServeOptions(withSandboxOptions(program, 20), 4010));
  program.parse([...args, "--config", file], { from: "user" });
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    return await configured<Record<string, unknown>>(program);
  } finally {
    said.mockRestore();
  }
}

describe("a config file", () => {
  test("says what the command line doesn't", async () => {
    const config = {
      instances: ["a.example"],
      port: 1,
      latency: 5,
      apiKey: ["team"],
      seed: 3,
      allowFaults: true,
    };
    const { options: found, instances } = await options(config, "--port", "2", "--api-key", "mine");
    expect(instances).toEqual(["a.example"]);
    expect(found).toMatchObject({ port: 2, latency: 5, apiKey: ["mine"], seed: 3, allowFaults: true });
    expect((await options(config, "b.example")).instances).toEqual(["b.example"]);
  });

  test("may begin with a mark of its encoding, as editors on Windows write it", async () => {
    expect((await options('\uFEFF{ "port": 7 }')).options.port).toBe(7);
  });

  test("names files from where it is", async () => {
    expect((await options({ db: "h.db" })).options.db).toBe(join(folder, "h.db"));
  });

  test("may have what another command takes", async () => {
    const program = withConfig(new Command().option("--port <n>"));
    await writeFile(join(folder, "team.json"), '{ "dynamic": true, "port": 7 }');
    program.parse(["--config", join(folder, "team.json")], { from: "user" });
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await configured(program)).options).toMatchObject({ port: 7 });
    expect(said).toHaveBeenCalledWith(`Configured by ${join(folder, "team.json")}.`);
    said.mockRestore();
  });

  test("has a property for each option of the servers, and no other", async () => {
    const program = withInstanceOptions(withServeOptions(withSandboxOptions(new Command(), 20), 4010));
    const names = program.options.map((option) => option.attributeName()).filter((it) => it !== "json");
    const schema = JSON.parse(
      await readFile(new URL("../../src/cli/config.schema.json", import.meta.url), "utf8"),
    );
    expect(Object.keys(schema.properties).sort()).toEqual(
      [...names, "$schema", "instances", "dynamic", "watch", "publicUrl"].sort(),
    );
  });

  test.each<[string, string | object, RegExp]>([
    ["an unknown option", '{\n  "port": 1,\n  "prot": 2\n}', /:3: there is no option "prot"; .* port, /],
    ["a value of another type", { host: "h", port: "4010" }, /:3: port must be an integer\.$/],
    ["a value that is none of those allowed", { log: "loud" }, /:2: log must be .*: pretty, json, none\.$/],
    [
      "a value within a list",
      { apiKey: ["good", "two words"] },
      /:4: apiKey\/1 is not valid\. .* without spaces/,
    ],
    ["a list", [], /:1: it must be an object\.$/],
    ["no JSON", '{\n  "port": 4010,\n}', /:3: it is not valid JSON: /],
    ["a text that ends early", '{\n  "port": 4010', /:2: it is not valid JSON: /],
    ["a name twice", '{\n  "port": 1,\n  "port": 2\n}', /:3: this name appears above already\.$/],
    [
      "a host with a port",
      { allowHost: ["devbox", "[::2]", "devbox:80"] },
      /:5: allowHost\/2 is not valid\. .* without a port\.$/,
    ],
    ["nothing", "", /:1: it is not valid JSON: /],
  ])("is refused with its line: %s", async (_what, config, message) => {
    const refused = options(config);
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(join(folder, "team.json"));
  });

  test("is named when it is not there", async () => {
    const program = withConfig(new Command()).parse(["--config", join(folder, "none.json")], {
      from: "user",
    });
    await expect(configured(program)).rejects.toThrow(/none\.json can't be read: ENOENT/);
  });
});

describe("the key of a person's sandboxes", () => {
  const never = (line: string) => expect.fail(line);

  test("is the same at each start, and readable for its owner alone", async () => {
    const environment = { XDG_STATE_HOME: join(folder, "state") };
    const key = ownKey(environment, never);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(ownKey(environment, never)).toBe(key);
    expect((await stat(keyFile(environment))).mode & 0o777).toBe(0o600);
  });

  test("is one for all commands that make it at the same moment", async () => {
    const threads = 2;
    const folders = Array.from({ length: 200 }, (_, index) => join(folder, `at-once-${index}`));
    const arrived = new Int32Array(new SharedArrayBuffer(4 * folders.length));
    const made = await Promise.all(
      Array.from({ length: threads }, async () => {
        const script = new URL("key-maker.ts", import.meta.url);
        const execArgv = nodeArguments("").slice(0, -1);
        const worker = new Worker(script, { execArgv, workerData: { folders, threads, arrived } });
        const [keys] = await once(worker, "message");
        return keys as string[];
      }),
    );
    const kept = folders.map((each) => ownKey({ XDG_STATE_HOME: each }, never));
    for (const keys of made) expect(keys).toEqual(kept);
    const [path = ""] = folders;
    expect(await readdir(dirname(keyFile({ XDG_STATE_HOME: path })))).toEqual(["sandbox-key"]);
  });

  test("is made anew where the file is damaged", async () => {
    const environment = { XDG_STATE_HOME: join(folder, "damaged") };
    const key = ownKey(environment, never);
    await writeFile(keyFile(environment), key.slice(0, 10));
    await chmod(keyFile(environment), 0o644);
    const other = ownKey(environment, never);
    expect(other).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(key);
    expect((await stat(keyFile(environment))).mode & 0o777).toBe(0o600);
    expect(ownKey(environment, never)).toBe(other);
  });

  test("is for one run where it can't be kept, and that is said", async () => {
    await writeFile(join(folder, "file"), "");
    const said: string[] = [];
    const environment = { XDG_STATE_HOME: join(folder, "file") };
    expect(ownKey(environment, (line) => said.push(line))).toMatch(/^[0-9a-f]{64}$/);
    expect(said).toEqual([
      expect.stringMatching(/^The API key is for this run only, because .* can't be written: .*\.$/),
    ]);
  });
});
