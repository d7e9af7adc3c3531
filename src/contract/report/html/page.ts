import { createHash } from "node:crypto";
import type { Finding, Level } from "../../findings/index.ts";
import { failuresAcross } from "../across.ts";
import { byNeed, countsOf, remarksOf } from "../attention.ts";
import type { Change, Changes } from "../changes.ts";
import { findingsOf, hasLeftovers, type Outcome, type Report } from "../report.ts";
import { histogramOf } from "./histogram.ts";
import { html, Markup } from "./markup.ts";
import { style } from "./style.ts";

const outcomes: readonly Outcome[] = ["deviates", "not set up", "unavailable", "honoured"];
const classes: Record<Outcome, string> = {
  honoured: "honoured",
  deviates: "deviates",
  unavailable: "unavailable",
  "not set up": "unset",
};
const titles: Record<Level, string> = {
  failure: "Failure",
  warning: "Warning",
  unprovable: "Inconclusive",
  accepted: "Accepted",
  note: "Note",
};

/**
 * Reports as one page for people: instances by outcome, findings by cause, answer times, changes. The page has no scripts and loads
 * nothing, and its Content-Security-Policy enforces that, whatever an instance has sent. `now`: milliseconds since 1970.
 */
export function pageOf(reports: readonly Report[], now: number): string {
  const sorted = byNeed(reports);
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const title = `Contract: ${countsOf(reports)}`;
  const ids = new Map(sorted.map((it, index) => [it, `i${index + 1}`]));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${new Markup(`<style>${style}</style>`)}
</head>
<body>
<header>
<h1>Do the instances honour their contract?</h1>
<p class="quiet">${reports.length} ${reports.length === 1 ? "instance" : "instances"}, ${new Date(now).toISOString().slice(0, 16).replace("T", " ")} UTC</p>
</header>
<main>
<ul class="counts">
${outcomes.map((it) => countItem(it, reports.filter(({ verdict }) => verdict === it).length))}
</ul>
${overview(sorted, ids)}
${brokenOf(sorted, ids)}
${timesOf(reports)}
${sorted.map((it) => instanceSection(it, ids.get(it) ?? ""))}
</main>
</body>
</html>
`.text;
}

function countItem(outcome: Outcome, count: number): Markup {
  return html`<li class="${count === 0 ? "none" : classes[outcome]}"><b>${count}</b> <span>${outcome}</span></li>`;
}

function overview(reports: readonly Report[], ids: ReadonlyMap<Report, string>): Markup {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">instance</th><th scope="col">outcome</th><th scope="col">what to know</th><th scope="col">proven</th></tr></thead>
<tbody>
${reports.map(
  (it) => html`<tr>
<td><a href="#${ids.get(it)}"><bdi>${it.name}</bdi></a></td>
<td class="tag ${classes[it.verdict]}">${it.verdict}</td>
<td>${remarksOf(it).join(", ")}</td>
<td class="quiet tag">${it.coverage.proven} of ${it.coverage.statements}<span class="phone"> proven</span></td>
</tr>`,
)}
</tbody></table></div>`;
}

/** The failures of all reports, each once: hundreds of instances may have the same one. */
function brokenOf(reports: readonly Report[], ids: ReadonlyMap<Report, string>): Markup | undefined {
  const shared = failuresAcross(reports);
  if (reports.length === 1 || shared.length === 0) return undefined;
  return html`<h2>What is broken</h2>
<ul>
${shared.map(
  ({
    finding,
    reports: having,
  }) => html`<li><code>${nameOf(finding)}</code> of <code>${finding.operation}</code>: ${finding.message}
<br><span class="small">${having.length} ${having.length === 1 ? "instance" : "instances"}: ${having.map((it) => html`<a href="#${ids.get(it)}"><bdi>${it.name}</bdi></a>`)}</span></li>`,
)}
</ul>`;
}

function nameOf({ check, subject }: Pick<Finding, "check"> & { readonly subject?: string }): string {
  return subject === undefined ? check : `${check} [${subject}]`;
}

function timesOf(reports: readonly Report[]): Markup | undefined {
  const histogram = reports.length > 1 ? histogramOf(reports) : undefined;
  return histogram === undefined ? undefined : html`<h2>Answer times of all</h2>\n${histogram}`;
}

