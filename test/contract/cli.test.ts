import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checks, type Report } from "../../src/contract/index.ts";
import { instanceNames } from "../../src/description/index.ts";

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
  const node = ["--import", "@oxc-node/core/register", "src/cli/contract.ts", ...arguments_];
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

describe.concurrent("the command", () => {
  test.each([
    { name: "no instance", arguments_: [], says: new RegExp(`^Name an instance: ${instanceNames[0]}, `) },
    {
      name: "an unknown instance",
      arguments_: ["nope"],
      says: /^Unknown instance "nope": there are /,
    },
    {
      name: "no key",
      arguments_: ["bitpeak.ru"],
      says: /set NOTIFICATION_HANDLERS_API_KEY or NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU/,
    },
    {
      name: "an unknown check",
      arguments_: ["--sandbox", "tistos.com", "--only", "nope"],
      says: /^Unknown check "nope"/,
    },
    {
      name: "an unknown check, without a key",
      arguments_: ["tistos.com", "--only", "nope"],
      says: /^Unknown check "nope"/,
    },
    ...["/nonexistent/x", "/tmp"].map((file) => ({
      name: `a report to ${file}`,
      arguments_: ["--sandbox", "tistos.com", "--json", file],
      says: /can't be written/,
    })),
    {
      name: "an unknown fault",
      arguments_: ["--sandbox", "tistos.com", "--fault", "nope"],
      says: /^Unknown fault "nope"/,
    },
    {
      name: "a journal that can't be written",
      arguments_: ["--sandbox", "tistos.com", "--journal", "/proc/nope/journal"],
      says: /^The journal \/proc\/nope\/journal can't be written: /,
    },
    { name: "an unknown option", arguments_: ["--nope"], says: /unknown option/ },
    { name: "a rate that is none", arguments_: ["tistos.com", "--rate", "fast"], says: /30\/m/ },
    {
      name: "a URL that is none",
      arguments_: ["tistos.com", "--base-url", "ftp://x"],
      says: /http or https/,
    },
    ...[
      ["--sandbox", "--sweep"],
      ["--sandbox", "k.aws.bj", "--sweep"],
      ["--sandbox", "--base-url", "http://127.0.0.1:1/api"],
      ["--power", "--sweep"],
      ["--list", "--power"],
      ["tistos.com", "--sweep", "--only", "page_size"],
      ["tistos.com", "--sweep", "--json", "/dev/null"],
    ].map((arguments_) => ({
      name: arguments_.join(" "),
      arguments_,
      says: /^--\S+ and --\S+ exclude each other\.\n$/,
    })),
    {
      name: "one place for several instances",
      arguments_: ["tistos.com", "k.aws.bj", "--sweep", "--base-url", "http://127.0.0.1:1/api"],
      says: /^--base-url goes with one instance/,
    },
  ])("$name: one line, exit 2", async ({ arguments_, says }) => {
    const { code, stderr, stdout } = await contract(arguments_);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a key with a line end is refused and not shown", async () => {
    const { code, stderr } = await contract(["tistos.com"], { NOTIFICATION_HANDLERS_API_KEY: "secret\n" });
    expect(code).toBe(2);
    expect(stderr).toMatch(/a line end/);
    expect(stderr).not.toContain("secret");
  });

  test("a host that is not there can't be told about", async () => {
    const key = { NOTIFICATION_HANDLERS_API_KEY: "some-key" };
    const { code, stdout } = await contract(["tistos.com", "--base-url", "http://127.0.0.1:1/api"], key);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Unavailable: .*can't be reached/m);
    expect(stdout).toMatch(/; 1 request, /);
  });

  test.each([
    ["<html></html>", "text/html"],
    ['{"data":[', "application/json"],
  ])("a sweep that can't read the list never says that nothing was left: %s", async (body, type) => {
    const server = createServer((_, response) => response.writeHead(200, { "content-type": type }).end(body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const key = { NOTIFICATION_HANDLERS_API_KEY: "some-key" };
    const { code, stdout } = await contract(["tistos.com", "--sweep", "--base-url", baseUrl], key);
    server.close();
    expect(code).toBe(2);
    expect(stdout).toMatch(/could not be told whether anything was left behind/);
    expect(stdout).not.toMatch(/nothing was left/);
  });

  test("--list names every check that applies, with what it proves", async () => {
    const { code, stdout } = await contract(["--list", "k.aws.bj"]);
    expect(code).toBe(0);
    for (const { name, proves } of checks) {
      expect(stdout).toContain(name);
      expect(stdout).toContain(proves);
    }
  });

  test("--keys names the variable of every instance's key", async () => {
    const { code, stdout } = await contract(["--keys"]);
    expect(code).toBe(0);
    const listed = JSON.parse(stdout) as { instance: string; variable: string }[];
    expect(listed.map((it) => it.instance)).toEqual(instanceNames);
    for (const { variable } of listed) expect(variable).toMatch(/^NOTIFICATION_HANDLERS_API_KEY_[A-Z0-9_]+$/);
    expect(new Set(listed.map((it) => it.variable)).size).toBe(listed.length);
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
    expect(stdout).toMatch(/again {4}curl .*\$NOTIFICATION_HANDLERS_API_KEY/);
    const [reports, junit, har] = await Promise.all(
      ["json", "junit", "har"].map((form) => readFile(join(folder, form), "utf8")),
    );
    expect((JSON.parse(reports ?? "") as Report[])[0]).toMatchObject({
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
