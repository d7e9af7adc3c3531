import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { familyName } from "../../src/description/index.ts";
import {
  bumpFor,
  compareContracts,
  contractsAt,
  type Diff,
  DiffError,
  diffSince,
  diffText,
  isAnnounced,
} from "../../src/diff/index.ts";

const bundle = readFileSync(
  fileURLToPath(new URL(`../../generated/${familyName}/openapi.yaml`, import.meta.url)),
  "utf8",
);

// biome-ignore lint/suspicious/noExplicitAny: a bundle that the changes below reach into.
type Bundle = any;
const list = ({ paths }: Bundle) => paths["/notification-handlers/"].get;
const create = ({ paths }: Bundle) => paths["/notification-handlers"].post;
const one = ({ paths }: Bundle) => paths["/notification-handlers/{notification_handler_id}"];

/** Each in a place of its own, so that one comparison shows all: what is done, what is said of it, where. */
const changes: readonly (readonly [
  what: string,
  change: (document: Bundle) => void,
  impact: string,
  said: RegExp,
  operation: string,
])[] = [
  [
    "an operation goes",
    (it) => delete one(it).delete,
    "breaking",
    /^Operation .DELETE .* was removed\.$/,
    "DELETE /notification-handlers/{notification_handler_id}",
  ],
  [
    "a parameter goes",
    (it) => list(it).parameters.pop(),
    "breaking",
    /query parameter was removed\.$/,
    "GET /notification-handlers/",
  ],
  [
    "a field becomes required",
    ({ components }) => components.schemas.CreateEmailNotificationHandler.required.push("is_enabled"),
    "breaking",
    /^Properties of .CreateEmailNotificationHandler. became required: .is_enabled.\.$/,
    "POST /notification-handlers",
  ],
  [
    "a type goes from the answers",
    ({ components }) => components.schemas.NotificationHandler.oneOf.shift(),
    "breaking",
    /removed\.$/,
    "GET /notification-handlers/",
  ],
  [
    "a default changes",
    ({ components }) => {
      components.parameters.ResultsPerPage.schema.default = 1000;
    },
    "breaking",
    /^.default. of .* is changed, from \d+ to 1000\.$/,
    "GET /notification-handlers/",
  ],
  [
    "a field is added",
    ({ components }) => {
      components.schemas.CreateTelegramNotificationHandler.properties.extra = { type: "string" };
    },
    "compatible",
    /^Property .extra. is added\.$/,
    "POST /notification-handlers",
  ],
  [
    "an answer is added",
    (it) => {
      create(it).responses["418"] = { description: "A teapot." };
    },
    "compatible",
    /^Answer .418. is added\.$/,
    "POST /notification-handlers",
  ],
  [
    "a summary is written anew",
    (it) => {
      list(it).summary = "All of them";
    },
    "editorial",
    /^.summary. of the operation is changed, from ".*" to "All of them"\.$/,
    "GET /notification-handlers/",
  ],
  [
    "a description is written anew",
    ({ info }) => {
      info.description = "Anew.";
    },
    "editorial",
    /^.description. of the contract's info is changed\.$/,
    "",
  ],
  [
    "something inferred is documented",
    ({ components }) => {
      components.schemas.Flag["x-evidence"] = "documented";
    },
    "editorial",
    /^The evidence of schema .Flag. is changed, from "inferred" to "documented"\.$/,
    "GET /notification-handlers/",
  ],
];

