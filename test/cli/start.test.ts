import { afterEach, expect, test } from "vitest";
import { instanceNames } from "../../src/description/index.ts";
import { startMock } from "../../src/mock/index.ts";
import { plain } from "../instances.ts";
import { type Running, start } from "./command.ts";

let command: Running | undefined;
afterEach(() => {
  command?.process.kill("SIGKILL");
});

test("npm start checks generated/, serves the page and all mocks on one port, and stops", async () => {
  command = start("src/cli/start.ts", "--port", "0", "--log", "none", "--seed-value", "7");
  const [, origin] = await command.printed(/^Open (http:\/\/127\.0\.0\.1:\d+)\/ /m);
  expect(command.stdout()).toMatch(/^Checking that generated\//);
  expect(command.stdout()).toMatch(/^API key of the sandboxes: [0-9a-f]{64}$/m);
  for (const name of instanceNames) expect(command.stdout()).toContain(`${origin}/mock/${name}/api\n`);

  const page = await fetch(`${origin}/`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const html = await page.text();
  for (const name of instanceNames) {
    const url = `${origin}/mock/${name}/api`;
    expect(html).toContain(url);
    const answer = await fetch(`${url}/notification-handlers/`, {
      headers: { authorization: "Bearer any-key" },
    });
    expect(answer.status).toBe(200);
  }
  // The seed of the mocks' generated data, too.
  const mock = await startMock({ instance: plain, seed: "7" });
  const generated = async (baseUrl: string) =>
    (
      await fetch(`${baseUrl}/notification-handlers/1`, {
        headers: { authorization: "Bearer any-key", prefer: "dynamic=true" },
      })
    ).text();
  expect(await generated(`${origin}/mock/${plain}/api`)).toBe(await generated(mock.baseUrl));
  await mock.close();
  command.process.kill("SIGTERM");
  expect(await command.ended).toBe(0);
});
