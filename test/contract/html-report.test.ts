import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { changesSince, findingsOf, pageOf, type Report } from "../../src/contract/index.ts";
import { reportOf, reportsOfAllOutcomes } from "./reports.ts";

const now = Date.UTC(2026, 5, 15, 12);
let reports: Report[];
beforeAll(async () => {
  reports = await reportsOfAllOutcomes();
});

const hostile = `</p><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x" 'y' &amp; \u202Eevil\u2066 \u009b31m\u0007\u007f`;

/** Every text of a report is what an instance may have sent. */
function poisoned(report: Report): Report {
  const entry = {
    check: "page_size",
    operation: hostile,
    reason: hostile,
    decided_by: hostile,
    expires: hostile,
  } as const;
  const change = {
    level: "failure",
    check: "page_size",
    operation: hostile,
    subject: hostile,
    message: hostile,
  } as const;
  return {
    ...report,
    name: hostile,
    baseUrl: hostile,
    reason: hostile,
    hollow: [hostile],
    results: report.results.map((it) => ({
      ...it,
      findings: it.findings.map((finding) => ({
        ...finding,
        operation: hostile,
        subject: hostile,
        message: hostile,
        got: hostile,
        curl: hostile,
        acceptance: { reason: hostile, decidedBy: hostile, expires: hostile },
        expected: { ...finding.expected, pointer: hostile, assumption: hostile },
      })),
    })),
    leftovers: { handlers: [{ id: 1, name: hostile }], unknown: [{ name: hostile, why: hostile }] },
    baseline: { accepted: 0, expired: [entry], gone: [entry], unchecked: [entry] },
    changes: {
      since: hostile,
      verdict: hostile,
      new: [change],
      gone: [change],
      unchecked: [change],
      unchanged: 0,
    },
  };
}

describe("the page of reports", () => {
  test("shows every instance, its outcome, and its findings with where the contract says so and how to see it again", () => {
    const page = pageOf(reports, now);
    for (const it of reports) expect(page).toContain(`<bdi>${it.name}</bdi>`);
    const [finding] = reports.flatMap(findingsOf).filter((it) => it.level === "failure");
    expect(page).toContain(finding?.expected.pointer);
    expect(page).toContain(
      "curl --include --header &quot;Authorization: Bearer $NOTIFICATION_HANDLERS_API_KEY&quot;",
    );
    expect(page).toMatch(/\d+ answers: half of them within \d+ ms/);
  });

  test("has those that need a person first", () => {
    const page = pageOf([...reports].reverse(), now);
    const places = ["deviates", "not set up", "unavailable", "honoured"].map((it) =>
      page.indexOf(`<bdi>${it}.example`),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test("shows what changed", async () => {
    const [honoured, deviates] = [await reportOf(), await reportOf("list-id-as-text")];
    const page = pageOf([{ ...deviates, changes: changesSince(honoured, deviates) }], now);
    expect(page).toMatch(/<h3>Since \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC, when it was: honoured<\/h3>/);
    expect(page).toContain("<b>New</b>");
  });

  test("loads nothing, runs nothing, and its policy keeps it so", () => {
    const page = pageOf(reports, now);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|@import|url\(| src=| style=| on\w+=/);
    const [, style = ""] = /<style>(.*)<\/style>/s.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;;`,
    );
  });

  test("shows whatever an instance sends as text, with marks for what has no sign", () => {
    const page = pageOf(reports.map(poisoned), now);
    expect(page).not.toMatch(/<script|<img|<p><\/p>"| onload="/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in it.
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(page).toContain("&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("\\u202eevil\\u2066 \\u009b31m\\u0007\\u007f");
    const count = (tag: string) => page.split(tag).length - 1;
    for (const tag of ["section", "article", "details", "figure", "ul", "dl"])
      expect(count(`<${tag}>`) + count(`<${tag} `)).toBe(count(`</${tag}>`));
  });

  test("bears two hundred instances", () => {
    const [deviates] = reports.filter((it) => it.verdict === "deviates");
    if (deviates === undefined) throw new Error("None deviates.");
    const many = Array.from({ length: 200 }, (_, index) => ({ ...deviates, name: `shop-${index}` }));
    expect(pageOf(many, now).length).toBeLessThan(2_000_000);
  });
});
