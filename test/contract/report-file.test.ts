import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import { Baseline, changesSince, type Report, reportFileOf, unchecked } from "../../src/contract/index.ts";
import { isNode } from "../../src/description/index.ts";
import { schemaOf } from "../../src/settings/index.ts";
import { instance, reportOf, reportsOfAllOutcomes } from "./reports.ts";

let reports: Report[];
beforeAll(async () => {
  const all = await reportsOfAllOutcomes();
  const [honoured, deviates] = all;
  if (honoured === undefined || deviates === undefined) throw new Error("There are no reports.");
  const baseline = new Baseline({ version: 1, accepted: [] }, instance, Date.now());
  const whole = await reportOf(undefined, { baseline, write: true });
  reports = [
    ...all,
    whole,
    { ...deviates, changes: changesSince(honoured, deviates), certificateEnds: new Date(0).toISOString() },
    {
      ...honoured,
      leftovers: { handlers: [{ id: 1, name: "a" }], unknown: [{ name: "b", why: "c" }] },
      swept: [2],
    },
    unchecked(
      {
        name: "shop",
        instance,
        baseUrl: "https://shop.example/api",
        keys: { missing: "There is no key." },
        write: false,
        interval: 0,
        timeout: 1_000,
      },
      "There is no key.",
      0,
    ),
  ];
}, 180_000);

/** The schema, with every object closed: what it does not say must not be there either. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isNode(schema)) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)] as const);
  const isObject = isNode(schema.properties) && schema.additionalProperties === undefined;
  return { ...Object.fromEntries(entries), ...(isObject && { additionalProperties: false }) };
}

describe("what --json writes keeps its published schema", () => {
  test("reports of all outcomes, as JSON has them", () => {
    expect(new Set(reports.map((it) => it.verdict))).toEqual(
      new Set(["honoured", "deviates", "unavailable", "not set up"]),
    );
    const validate = schemaOf("contract-report");
    expect(validate(JSON.parse(JSON.stringify(reportFileOf(reports)))) || validate.errors).toBe(true);
  });

  test("and have nothing that it does not name", () => {
    const file = new URL("../../schemas/contract-report.schema.json", import.meta.url);
    const validate = new Ajv({ strict: true }).compile(
      closed(JSON.parse(readFileSync(file, "utf8"))) as object,
    );
    expect(validate(JSON.parse(JSON.stringify(reportFileOf(reports)))) || validate.errors).toBe(true);
  });

  test.each([
    ["another version", (file: { version: number }) => ({ ...file, version: 2 })],
    [
      "a run without an outcome",
      (file: object) => ({ ...file, runs: [{ ...reports[0], verdict: undefined }] }),
    ],
    [
      "an outcome that there is not",
      (file: object) => ({ ...file, runs: [{ ...reports[0], verdict: "fine" }] }),
    ],
  ])("%s does not", (_, change) => {
    const file = JSON.parse(JSON.stringify(change(reportFileOf(reports)))) as unknown;
    expect(schemaOf("contract-report")(file)).toBe(false);
  });
});
