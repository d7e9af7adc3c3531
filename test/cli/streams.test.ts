import { connect } from "node:net";
import { afterAll, describe, expect, test, vi } from "vitest";
import { lastLineMilliseconds, sayHowToStop } from "../../src/cli/serve.ts";
import { mayColor } from "../../src/cli/streams.ts";
import { triesAll } from "../scope.ts";
import { type Running, start } from "./command.ts";

/** Each start takes a second: one command stands for those that do the same by the same code. */
const isWhole = triesAll("COMMANDS");

const running: Running[] = [];
const command = (script: string, ...args: string[]): Running => {
  const it = start(`src/cli/${script}.ts`, ...args);
  running.push(it);
  return it;
};
afterAll(() => {
  for (const it of running) it.process.kill("SIGKILL");
});

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: "" }, true],
  [{ isTTY: true }, { NO_COLOR: "1" }, false],
  [{ isTTY: true }, { TERM: "dumb" }, false],
  [{ isTTY: false }, {}, false],
  [{}, {}, false],
])("%j with %j has colours: %j", (stream, env, expected) => {
  expect(mayColor(stream, env)).toBe(expected);
});

test("a server's last line comes a while after the others: a reader who went after the first, as head -1, shows in it", () => {
  vi.useFakeTimers();
  const log = vi.spyOn(console, "log").mockReturnValue();
  try {
    sayHowToStop();
    vi.advanceTimersByTime(lastLineMilliseconds - 1);
    expect(log).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(log.mock.calls).toEqual([["Ctrl+C stops."]]);
  } finally {
    log.mockRestore();
    vi.useRealTimers();
  }
});

describe.concurrent("whoever reads is gone: it ends quietly", () => {
  const serving = ["--port", "0", "--log", "none"];
  const others: [script: string, ...args: string[]][] = [
    ["mock", ...serving],
    ["start", ...serving],
    ["mock", "--help"],
  ];
  test.each([["sandbox", ...serving], ["sandbox", "--list-faults"], ...(isWhole ? others : [])] as const)(
    "%s %s",
    async (script, ...args) => {
      const it = command(script, ...args);
      it.process.stdout?.destroy();
      expect(await it.ended).toBe(0);
      expect(it.stderr()).toBe("");
    },
  );

  test("a run of checks goes on to its end", async () => {
    const it = command("contract", "--list");
    it.process.stdout?.destroy();
    expect(await it.ended).toBe(0);
    expect(it.stderr()).toBe("");
  });
});

describe("signals stop a server with exit code 0", () => {
  test.each(isWhole ? (["SIGINT", "SIGTERM", "SIGHUP"] as const) : (["SIGHUP"] as const))(
    "%s",
    async (signal) => {
      const it = command(
        "sandbox",
        "tistos.com",
        ...["--port", "0", "--log", "none", "--api-key", "k", "--json"],
      );
      const [line] = await it.printed(/^.*\n/);
      const origin = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
      const instances = [
        { name: "tistos.com", sandbox: expect.stringMatching(/\/sandbox\/tistos\.com\/api$/) },
      ];
      const said = JSON.parse(line);
      expect(said).toEqual({ origin, instances, apiKeys: ["k"] });
      // A script may read the line and go: nothing more is printed, so that the server stays.
      it.process.stdout?.destroy();
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect((await fetch(`${said.origin}/_health/live`)).status).toBe(200);
      it.process.kill(signal);
      expect(await it.ended).toBe(0);
      expect(it.stderr()).toBe("");
    },
  );
});

describe("--allow-host lets a host in", () => {
  const statusFor = (origin: string, host: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("error", reject);
      socket.on("close", () => resolve(text.slice(9, 12)));
      socket.write(`GET /mock/nothing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    });

  test.each([["mock", "tistos.com"], ...(isWhole ? [["sandbox", "tistos.com"], ["start"]] : [])])(
    "%s",
    async (script = "", ...instances) => {
      const args = ["--port", "0", "--log", "none", "--allow-host", "devbox", "--allow-host", "other.local"];
      const it = command(script, ...instances, ...args);
      const [, origin = ""] = await it.printed(/(http:\/\/127\.0\.0\.1:\d+)/);
      const statuses = ["devbox:1", "OTHER.local", "localhost", "evil.example"].map((host) =>
        statusFor(origin, host),
      );
      expect(await Promise.all(statuses)).toEqual(["404", "404", "404", "403"]);
    },
  );
});
