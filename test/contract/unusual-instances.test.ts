import { describe, expect, test } from "vitest";
import {
  type CheckOptions,
  checkContract,
  exitCode,
  type Finding,
  findingsOf,
  type Report,
} from "../../src/contract/index.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";
import { instanceNames } from "../../src/description/index.ts";
import { triesAll } from "../scope.ts";
import { type Habits, phpInstance, startPhpInstance } from "./php-instance/server.ts";

/** A healthy instance with habits of its own is honoured and quiet; what one cause breaks is one finding. */
interface Row {
  readonly name: string;
  readonly habits: Habits;
  readonly options?: Partial<CheckOptions>;
  readonly verdict?: Report["verdict"];
  /** What is found, as `level check`; notes are left out. */
  readonly found?: readonly string[];
  readonly notes?: number;
  readonly more?: (findings: readonly Finding[], report: Report) => void;
}

const readOnly = { write: false };

/** Some of the numbers, or all of them with CONTRACT_HABITS=all: what else there is differs in nothing but when it happens. */
const some = <Value>(few: readonly Value[], more: readonly Value[]): readonly Value[] =>
  triesAll("CONTRACT_HABITS") ? [...few, ...more] : few;

const rows: readonly Row[] = [
  { name: "nothing unusual", habits: {} },
  ...(["gzip", "brotli", "chunked", "close", "1.0"] as const).map((transfer) => ({
    name: transfer,
    habits: { transfer },
  })),
  ...(["pretty", "escaped"] as const).map((json) => ({ name: `${json} JSON`, habits: { json } })),
  ...[-200, 200].map((skew) => ({ name: `a clock that is ${skew} s off`, habits: { skew } })),
  { name: "ids over 2^31", habits: { firstId: 2 ** 31 + 5 } },
  { name: "an empty list for empty settings", habits: { emptyAsList: true } },
  { name: "two properties that no page names: two notes", habits: { extra: true }, notes: 2 },
  ...some([0, 1, 26, 51], [30, 50]).map((handlers) => ({
    name: `${handlers} handlers, read only`,
    habits: { handlers },
    options: readOnly,
  })),
  {
    name: "optional parameters that are invalid fall back: warnings",
    habits: { lenient: true },
    found: Array.from({ length: 4 }, () => "warning negative_data_rejection"),
  },
  {
    name: "a delete that answers 204: a warning",
    habits: { deleteStatus: 204 },
    found: ["warning status_code_conformance"],
  },
  {
    name: "a create that answers 201: one finding, on the family's word",
    habits: { createStatus: 201 },
    verdict: "deviates",
    found: ["failure status_code_conformance"],
    more: ([first]) => expect(first?.expected.evidence).toBe("family"),
  },
  ...(["added", "taken"] as const).map((slash) => ({
    name: `a slash that is ${slash} by a redirect: one finding`,
    habits: { slash },
    verdict: "deviates" as const,
    found: ["failure status_code_conformance"],
  })),
  {
    name: "links without the query: one finding",
    habits: { bareLinks: true, handlers: 60 },
    found: ["warning page_links"],
  },
  ...[{ milliseconds: 1_000 }, { requests: 12 }].map((lag) => ({
    name: `a list that lags behind a create by ${JSON.stringify(lag)}: a warning that names the lag`,
    habits: { lag },
    found: ["warning listed_after_create"],
    more: ([first]: readonly Finding[]) => expect(first?.got).toMatch(/\d\.\d s after the last create/),
  })),
  {
    name: "a list that lags behind every write: warnings that name the lag",
    habits: { listAge: 1_500 },
    found: ["warning listed_after_create", "warning deleted_from_the_list"],
    more: (findings: readonly Finding[]) =>
      expect(findings.map((it) => it.message)).toEqual([
        "The list lags behind a create or an update.",
        "The list lags behind a delete.",
      ]),
  },
  ...[-3, 3.5].map((hours) => ({
    name: `a clock in a zone ${hours} hours off: warnings`,
    habits: { skew: hours * 3_600 },
    found: ["warning creation_time", "warning change_time"],
  })),
  { name: "1,100 handlers", habits: { handlers: 1_100 } },
  ...some([5], [2, 10, 23]).map((offset) => ({
    name: `one connection in fifty drops, from request ${offset} on`,
    habits: { drops: (request: number) => request % 50 === offset },
    more: (findings: readonly Finding[]) => expect(findings.length).toBe(1),
    notes: 1,
  })),
  ...([400, 401, 403] as const).flatMap((status) =>
    some([status === 401 ? 6 : 3], [status === 401 ? 3 : 6]).map((room) => ({
      name: `an account that takes ${room - 3} handlers more, and ${status} for the next`,
      habits: { handlers: 3, plan: { room, status } },
      found: ["unprovable positive_data_acceptance"],
      more: (_: readonly Finding[], { hollow }: Report) =>
        expect(hollow).toContainEqual(
          `Inconclusive: the account accepts no more handlers (${status} for a create, after ${room - 3} of this run).`,
        ),
    })),
  ),
  ...some([3, 7], [4, 5, 6, 9, 12]).flatMap((others) =>
    some([others === 3 ? 12 : 30], [others === 3 ? 30 : 12]).flatMap((handlers) =>
      [true, false].map((write) => ({
        name: `others act before every ${others} requests, on ${handlers} handlers, ${write ? "with writes" : "read only"}`,
        habits: { others, handlers },
        options: { write },
      })),
    ),
  ),
  ...(["500", "no data"] as const).flatMap((how) =>
    some([[8], [12, 20]], [[3]]).map((at) => ({
      name: `reading request ${at} is answered with ${how}, and the next one rightly: a warning`,
      habits: { stumbles: { at, how } },
      found: ["warning unstable"],
    })),
  ),
  {
    name: "a new handler that is shown with another name once: a warning",
    habits: { stumbles: { at: [6], how: "other values" } },
    found: ["warning unstable"],
    more: ([first]: readonly Finding[]) => expect(first?.got).toMatch(/^first 200 .*Another.*; then 200 /),
  },
  {
    name: "three answers that are right the second time only: a failure",
    habits: { stumbles: { at: [3, 12, 20], how: "500" } },
    verdict: "deviates",
    found: ["failure unstable"],
  },
  { name: "out of service for a moment", habits: { front: { kind: "503", from: 30, to: 31 } }, notes: 1 },
];

