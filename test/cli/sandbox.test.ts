import { describe, expect, test } from "vitest";
import { start } from "./command.ts";

describe.concurrent("what can't be done: one line, exit code 2", () => {
  test.each([
    [["--fault", "nope"], /^Unknown fault "nope": .*the nearest of .*--list-faults .* names them all\.\n$/],
    [["--seed", "-1"], /^error: .*It must be a whole number from 0\.\n$/],
    [["--seed-value", "7"], /^--seed-value goes with --seed, .*\n$/],
    [["--api-key", "two words"], /^An API key must be printable ASCII without spaces, .*\n$/],
    [["--db", ""], /^db must name a file; .*\n$/],
  ])("%j", async (args, message) => {
    const command = start("src/cli/sandbox.ts", "--port", "0", ...args);
    expect(await command.ended).toBe(2);
    expect(command.stderr()).toMatch(message);
    expect(command.stdout()).toBe("");
  });
});

test("--help names the exit codes with all that they stand for", async () => {
  const command = start("src/cli/sandbox.ts", "--help");
  expect(await command.ended).toBe(0);
  const text = command.stdout().replace(/\s+/g, " ");
  expect(text).toContain(
    "Exit codes: 0 stopped by a signal, 2 wrong usage, an unknown instance or fault, a database file that can't be used, or a port or host that can't be listened on.",
  );
});
