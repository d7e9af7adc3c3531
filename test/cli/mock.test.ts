import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test, vi } from "vitest";
import { instanceNames } from "../../src/description/index.ts";
import { type Running, start } from "./command.ts";

const running: Running[] = [];

function mock(...args: string[]): Running {
  const command = start("src/cli/mock.ts", ...args);
  running.push(command);
  return command;
}

afterAll(() => {
  for (const command of running) command.process.kill("SIGKILL");
});

describe.concurrent("ready lines", () => {
  test("all instances, one line each with the base URL, and how to stop it; requests are logged; SIGINT stops it soon", async () => {
    const command = mock("--port", "0");
    const [, url] = await command.printed(new RegExp(`^${instanceNames.at(-1)} +(\\S+)$`, "m"));
    await command.printed(/\nCtrl\+C stops\.\n$/);
    const lines = command.stdout().trimEnd().split("\n");
    expect(lines).toHaveLength(instanceNames.length + 1);
    for (const [index, name] of instanceNames.entries()) {
      expect(lines[index]).toMatch(new RegExp(`^${name} +http://127\\.0\\.0\\.1:\\d+/mock/${name}/api$`));
    }
    await fetch(url ?? "");
    const told = Date.now();
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(0);
    expect(command.stderr()).toMatch(/INFO: GET \/mock\/\S+ 40\d/);
    // Pino waits ten seconds for a log that can't be written to its end.
    expect(Date.now() - told).toBeLessThan(9_000);
  });

  test("the named ones only; SIGTERM stops it; requests are logged without the key", async () => {
    const options = ["--port", "0", "--seed", "1", "--dynamic", "--log", "json"];
    const command = mock("bitpeak.ru", "family", "bitpeak.ru", ...options);
    const [, url] = await command.printed(/^bitpeak\.ru +(\S+)\nfamily +\S+\n(?!bitpeak)/);
    const headers = { authorization: "Bearer s3cr3t" };
    const answers = [1, 2].map(async () =>
      (await fetch(`${url}/notification-handlers/1`, { headers })).text(),
    );
    const [first, second] = await Promise.all(answers);
    expect(first).toBe(second);
    expect(first).not.toContain("Work email");
    expect((await fetch(url?.replace("bitpeak.ru", "tistos.com") ?? "")).status).toBe(404);
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    expect(command.stderr()).toContain("GET /mock/bitpeak.ru/api/notification-handlers/1 200");
    expect(command.stderr()).not.toContain("s3cr3t");
  });
});

describe.concurrent("what can't be done: one line, exit code 2", () => {
  test.each([
    [["nope"], /^Unknown instance "nope": there are tistos\.com, .*, family\.\n$/],
    [["--host", "203.0.113.1", "--port", "0"], /^203\.0\.113\.1 is not an address of this machine: .*\n$/],
  ])("%j", async (args, message) => {
    const command = mock(...args);
    await vi.waitFor(() => expect(command.stderr()).toMatch(message), { timeout: 20_000 });
    // The log's thread ends with the process: pino would wait ten seconds for one that doesn't.
    expect(await Promise.race([command.ended, setTimeout(5000, "still running")])).toBe(2);
    expect(command.stderr()).toMatch(message);
    expect(command.stdout()).toBe("");
  });
});

test("--help names the instances and the exit codes", async () => {
  const command = mock("--help");
  expect(await command.ended).toBe(0);
  for (const name of instanceNames) expect(command.stdout()).toContain(name);
  expect(command.stdout()).toContain("Exit codes: 0");
});
