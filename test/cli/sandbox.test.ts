import { describe, expect, test } from "vitest";
import { start } from "./command.ts";

describe.concurrent("what can't be done: one line, exit code 2", () => {
  test.each([
    [["--fault", "nope"], /^Unknown fault "nope": .*the nearest of .*--list-faults .* names them all\.\n$/],
    [["--seed-value", "7"], /^--seed-value needs --seed, .*\n$/],
  ])("%j", async (args, message) => {
    const command = start("src/cli/sandbox.ts", "--port", "0", ...args);
    expect(await command.ended).toBe(2);
    expect(command.stderr()).toMatch(message);
    expect(command.stdout()).toBe("");
  });
});
