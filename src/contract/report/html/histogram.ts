import { answerBuckets } from "../metrics.ts";
import type { Report } from "../report.ts";
import { html, type Markup } from "./markup.ts";

const [width, height, foot, head] = [560, 150, 34, 16];

/** A histogram of answer times, with the figures as text for screen readers. Undefined if there were no answers. */
export function histogramOf(reports: readonly Report[]): Markup | undefined {
  const times = reports
    .flatMap((it) => Object.values(it.answerTimes).flat())
    .sort((one, other) => one - other);
  if (times.length === 0) return undefined;
  const counts = bucketsOf(times);
  const most = Math.max(...counts.map((it) => it.count));
  const step = width / counts.length;
  const bars = counts.map(({ name, count }, index) => {
    const tall = Math.round((count / most) * (height - foot - head));
    const x = index * step;
    const base = height - foot;
    return html`<rect x="${x + 3}" y="${base - tall}" width="${(step - 6).toFixed(1)}" height="${tall}"/>
${count === 0 ? undefined : html`<text x="${(x + step / 2).toFixed(1)}" y="${base - tall - 4}" text-anchor="middle">${count}</text>`}
<text x="${(x + step / 2).toFixed(1)}" y="${base + 15}" text-anchor="middle">${name}</text>`;
  });
  const words = `${times.length} ${times.length === 1 ? "answer" : "answers"}: half of them within ${shown(quantile(times, 0.5))}, 95 % within ${shown(quantile(times, 0.95))}, the slowest took ${shown(times.at(-1) ?? 0)}.`;
  return html`<figure><figcaption>${words}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">
<line x1="0" x2="${width}" y1="${height - foot}" y2="${height - foot}"/>
${bars}
<text x="${width / 2}" y="${height - 3}" text-anchor="middle">answers by the time that they took, up to …</text>
</svg></figure>`;
}

function bucketsOf(times: readonly number[]): { readonly name: string; readonly count: number }[] {
  const bounds = [...answerBuckets.map((it) => it * 1_000), Number.POSITIVE_INFINITY];
  return bounds.map((bound, index) => {
    const from = bounds[index - 1] ?? -1;
    const name = Number.isFinite(bound) ? shown(bound) : "more";
    return { name, count: times.filter((it) => it > from && it <= bound).length };
  });
}

/** `times` must be sorted. */
function quantile(times: readonly number[], part: number): number {
  return times[Math.min(times.length - 1, Math.ceil(times.length * part) - 1)] ?? 0;
}

function shown(milliseconds: number): string {
  return milliseconds < 1_000
    ? `${Math.round(milliseconds)} ms`
    : `${Number((milliseconds / 1_000).toFixed(1))} s`;
}