describe("what becomes of a contract", () => {
  let diff: Diff["contracts"][number] | undefined;
  let others: Diff["contracts"];
  beforeAll(async () => {
    const document = parse(bundle);
    for (const [, change] of changes) change(document);
    const before = new Map([
      ["a.example", bundle],
      ["b.example", bundle],
      ["gone.example", bundle],
    ]);
    const after = new Map([
      ["a.example", stringify(document)],
      ["b.example", bundle],
      ["new.example", bundle],
    ]);
    [diff, ...others] = await compareContracts(before, after);
  });

  test.each(changes)("%s", (_what, _change, impact, said, operation) => {
    const found = diff?.changes.filter(({ message }) => said.test(message)) ?? [];
    expect(found.map((each) => each.impact)).toContain(impact);
    const [first] = found.filter((each) => each.impact === impact);
    if (operation === "") expect(first?.operations).toEqual([]);
    else expect(first?.operations).toContain(operation);
    expect(first?.pointer).toMatch(/^#\//);
  });

  test("nothing else has changed, and the worst is said first", () => {
    const unknown = diff?.changes.filter(
      ({ message }) => !changes.some(([, , , said]) => said.test(message)),
    );
    expect(unknown).toEqual([]);
    expect(diff).toMatchObject({ instance: "a.example", state: "changed", impact: "breaking" });
    expect(diff?.changes[0]?.impact).toBe("breaking");
    expect(diff?.changes.at(-1)?.impact).toBe("editorial");
  });

  test("instances that come are compatible, those that go are breaking", () => {
    expect(others).toEqual([
      { instance: "b.example", state: "unchanged", impact: undefined, changes: [] },
      { instance: "gone.example", state: "removed", impact: "breaking", changes: [] },
      { instance: "new.example", state: "added", impact: "compatible", changes: [] },
    ]);
  });

  test("is told by instance and operation; instances with the same changes together", () => {
    const twin = { ...(diff as Diff["contracts"][number]), instance: "twin.example" };
    const text = diffText([diff as Diff["contracts"][number], twin, ...others]);
    expect(text).toMatch(/^a\.example, twin\.example: breaking\n {2}\S/);
    expect(text).toMatch(
      /\n {2}POST \/notification-handlers\n( {4}.*\n)* {4}compatible {2}Answer `418` is added\.\n/,
    );
    expect(text).toContain("  3 editorial changes (--all shows them)\n");
    expect(text).toContain(
      "\ngone.example: removed (breaking)\n\nnew.example: added (compatible)\n\n1 contract is as before.\n",
    );
    expect(text).not.toContain("All of them");
    expect(diffText([twin], { isWhole: true })).toContain("All of them");
  });
});

test.each([
  ["breaking", "0.1.0", "minor"],
  ["compatible", "0.1.0", "patch"],
  ["editorial", "0.1.0", "patch"],
  ["breaking", "1.2.3", "major"],
  ["compatible", "1.2.3", "minor"],
  ["editorial", "1.2.3", "patch"],
] as const)("%s after %s asks for %s", (impact, version, bump) => {
  expect(bumpFor(impact, version)).toBe(bump);
});

describe("a project", () => {
  let root: string;
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: root });
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "diff-"));
    for (const folder of [".changeset", "generated/a.example", "generated/b.example"])
      mkdirSync(join(root, folder), { recursive: true });
    write("package.json", '{ "name": "it", "version": "0.3.0", "private": true }');
    write("package-lock.json", "{}");
    write(".changeset/config.json", '{ "privatePackages": { "version": true, "tag": true } }');
    for (const name of ["a", "b"]) write(`generated/${name}.example/openapi.yaml`, bundle);
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--message=first");
    rmSync(join(root, "generated/b.example"), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("without a release has to be told with what to compare", async () => {
    await expect(diffSince({ root })).rejects.toThrow(/no release yet .*: name a git ref/);
  });

  test.each(["nowhere", "--help", "", "HEAD:package.json"])("has no commit %j", async (ref) => {
    await expect(contractsAt(root, ref)).rejects.toThrow(DiffError);
    await expect(contractsAt(root, ref)).rejects.toThrow(`There is no commit "${ref}"`);
  });

  test("that breaks says so by a changeset, else it is found", async () => {
    git("tag", "v0.3.0");
    const silent = await diffSince({ root });
    expect(silent).toMatchObject({
      from: { ref: "v0.3.0", commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
      to: { ref: null, commit: null },
      impact: "breaking",
      bump: { asked: "minor", planned: null },
    });
    expect(isAnnounced(silent)).toBe(false);
    write(".changeset/small.md", '---\n"it": patch\n---\n\nSmall.\n');
    expect(isAnnounced(await diffSince({ root }))).toBe(false);
    write(".changeset/great.md", '---\n"it": minor\n---\n\nb.example is gone.\n');
    const announced = await diffSince({ root });
    expect(announced.bump).toEqual({ asked: "minor", planned: "minor" });
    expect(isAnnounced(announced)).toBe(true);
  });

  test("is asked for where generated/ has none", async () => {
    rmSync(join(root, "generated"), { recursive: true });
    const missing = "generated/ has no contract: run npm run generate, or name two git refs with --to.";
    await expect(diffSince({ root, ref: "main" })).rejects.toThrow(new DiffError(missing));
    mkdirSync(join(root, "generated"));
    await expect(diffSince({ root, ref: "main" })).rejects.toThrow(new DiffError(missing));
    expect(await diffSince({ root, ref: "main", to: "v0.3.0" })).toMatchObject({ impact: null });
  });

  test("is compared in a clone alone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-clone-"));
    for (const ref of [undefined, "main"])
      await expect(diffSince({ root: folder, ref })).rejects.toThrow(
        /^git can't compare here: not a git repository/,
      );
    rmSync(folder, { recursive: true });
  });

  test("is compared with another ref, too; where nothing breaks, nothing is to be announced", async () => {
    const same = await diffSince({ root, ref: "main", to: "v0.3.0" });
    expect(same).toMatchObject({ impact: null, bump: { asked: null }, to: { ref: "v0.3.0" } });
    expect(isAnnounced(same)).toBe(true);
  });
});
