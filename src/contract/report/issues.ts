import type { Report } from "./report.ts";
import { summaryOf } from "./summary.ts";

/** An issue for an instance whose outcome has changed. */
export interface Issue {
  /** Always the same for an instance, so that its issue can be found again. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Whether there is something to do. If not, the issue can be closed. */
  readonly open: boolean;
}

/** GitHub allows 65,536 characters; this leaves room for a last line. */
const longestBody = 60_000;

/**
 * Issues for the instances whose outcome differs from the earlier report. Without an earlier report: for those that don't honour their
 * contract.
 */
export function issuesOf(reports: readonly Report[]): Issue[] {
  return reports
    .filter(({ verdict, changes }) => verdict !== (changes?.verdict ?? "honoured"))
    .map((report) => {
      const { name, verdict, changes } = report;
      const was = changes === undefined ? "It was not checked before." : `It was: ${changes.verdict}.`;
      const body = `Outcome: **${verdict}**. ${was}\n\n${summaryOf([report])}`;
      const isLong = body.length > longestBody;
      return {
        title: `Contract: ${name}`,
        body: isLong ? `${body.slice(0, longestBody)}\n\nThe rest is in the report of the run.\n` : body,
        open: verdict !== "honoured",
      };
    });
}