describe("an instance with habits of its own", () => {
  test.each(rows)("$name", async ({ habits, options, verdict = "honoured", found = [], notes = 0, more }) => {
    let time = Date.now();
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        time += milliseconds;
      },
    };
    const server = await startPhpInstance({ ...habits, now: clock.now });
    const { baseUrl, key } = server;
    const keys = { valid: key };
    try {
      const checked = await checkContract({
        instance: phpInstance,
        baseUrl,
        keys,
        write: true,
        clock,
        ...options,
      });
      const { report } = checked;
      const findings = findingsOf(report);
      const grave = findings.filter((it) => it.level !== "note");
      expect(grave.map((it) => `${it.level} ${it.check}`)).toEqual(found);
      expect(findings.length - grave.length).toBe(notes);
      expect(report.verdict).toBe(verdict);
      expect(exitCode([report])).toBe(verdict === "honoured" ? 0 : 1);
      expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
      expect(server.names().filter((it) => it.startsWith("contract-test"))).toEqual([]);
      more?.(findings, report);
    } finally {
      await server.close();
    }
  });
});

test.each(instanceNames)("%s with 26 to 50 handlers, read only: honoured", async (instance) => {
  for (const seed of some([33], [26, 50])) {
    const { report } = await checkSandbox({ instance, seed, write: false });
    expect(report.reason).toBeUndefined();
    expect(report.verdict).toBe("honoured");
  }
});
