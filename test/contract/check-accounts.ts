import { expect } from "vitest";
import { type Checked, checks, findingsOf } from "../../src/contract/index.ts";
import { mostRequests } from "../../src/contract/plan/requests.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";
import type { Description } from "../../src/description/index.ts";
import { modelOf } from "../../src/description/index.ts";

/** The bound of requests of a run with all checks. */
export function boundOf(description: Description, write: boolean): number {
  return mostRequests(modelOf(description), checks, write);
}

/**
 * How far the bound may be above what is really sent, on the account that takes the most: a promise is no guess. It takes several accounts to
 * meet that one.
 */
const slack = 1.3;

/** The numbers of handlers of the accounts: a second page, more than two pages of the smallest size, and none. */
const sizesOfAccounts = [15, 45, 0];

/** Checks sandboxes with accounts of several sizes. Nothing may be found, and the bound must hold and be near. @returns the first */
export async function checkAccounts(
  description: Description,
  write: boolean,
  accounts: readonly number[] = sizesOfAccounts,
): Promise<Checked> {
  const checked: Checked[] = [];
  for (const seed of accounts) checked.push(await checkSandbox({ description, write, seed }));
  for (const { report } of checked) {
    expect(findingsOf(report)).toEqual([]);
    expect(report.reason).toBeUndefined();
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(report.verdict).toBe("honoured");
  }
  const most = Math.max(...checked.map(({ report }) => report.requests));
  const bound = boundOf(description, write);
  expect(most).toBeLessThanOrEqual(bound);
  if (accounts.length > 1) expect(bound / most).toBeLessThanOrEqual(slack);
  return checked[0] as Checked;
}

/** What a run could have proven and did not, but for types that were on no page which was reached by link. */
export function unprovenIn({ report }: Checked): string[] {
  const { coverage } = report;
  return coverage.unproven.filter((it) => !/^listNotificationHandlers(ByLink)? 200 has data\[\]\(/.test(it));
}
