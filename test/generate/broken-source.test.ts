import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { copyContract } from "./contract-copy.ts";

const contract = await copyContract();
const configPath = join(contract.folder, "..", "redocly.yaml");
// Other files of this worker have loaded the generator with the contract as it is, and others will.
vi.resetModules();
vi.doMock(import("../../src/generate/paths.ts"), async (actual) => ({
  ...(await actual()),
  sourceFile: join(contract.folder, "openapi.yaml"),
}));
const { derive, GenerateError } = await import("../../src/generate/index.ts");
afterAll(() => {
  vi.doUnmock("../../src/generate/paths.ts");
  vi.resetModules();
});

const slack = "components/handlers/slack.yaml";

/** What is printed of the contract after a change of a file, whose text is put back. */
async function complaint(from: RegExp, to: string, file = slack): Promise<string> {
  const before = contract.read(file);
  contract.change(file, from, to);
  let printed = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  await expect(derive({ configPath })).rejects.toBeInstanceOf(GenerateError);
  spy.mockRestore();
  writeFileSync(join(contract.folder, file), before);
  return printed;
}

test("generating names the file and line of an example that does not match its schema", async () => {
  const printed = await complaint(/(SlackWebhookUrl:[\s\S]*?examples: \[) .*? \]/, "$1 17 ]");
  expect(printed).toMatch(/slack\.yaml:8:\d+ at #\/SlackWebhookUrl\/examples\/0/);
  expect(printed).toContain("type must be string");
});

test("of an example whose field has another form it names the field before what follows from it", async () => {
  const printed = await complaint(/slack: https:.*/g, "slack: no URL");
  const [first] = printed.split(/\n(?=\[\d+\] )/);
  expect(first).toContain('must match format "uri"');
  expect(printed).toContain("must be equal to constant");
});

test("of a file that can't be parsed it names the line, and nothing that follows from it", async () => {
  const printed = await complaint(/$/, "bad: [\n");
  expect(printed).toMatch(/slack\.yaml:\d+:\d+ +\n\nFailed to parse/);
  expect(printed).not.toContain("\n[2]");
  expect(printed).toMatch(/\d+ more, which are listed when this is fixed\.\n$/);
});

test("of a filter whose file isn't there it names the file, and not what the file would have lacked", async () => {
  const printed = await complaint(/IsEnabled\.yaml/, "IsEnable.yaml", "paths/notification-handlers.yaml");
  expect(printed).toContain("Can't resolve $ref");
  expect(printed).toContain("IsEnable.yaml");
  expect(printed).not.toContain("undefined");
});

test.each([
  ["paths/notification-handlers.yaml", "/notification-handlers/"],
  ["paths/notification-handlers-with-slash.yaml", "/notification-handlers"],
])("of a filter that is missing in %s it names the filter, and the form that has it", async (file, path) => {
  const printed = await complaint(/.*IsEnabled\.yaml\n/, "", file);
  expect(printed).toContain("openapi/paths/notification-handlers.yaml:");
  expect(printed).toContain(`differ in their parameters: only ${path} has IsEnabled.yaml.`);
});
