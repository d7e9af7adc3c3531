import { Command } from "commander";
import { describe, expect, onTestFinished, test } from "vitest";
import { databaseOf } from "../../src/cli/database.ts";
import { withSandboxOptions } from "../../src/cli/sandbox-options.ts";
import { withInstanceOptions, withServeOptions } from "../../src/cli/serve.ts";

/** A command with every option of the servers, which throws where the real one ends. */
function parse(...args: string[]): Command {
  const program = withInstanceOptions(withServeOptions(withSandboxOptions(new Command()), 4010));
  return program
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(args, { from: "user" });
}

describe("an option with a value that it can't have is refused in one line", () => {
  test.each<[args: string[], message: RegExp]>([
    [["--port", "65536"], /^error: option '--port <number>' argument '65536' is invalid\. .*0 to 65535\.$/],
    [["--port", "-1"], /^error: option '--port <number>' argument '-1' is invalid/],
    [["--log", "loud"], /^error: .*Allowed choices are pretty, json, none\.$/],
    [["--allow-host", "http://devbox"], /^error: .*--allow-host.*without a port\.$/],
    [["--allow-host", "devbox:80"], /^error: .*--allow-host.*without a port\.$/],
    [["--allow-host", "*"], /^error: .*--allow-host.*without a port\.$/],
    [["--allow-host", ""], /^error: .*--allow-host.*without a port\.$/],
    [["--seed", "-1"], /^error: .*It must be a whole number from 0\.$/],
    [["--rate-limit", "0"], /^error: .*It must be at least 1\.$/],
    [["--db-connections", "0"], /^error: .*It must be a whole number from 1 to 9999\.$/],
    [["--requests", "501"], /^error: .*It must be a whole number from 0 to 500\.$/],
    [["--requests", "-1"], /^error: .*from 0 to 500\.$/],
    [["--requests", "few"], /^error: .*from 0 to 500\.$/],
    [["--wrong"], /^error: unknown option '--wrong'$/],
  ])("%j", (args, message) => {
    expect(() => parse(...args)).toThrow(message);
  });

  test("good values are read", () => {
    const args = [
      "--port",
      "0",
      "--allow-host",
      "a.example",
      "--allow-host",
      "b.example",
      "--seed",
      "3",
      "--requests",
      "0",
    ];
    expect(parse(...args).opts()).toMatchObject({
      port: 0,
      allowHost: ["a.example", "b.example"],
      seed: 3,
      requests: 0,
      log: "pretty",
    });
  });
});

describe("which database", () => {
  const never = (line: string) => expect.fail(line);

  test.each([
    [{ db: "" }, /^--db must name a file or a URL; /],
    [{ db: "a.db", dbUrlFile: "b" }, /^--db and --db-url-file both name a database/],
    [{ dbUrlFile: "/nonexistent" }, /\/nonexistent/],
  ])("%j is refused", (flags, message) => {
    expect(() => databaseOf(flags, {}, never)).toThrow(message);
  });

  test("the option wins over the environment", () => {
    const environment = { NOTIFICATION_HANDLERS_SANDBOX_DB: "e.db" };
    expect(databaseOf({ db: "a.db" }, environment, never)).toBe("a.db");
    expect(databaseOf({}, environment, never)).toBe("e.db");
    expect(databaseOf({}, {}, never)).toBeUndefined();
  });

  test.each([
    ["postgres://sandbox:secret@127.0.0.1/db", true],
    ["postgres://sandbox@127.0.0.1/db", false],
    ["handlers.db", false],
  ])("%s on the command line: the process list shows a password: %s", (db, isShown) => {
    const { argv } = process;
    process.argv = [...argv, `--db=${db}`];
    onTestFinished(() => {
      process.argv = argv;
    });
    const lines: string[] = [];
    expect(databaseOf({ db }, {}, (line) => lines.push(line))).toBe(db);
    expect(databaseOf({}, { NOTIFICATION_HANDLERS_SANDBOX_DB: db }, never)).toBe(db);
    expect(lines).toEqual(isShown ? [expect.stringMatching(/^Others .* can read the password/)] : []);
    expect(lines.join()).not.toContain("secret");
  });
});
