import { describe, expect, test } from "vitest";
import { checkContract, serveSandboxes, startMock, startSandbox, workbench } from "../../src/devkit/index.ts";

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
  [
    "baseUrl must be an http or https URL without user, ",
    checkContract,
    { instance, keys, baseUrl: `http://u:${keys.valid}@h/api` },
  ],
  [
    "baseUrl must be an http or https URL without ",
    checkContract,
    { instance, keys, baseUrl: "http://h/api?x" },
  ],
  [
    "keys.valid has a character that no header ",
    checkContract,
    { instance, keys: { valid: `${keys.valid}\n` } },
  ],
  [
    "keys.other has a character that no ",
    checkContract,
    { instance, keys: { ...keys, other: `${keys.valid} b` } },
  ],
  ["keys.other is empty: leave it out", checkContract, { instance, keys: { ...keys, other: "" } }],
  ["timeout must be a number of milliseconds above 0", checkContract, { instance, keys, timeout: -1 }],
  ["timeout must be a number of milliseconds above 0", checkContract, { instance, keys, timeout: "5" }],
  ["timeout must be a number of milliseconds above 0", checkContract, { instance, keys, timeout: 2 ** 31 }],
  [
    "interval must be a number of milliseconds from 0",
    checkContract,
    { instance, keys, interval: Number.NaN },
  ],
  ["interval must be a number of milliseconds from 0", checkContract, { instance, keys, interval: 2 ** 31 }],
  ["only must be a list of names", checkContract, { instance, keys, only: "page_size" }],
  ["apiKeys must be a list of keys", serveSandboxes, { instances: [instance], apiKeys: keys.valid }],
  ["instances must be a list of names", serveSandboxes, { instances: instance }],
  [
    'There is no option "valdi" in keys: there are valid, other.',
    checkContract,
    { instance, keys: { valdi: keys.valid } },
  ],
  [
    'There is no option "others" in keys: there are valid, other.',
    checkContract,
    { instance, keys: { ...keys, others: keys.valid } },
  ],
  ["keys.valid must be an API key of ", checkContract, { instance, keys: keys.valid }],
  ["keys.valid must be an API key of ", checkContract, { instance, keys: null }],
  ["fault must be a text, not a symbol.", startSandbox, { instance, fault: Symbol("list-late") }],
  ["fault must be a text, not a list.", startSandbox, { instance, fault: ["list-late"] }],
  ["fault must be a text, not null.", startSandbox, { instance, fault: null }],
  ["publicUrl must be a text, not a symbol.", startSandbox, { instance, publicUrl: Symbol("x") }],
  ["db must be a text, not an object.", startSandbox, { instance, db: {} }],
  ["snapshot must be a text, not 5.", startSandbox, { instance, snapshot: 5 }],
  ["now must be a function, not 5.", startSandbox, { instance, now: 5 }],
  ["descriptions must be a list of instances.", startSandbox, { instance, descriptions: {} }],
  ["host must be an address of this machine, not a symbol.", startMock, { instance, host: Symbol("::1") }],
  ["host must be an address of this machine, not null.", startSandbox, { instance, host: null }],
  [
    "port must be a whole number from 0, which takes a free one, to 65535, not a symbol.",
    startMock,
    { instance, port: Symbol("1") },
  ],
  [
    "port must be a whole number from 0, which takes a free one, to 65535, not an object.",
    serveSandboxes,
    { port: {} },
  ],
  ["requests must be a whole number from 0 to 500, not an object.", startMock, { instance, requests: {} }],
  ["allowHosts must be a list of names of hosts", startMock, { instance, allowHosts: "mock.test" }],
  ["allowHosts must be a list of names of hosts", startSandbox, { instance, allowHosts: [7] }],
  ["An API key must be printable ASCII", startSandbox, { instance, apiKey: 7 }],
  ["apiKey must be the key that ", workbench, { baseUrl }],
  ["baseUrl must be the base URL of a mock or a sandbox, ", workbench, { apiKey: "k" }],
  [
    "baseUrl must be the base URL of a mock or a sandbox, ",
    workbench,
    { apiKey: "k", baseUrl: "http://127.0.0.1:4010" },
  ],
  [
    "baseUrl must be the base URL of a mock or a sandbox, ",
    workbench,
    { apiKey: "k", baseUrl: "http://127.0.0.1:4010/mock/%ZZ/api" },
  ],
];

const baseUrls = [
  "http://h/api?",
  "http://h/api#",
  "http://h/a pi",
  "http://h/api\n",
  Symbol("http://h/api"),
];

test.each([...baseUrls, new URL("http://h/api")])(
  "the base URL %o is refused with a sentence",
  async (given) => {
    const options = { instance, keys, baseUrl: given as string };
    const said = "baseUrl must be an http or https URL without ";
    await expect(checkContract(options)).rejects.toThrow(said);
  },
);

describe("an option that can't be meant so is refused with a sentence", () => {
  test.each(calls)("%s", async (said, call, options) => {
    const asked = Promise.resolve().then(() => call(options as never));
    await expect(asked).rejects.toThrow(said);
    await expect(asked).rejects.not.toThrow(keys.valid);
  });
});
