import { type Checked, type CheckOptions, checkContract, type Report } from "../../src/contract/index.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";

/** The instance that the reports below are about. */
export const instance = "tistos.com";

/** A read-only run on a sandbox that deviates in one way, or not at all. */
export async function reportOf(fault?: string, more: Partial<CheckOptions> = {}): Promise<Report> {
  const { report } = await checkSandbox({ instance, fault, write: false, ...more });
  return report;
}

const clock = { now: () => Date.now(), sleep: async () => {} };

/** A run whose every request gets this answer. */
export function checkedWith(answer: () => Response, more: Partial<CheckOptions> = {}): Promise<Checked> {
  return checkContract({
    instance,
    baseUrl: "http://instance.test/api",
    keys: { valid: "some-key" },
    fetch: async () => answer(),
    clock,
    ...more,
  });
}

/** The answer of an API that is out of service. */
export const outOfService = () => new Response("<h1>Back soon</h1>", { status: 503 });

/** The API's answer to an unknown key. */
export const keyRefused = () =>
  Response.json({ errors: [{ title: "The API key is invalid.", status: 401 }] }, { status: 401 });

/** A report for each of the four outcomes. */
export async function reportsOfAllOutcomes(): Promise<Report[]> {
  const [honoured, deviates, unavailable, unset] = await Promise.all([
    reportOf(),
    reportOf("list-id-as-text"),
    checkedWith(outOfService),
    checkedWith(keyRefused),
  ]);
  const reports = [honoured, deviates, unavailable.report, unset.report];
  return reports.map((it) => ({ ...it, name: `${it.verdict}.example` }));
}
