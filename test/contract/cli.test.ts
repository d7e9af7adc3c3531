import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportFile } from "../../src/contract/index.ts";
import { serveSandboxes } from "../../src/sandbox/index.ts";
import { nodeArguments } from "../cli/built.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "contract-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function contract(arguments_: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const node = [...nodeArguments("src/cli/contract.ts"), ...arguments_];
  const { NOTIFICATION_HANDLERS_API_KEY: _key, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      node,
      { cwd: root, env: { ...env, XDG_STATE_HOME: folder, ...environment }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

// Starting a process takes its time, above all beside other tests.
describe.concurrent("the command", { timeout: 90_000 }, () => {
  test.each([
    {
      name: "a journal that can't be written",
      arguments_: ["--sandbox", "tistos.com", "--journal", "/proc/nope/journal"],
      says: /^The journal \/proc\/nope\/journal can't be written: /,
    },
    {
      name: "a list that is wrong",
      arguments_: ["--config", "package.json"],
      says: /^package\.json:1:1: instances is missing here\.\n/,
    },
  ])("$name: one line, exit 2", async ({ arguments_, says }) => {
    const { code, stderr, stdout } = await contract(arguments_);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a sweep that can't read the list never says that nothing was left", async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"data":['),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const key = { NOTIFICATION_HANDLERS_API_KEY: "some-key" };
    const { code, stdout } = await contract(["tistos.com", "--sweep", "--base-url", baseUrl], key);
    server.close();
    expect(code).toBe(2);
    expect(stdout).toMatch(/it is unknown whether anything was left behind/);
    expect(stdout).not.toMatch(/nothing was left/);
  });

  test("a fleet: one that honours, one that is down, one without a key; a line for each, a table, and all files", async () => {
    const sandbox = await serveSandboxes({ instances: ["k.aws.bj"], apiKeys: ["the-key"], seed: 3 });
    const [keys, config] = [join(folder, "keys.env"), join(folder, "fleet.yaml")];
    const down = "{ name: down, instance: tistos.com, base_url: http://127.0.0.1:1/api, key: SHOP_KEY }";
    const good = `{ name: shop, instance: k.aws.bj, base_url: ${sandbox.baseUrls.get("k.aws.bj")}, key: SHOP_KEY }`;
    await writeFile(keys, "SHOP_KEY=the-key\n");
    await writeFile(config, `version: 1\ninstances:\n  - ${good}\n  - ${down}\n  - instance: bitpeak.ru\n`);
    const forms = ["json", "html", "metrics", "junit", "summary", "har"];
    const files = forms.flatMap((form) => [`--${form}`, join(folder, `fleet.${form}`)]);
    const { code, stdout, stderr } = await contract(["--config", config, "--keys-file", keys, ...files]);
    await sandbox.close();
    expect(code).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(3);
    expect(stderr).toMatch(/^\[\d\/3\] shop: honoured; \d+ requests, /m);
    const [head, ...rows] = stdout.split("\n").slice(-8, -4);
    expect(head).toMatch(/^instance +outcome +what to know$/);
    expect(rows.map((it) => it.split(/ {2,}/).slice(0, 2))).toEqual([
      ["bitpeak.ru", "not set up"],
      ["down", "unavailable"],
      ["shop", "honoured"],
    ]);
    expect(stdout).toContain("3 instances: 1 not set up, 1 unavailable, 1 honoured.");
    const texts = await Promise.all(forms.map((form) => readFile(join(folder, `fleet.${form}`), "utf8")));
    const [json = "", , , , , har = ""] = texts;
    const { version, runs } = JSON.parse(json) as ReportFile;
    expect(version).toBe(1);
    expect(runs.map((it) => [it.name, it.verdict])).toEqual([
      ["shop", "honoured"],
      ["down", "unavailable"],
      ["bitpeak.ru", "not set up"],
    ]);
    expect(JSON.parse(har).log.entries).toHaveLength(runs.reduce((sum, it) => sum + it.requests, 0));
    for (const text of texts.slice(0, -1)) expect(text).toContain("shop");
    expect(`${stdout}${stderr}${texts.join("")}`).not.toContain("the-key");
  });

  test("a deviation is told with where the contract says so and how to see it again", async () => {
    const files = ["json", "junit", "har"].flatMap((form) => [`--${form}`, join(folder, form)]);
    const { code, stdout } = await contract([
      "--sandbox",
      "tistos.com",
      "--fault",
      "list-id-as-text",
      ...files,
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Failure response_schema_conformance of listNotificationHandlers, \d+ times/);
    expect(stdout).toMatch(
      /expected generated\/tistos\.com\/openapi\.yaml #\/components\/\S+ \(documented\)/,
    );
    expect(stdout).toMatch(/repeat {3}curl .*\$NOTIFICATION_HANDLERS_API_KEY/);
    const [reports, junit, har] = await Promise.all(
      ["json", "junit", "har"].map((form) => readFile(join(folder, form), "utf8")),
    );
    expect((JSON.parse(reports ?? "") as ReportFile).runs[0]).toMatchObject({
      instance: "tistos.com",
      verdict: "deviates",
    });
    expect(junit).toMatch(
      /<testcase classname="listNotificationHandlers" name="response_schema_conformance">\s*<failure /,
    );
    expect(JSON.parse(har ?? "").log.entries.length).toBeGreaterThan(50);
    expect(`${stdout}${reports}${junit}${har}`).not.toMatch(/contract-tests-(first|other)-account/);
  });
});
