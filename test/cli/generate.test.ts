import { describe, expect, test } from "vitest";
import { start } from "./command.ts";

describe.concurrent("what can't be done: one line, exit code 2", () => {
  test.each([
    [["--check", "--lint-only"], /^error: option '--check' cannot be used with option '--lint-only'\n$/],
    [["--chekc"], /^error: unknown option '--chekc'\n/],
    [["bitpeak.ru"], /^error: too many arguments.*\n$/],
  ])("%j", async (args, message) => {
    const command = start("src/cli/generate.ts", ...args);
    expect(await command.ended).toBe(2);
    expect(command.stderr()).toMatch(message);
    expect(command.stdout()).toBe("");
  });
});
