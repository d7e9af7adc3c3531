import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { copyContract } from "./contract-copy.ts";

const contract = await copyContract();
const configPath = join(contract.folder, "..", "redocly.yaml");
vi.doMock(import("../../src/generate/paths.ts"), async (actual) => ({
  ...(await actual()),
  SOURCE: join(contract.folder, "openapi.yaml"),
}));
const { derive, GenerateError } = await import("../../src/generate/index.ts");
afterAll(() => vi.doUnmock("../../src/generate/paths.ts"));

test("generating names the file of openapi/ whose example does not match its schema", async () => {
  const file = "components/handlers/slack.yaml";
  contract.change(file, /(SlackWebhookUrl:[\s\S]*?examples: \[) .*? \]/, "$1 17 ]");
  const [before = ""] = contract.read(file).split("[ 17 ]");
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  await expect(derive({ configPath })).rejects.toBeInstanceOf(GenerateError);
  expect(printed).toContain(`${file}:${before.split("\n").length}:`);
  expect(printed).toContain("type must be string");
});
