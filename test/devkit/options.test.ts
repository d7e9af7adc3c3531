import { describe, expect, test } from "vitest";
import { checkContract, startMock, startSandbox, workbench } from "../../src/devkit/index.ts";

const instance = "bitpeak.ru";
const keys = { valid: "a-key-that-nobody-may-see" };
const baseUrl = `http://127.0.0.1:4010/mock/${instance}/api`;

/** Calls as a program without types may make them: nothing is started, and nothing is asked. */
const calls: [said: string | RegExp, call: (options: never) => unknown, options: unknown][] = [
  [/^There is no option "sed": the nearest of the \d+ names are seed, /, startSandbox, { instance, sed: 3 }],
  [
    'There is no option "sed": there are instance, description, dynamic, seed, ',
    startMock,
    { instance, sed: "x" },
  ],
  ['There is no option "apiKey": ', startMock, { instance, apiKey: "any" }],
  ["instance must be one of ", startMock, undefined],
  [
    /^There is no option "baseURL": the nearest of the \d+ names are baseUrl, /,
    checkContract,
    { instance, keys, baseURL: baseUrl },
  ],
  ["The options must be an object, such as { instance: ... }.", startMock, instance],
  ["The options must be an object, such as { instance: ... }.", startSandbox, instance],
  ["The options must be an object, such as { instance: ... }.", checkContract, [instance]],
  ["instance must be one of ", checkContract, { keys }],
  ["instance must be one of ", checkContract, undefined],
  ["keys.valid must be an API key of ", checkContract, { instance }],
  ["keys.valid must be an API key of ", checkContract, { instance, keys: { valid: "" } }],
  ["baseUrl must be an http or https URL", checkContract, { instance, keys, baseUrl: "127.0.0.1:4010" }],
  ["apiKey must be the key that ", workbench, { baseUrl }],
  ["baseUrl must be the base URL of a mock or a sandbox, ", workbench, { apiKey: "k" }],
  [
    "baseUrl must be the base URL of a mock or a sandbox, ",
    workbench,
    { apiKey: "k", baseUrl: "http://127.0.0.1:4010" },
  ],
];

describe("an option that can't be meant so is refused with a sentence", () => {
  test.each(calls)("%s", async (said, call, options) => {
    const asked = Promise.resolve().then(() => call(options as never));
    await expect(asked).rejects.toThrow(said);
    await expect(asked).rejects.not.toThrow(keys.valid);
  });
});
