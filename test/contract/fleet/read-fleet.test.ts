import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberKeys, readFleet } from "../../../src/contract/index.ts";
import { SettingsError } from "../../../src/settings/index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fleet-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = {
  NOTIFICATION_HANDLERS_API_KEY: "for-all",
  NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU: "own",
  SHOP_KEY: "shop",
  SHOP_OTHER: "other",
};
const read = (text: string, overrides = {}) => {
  const file = join(folder, "fleet.yaml");
  writeFileSync(file, text);
  return readFleet(file, environment, overrides);
};

const baseline = "version: 1\naccepted: []\n";

describe("a file that lists instances", () => {
  test("says of each what it does not take from the defaults, and these win over what is usual", () => {
    writeFileSync(join(folder, "baseline.yaml"), baseline);
    const members = read(`
version: 1
defaults: { rate: 2/s, baseline: baseline.yaml }
instances:
  - instance: bitpeak.ru
  - name: shop
    instance: family
    base_url: https://shop.example/api/
    key: SHOP_KEY
    other_key: SHOP_OTHER
    write: true
    rate: none
    timeout: 3
  - name: without
    instance: bitpeak.ru
    base_url: http://127.0.0.1:1/api
`);
    const accepted = { version: 1, accepted: [] };
    expect(members).toEqual([
      {
        name: "bitpeak.ru",
        instance: "bitpeak.ru",
        baseUrl: "https://bitpeak.ru/api",
        keys: { valid: "own" },
        write: false,
        interval: 500,
        timeout: 10_000,
        baseline: accepted,
      },
      {
        name: "shop",
        instance: "family",
        baseUrl: "https://shop.example/api",
        keys: { valid: "shop", other: "other" },
        write: true,
        interval: 0,
        timeout: 3_000,
        baseline: accepted,
      },
      {
        name: "without",
        instance: "bitpeak.ru",
        baseUrl: "http://127.0.0.1:1/api",
        keys: { missing: "There is no API key: set NOTIFICATION_HANDLERS_API_KEY_WITHOUT." },
        write: false,
        interval: 500,
        timeout: 10_000,
        baseline: accepted,
      },
    ]);
  });

  test("gives way to the command line", () => {
    const [member] = read(
      '{"version":1,"instances":[{"instance":"bitpeak.ru","rate":"1/s","write":false}]}',
      {
        write: true,
        interval: 7,
        timeout: 9,
      },
    );
    expect(member).toMatchObject({ write: true, interval: 7, timeout: 9 });
  });

  test.each([
    ["instances:\n  - instance: bitpeak.ru\n", /:1:1: version is missing/],
    ["version: 1\ninstances: []\n", /:2:12: instances must NOT have fewer than 1 items/],
    [
      "version: 1\ninstances:\n  - instance: nope\n",
      /:3:15: there is no instance "nope": use the name of a registered instance, or family with a base_url/,
    ],
    [
      "version: 1\ninstances:\n  - instance: family\n",
      /:3:15: family has no base URL of its own: add a base_url/,
    ],
    [
      "version: 1\ninstances:\n  - instance: bitpeak.ru\n  - instance: bitpeak.ru\n",
      /:4:15: "bitpeak.ru" appears twice: give one of them another name/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, base_url: 'https://u:p@h/api' }\n",
      /:3:\d+: base_url must be/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, base_url: 'ftp://h/api' }\n",
      /:3:\d+: base_url is not in its form/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, rate: fast }\n",
      /:3:\d+: rate is not in its form.*30\/m/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, timeout: 601 }\n",
      /:3:\d+: timeout must be <= 600/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, baseline: none.yaml }\n",
      /none\.yaml can't be read/,
    ],
    [
      "version: 1\ninstances:\n  - { instance: bitpeak.ru, kye: A_B }\n",
      /:3:\d+: there is no "kye" here; there are .*key, /,
    ],
  ])("%j is refused with the line and what to do", (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(SettingsError);
  });

  test.each(["6f1d2c9ab34e5f60718293a4b5c6d7e8", "ABCDEF0123456789", "sk_live_abc"])(
    "a key in place of its variable's name is refused and not shown: %s",
    (key) => {
      const text = `version: 1\ninstances:\n  - { instance: bitpeak.ru, key: ${key} }\n`;
      expect(() => read(text)).toThrow(
        /:3:\d+: key is not in its form\. It is: The name of the environment variable/,
      );
      expect(() => read(text)).not.toThrow(key);
    },
  );
});

describe("the keys of one of several instances", () => {
  test("are its own: the variable for all would give one operator's key to the others' hosts", () => {
    expect(memberKeys("bitpeak.ru", environment)).toEqual({ valid: "own" });
    expect(memberKeys("k.aws.bj", environment)).toHaveProperty("missing");
  });

  test("are refused, and not shown, where no header can carry them", () => {
    const keys = memberKeys("a", { NOTIFICATION_HANDLERS_API_KEY_A: "secret\n" });
    expect(keys).toEqual({ missing: expect.stringMatching(/a line end/) as string });
    expect(JSON.stringify(keys)).not.toContain("secret");
  });
});