function instanceSection(report: Report, id: string): Markup {
  const { name, instance, baseUrl, verdict, reason, write, requests, milliseconds, coverage } = report;
  const findings = findingsOf(report);
  const grave = findings.filter((it) => it.level !== "note");
  const notes = findings.filter((it) => it.level === "note");
  return html`<section id="${id}">
<h2><bdi>${name}</bdi>: <span class="${classes[verdict]}">${verdict}</span></h2>
${reason === undefined ? undefined : html`<p>${reason}</p>`}
<p class="quiet small">${baseUrl}${instance === name ? "" : `, the contract of ${instance}`}; ${write ? "with writes" : "read only"}; ${requests} ${requests === 1 ? "request" : "requests"} in ${(milliseconds / 1_000).toFixed(1)} s;
${coverage.proven} statements proven, ${coverage.provable} provable, of ${coverage.statements} in the contract</p>
${leftoversOf(report)}
${report.changes === undefined ? undefined : changesOf(report.changes)}
${baselineOf(report)}
${grave.map(findingOf)}
${notes.length === 0 ? undefined : html`<details><summary>${notes.length} ${notes.length === 1 ? "note" : "notes"}</summary>${notes.map(findingOf)}</details>`}
${report.hollow.length === 0 ? undefined : html`<p><b>Gaps:</b> ${report.hollow.join(" ")}</p>`}
${histogramOf([report])}
</section>`;
}

function leftoversOf(report: Report): Markup | undefined {
  if (!hasLeftovers(report)) return undefined;
  const { handlers, unknown } = report.leftovers;
  return html`<h3 class="deviates">Left behind</h3><ul>
${handlers.map(({ id, name }) => html`<li>handler ${id}, <bdi>${name}</bdi></li>`)}
${unknown.map(({ name, why }) => html`<li>perhaps <bdi>${name}</bdi>: ${why}</li>`)}
</ul><p>Run it with <code>--sweep</code>, or delete them by hand.</p>`;
}

function changesOf(changes: Changes): Markup {
  const lists = [
    ["New", changes.new],
    ["Gone", changes.gone],
    ["Not checked this time", changes.unchecked],
  ] as const;
  return html`<h3>Since ${changes.since.slice(0, 16).replace("T", " ")} UTC, when it was: ${changes.verdict}</h3>
<p class="small">${changes.unchanged} unchanged${lists.every(([, all]) => all.length === 0) ? ", and nothing else" : ""}.</p>
${lists.filter(([, all]) => all.length > 0).map(([title, all]) => html`<p class="small"><b>${title}</b></p><ul class="small">${all.map(changeOf)}</ul>`)}`;
}

function changeOf(change: Change): Markup {
  return html`<li>${titles[change.level]}: <code>${nameOf(change)}</code> of <code>${change.operation}</code>: ${change.message}</li>`;
}

function baselineOf({ baseline }: Report): Markup | undefined {
  if (baseline === undefined) return undefined;
  const lists = [
    ["Expired: it fails again", baseline.expired],
    ["Accepted, and no longer there: the entry can go", baseline.gone],
  ] as const;
  return html`${lists
    .filter(([, entries]) => entries.length > 0)
    .map(
      ([title, entries]) =>
        html`<h3>${title}</h3><ul class="small">${entries.map(
          (it) =>
            html`<li><code>${nameOf(it)}</code> of <code>${it.operation}</code>, until ${it.expires}: ${it.reason} (${it.decided_by})</li>`,
        )}</ul>`,
    )}`;
}

function findingOf(finding: Finding): Markup {
  const { level, operation, message, expected, got, places, curl, acceptance, times } = finding;
  const rows: (readonly [string, Markup])[] = [
    ["expected", html`<code>${expected.file} ${expected.pointer}</code> (${expected.evidence})`],
    ...(expected.assumption === undefined ? [] : [["assumes", html`${expected.assumption}`] as const]),
    ["received", html`<code>${got}</code>`],
    ...(places === undefined ? [] : [["also", html`${places.join(", ")}`] as const]),
    ...(acceptance === undefined
      ? []
      : ([
          ["accepted", html`until ${acceptance.expires}: ${acceptance.reason} (${acceptance.decidedBy})`],
        ] as const)),
  ];
  return html`<article class="${level}">
<h3>${titles[level]}: <code>${nameOf(finding)}</code> of <code>${operation}</code>${times > 1 ? `, ${times} times` : ""}</h3>
<p>${message}</p>
<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${curl === undefined ? undefined : html`<details><summary>Repeat the request</summary><pre>${curl}</pre></details>`}
</article>`;
}
