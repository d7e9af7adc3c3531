import type { OpenMetricsContentType } from "prom-client";
import { levels } from "../findings/index.ts";
import { certificateDays } from "./attention.ts";
import { findingsOf, type Outcome, type Report } from "./report.ts";

/** Upper bounds of the histogram's buckets, in seconds: from a cached answer to the default time limit. */
export const answerBuckets: readonly number[] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const outcomes: readonly Outcome[] = ["honoured", "deviates", "unavailable", "not set up"];
const prefix = "notification_handlers_contract";

/** Reports as OpenMetrics text (https://openmetrics.io), for a textfile collector or a push gateway. */
export async function metricsOf(reports: readonly Report[]): Promise<string> {
  // Loaded here, since few runs need it and loading takes time.
  const { Gauge, Histogram, Registry } = await import("prom-client");
  // The constructor takes the content type as an option, which its type declaration lacks.
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const gauge = <L extends string>(name: string, help: string, ...labels: L[]) =>
    new Gauge({
      name: `${prefix}_${name}`,
      help,
      labelNames: ["instance", ...labels],
      registers: [registry],
    });
  const outcome = gauge("outcome", "1 for the outcome of the last run, 0 for the others.", "outcome");
  const findings = gauge(
    "findings",
    "Findings by level. Findings with the same cause count as one.",
    "level",
  );
  const statements = gauge("statements", "Statements of the contract: all, provable, proven.", "state");
  const requests = gauge("requests", "Requests that the run sent.");
  const leftovers = gauge("leftovers", "Handlers that were left behind, or may have been.");
  const duration = gauge("duration_seconds", "How long the run took.");
  const started = gauge("start_timestamp_seconds", "When the run began, since 1970.");
  const certificate = gauge("certificate_days", "Days until the host's certificate expires.");
  const answers = new Histogram({
    name: `${prefix}_answer_seconds`,
    help: "Time until the complete answer.",
    labelNames: ["instance"],
    buckets: [...answerBuckets],
    registers: [registry],
  });
  for (const report of reports) {
    const instance = report.name;
    for (const it of outcomes) outcome.set({ instance, outcome: it }, it === report.verdict ? 1 : 0);
    const found = findingsOf(report);
    for (const level of levels)
      findings.set({ instance, level }, found.filter((it) => it.level === level).length);
    const { coverage } = report;
    statements.set({ instance, state: "contract" }, coverage.statements);
    statements.set({ instance, state: "provable" }, coverage.provable);
    statements.set({ instance, state: "proven" }, coverage.proven);
    requests.set({ instance }, report.requests);
    leftovers.set({ instance }, report.leftovers.handlers.length + report.leftovers.unknown.length);
    duration.set({ instance }, report.milliseconds / 1_000);
    started.set({ instance }, Date.parse(report.startedAt) / 1_000);
    const days = certificateDays(report);
    if (days !== undefined) certificate.set({ instance }, days);
    for (const times of Object.values(report.answerTimes))
      for (const it of times) answers.observe({ instance }, it / 1_000);
  }
  return registry.metrics();
}
