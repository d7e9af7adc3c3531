import type { Report } from "./report.ts";
import { summaryOf } from "./summary.ts";

/** An issue for an instance whose outcome has changed. */
export interface Issue {
  /** The same for an instance each time, so that its issue is found again. */
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Whether there is something to do: else the issue can be closed. */
  readonly open: boolean;
}

/** What GitHub takes, with room for a last line: 65,536 characters. */
const longestBody = 60_000;

/** What to tell of the instances whose outcome is another than in the earlier report; of one without an earlier report, unless it honours its contract. */
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
