import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { addType, style } from "../../src/generate/add-type.ts";
import { GenerateError } from "../../src/generate/index.ts";
import { type ContractCopy, copyContract } from "./contract-copy.ts";

test("a new type is one command: every list has it, and lint finds nothing", async () => {
  const copy = await copyContract();
  const written = await addType({ type: "owl", fields: ["owl_topic", "owl"], folder: copy.folder });
  expect(written.at(-1)).toMatch(/handlers\/owl\.yaml$/);
  expect(await copy.lint()).toEqual([]);
  expect(copy.read("components/handlers/owl.yaml")).toContain("CreateOwlNotificationHandler");
});

describe("a type that some place lacks is found, at that place", () => {
  const cases: { lacks: string; file: string; from: RegExp; to?: string; says: RegExp }[] = [
    {
      lacks: "the list of types",
      file: "components/schemas/HandlerType.yaml",
      from: / {2}- owl\n/,
      says: /handlers\/owl\.yaml describes the type owl/,
    },
    {
      lacks: "the resource",
      file: "components/schemas/NotificationHandler.yaml",
      from: /.*owl.*\n/,
      says: /NotificationHandler lacks a branch for the type owl/,
    },
    {
      lacks: "the create body",
      file: "components/schemas/CreateNotificationHandler.yaml",
      from: /.*owl.*\n/,
      says: /CreateNotificationHandler lacks a branch/,
    },
    {
      lacks: "the update body",
      file: "components/schemas/UpdateNotificationHandler.yaml",
      from: /.*owl.*\n/,
      says: /UpdateNotificationHandler lacks a branch/,
    },
    {
      lacks: "the update without a type",
      file: "components/schemas/UpdateNotificationHandlerKeepingType.yaml",
      from: / {2}owl_topic:.*\n( {4}.*\n)?/,
      says: /update without a type lacks the field owl_topic/,
    },
    {
      lacks: "the answer to a read",
      file: "components/responses/SingleNotificationHandler.yaml",
      from: / {6}owl:\n( {8}.*\n)*/,
      says: /no example named owl/,
    },
    {
      lacks: "the list that shows every type",
      file: "components/responses/NotificationHandlerList.yaml",
      from: /.*owl.*\n/,
      says: /lacks owl/,
    },
    {
      lacks: "the example of the create",
      file: "paths/notification-handlers.yaml",
      from: / {10}owl:.*\n( {12}.*\n)*/,
      says: /no example named owl/,
    },
    {
      lacks: "the example of the update",
      file: "paths/notification-handlers-{notification_handler_id}.yaml",
      from: / {10}owl:.*\n( {12}.*\n)*/,
      says: /no example named owl/,
    },
    {
      lacks: "a field of the update",
      file: "components/handlers/owl.yaml",
      from: /(UpdateOwl[\s\S]*?) {4}owl_topic:.*\n/,
      to: "$1",
      says: /update body of type owl lacks the field owl_topic/,
    },
    {
      lacks: "a field of the settings",
      file: "components/handlers/owl.yaml",
      from: /(OwlSettings:[\s\S]*?) {8}owl_topic:.*\n/,
      to: "$1",
      says: /settings of type owl lacks the field owl_topic/,
    },
  ];
  // A lint takes a second: what doesn't hide each other is tried at once, each in a place of its own.
  const [withoutType, ...others] = cases;
  const ofField = (each: (typeof cases)[number]) => each.says.source.includes("lacks the field");
  const groups = [[withoutType], others.filter(ofField), others.filter((each) => !ofField(each))];
  const problems: Awaited<ReturnType<ContractCopy["lint"]>> = [];
  beforeAll(async () => {
    for (const changes of groups) {
      const copy = await copyContract();
      await addType({ type: "owl", fields: ["owl_topic"], folder: copy.folder });
      for (const change of changes)
        if (change !== undefined) copy.change(change.file, change.from, change.to ?? "");
      problems.push(...(await copy.lint()));
    }
  });

  test.each(cases)("$lacks", ({ file, says }) => {
    expect(problems.map(({ message }) => message).join("\n")).toMatch(says);
    expect(problems.filter(({ message }) => says.test(message)).map((each) => each.file)).toContain(file);
  });
});

test("a list parameter that nothing would serve is refused, at its file", async () => {
  const copy = await copyContract();
  copy.change("components/parameters/Search.yaml", "x-role: search-text\n", "");
  copy.change("components/parameters/IsEnabled.yaml", "name: is_enabled", "name: is_active");
  const problems = (await copy.lint()).filter(
    ({ rule }) => rule === "notification-handlers/list-parameters-served",
  );
  expect(problems).toMatchObject([
    { file: "components/parameters/Search.yaml", message: expect.stringMatching(/search has no x-role/) },
    {
      file: "components/parameters/IsEnabled.yaml",
      message: expect.stringMatching(/is_active compares no property/),
    },
  ]);
});

test.each([
  { type: "email", fields: [], says: /already exists/ },
  { type: "Owl", fields: [], says: /can't be the name/ },
  { type: "2fa", fields: [], says: /of which the first is a letter/ },
  { type: "../x", fields: [], says: /can't be the name/ },
  { type: "owl", fields: ["topic", "topic"], says: /named twice/ },
  { type: "owl", fields: ["email"], says: /field of another type, already/ },
  { type: "owl", fields: ["type"], says: /property of every handler/ },
])("add-type $type $fields is refused, and nothing is written", async ({ type, fields, says }) => {
  const { folder } = await copyContract();
  const texts = () =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  const before = texts();
  const added = addType({ type, fields, folder });
  await expect(added).rejects.toThrow(GenerateError);
  await expect(added).rejects.toThrow(says);
  expect(texts()).toEqual(before);
});

test("the contract's files are laid out as add-type writes them, so that it changes nothing else", async () => {
  const { folder, read } = await copyContract();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((each) => each.endsWith(".yaml") && !each.startsWith("i18n"))) {
    expect(parseDocument(read(file)).toString(style), join("openapi", file)).toBe(read(file));
  }
});
