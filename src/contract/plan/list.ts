import { type Description, loadDescription, modelOf } from "../../description/index.ts";
import { checks } from "../checks/index.ts";
import type { CheckName } from "../findings/index.ts";
import { whyReadsOnly } from "../instance/index.ts";
import { repeatsAtMost } from "../wire/index.ts";
import { mostRequests } from "./requests.ts";

/** A check in the list of checks. */
export interface ListedCheck {
  readonly name: CheckName;
  readonly operations: readonly string[];
  readonly proves: string;
  readonly write: boolean;
  /** The evidence of the statements that it checks. */
  readonly evidence: readonly string[];
  /** The most requests that a run sends because of it. */
  readonly requests: number;
}

/** The checks that apply to an instance. */
export function listChecks(description: Description): ListedCheck[] {
  const model = modelOf(description);
  return checks.flatMap((check) => {
    const places = check.targets(model);
    if (places.length === 0) return [];
    return {
      name: check.name,
      operations: [...new Set(places.map((it) => it.operation.id))],
      proves: check.proves,
      write: check.write,
      evidence: [...new Set(places.map((it) => model.statement(it.operation, it.pointer).evidence))],
      requests: mostRequests(model, [check], check.write),
    };
  });
}

/** The list of checks as text. Throws UnknownInstanceError and BundleError. */
export function listText(instance: string): string {
  const description = loadDescription(instance);
  const model = modelOf(description);
  const listed = listChecks(description)
    .map(({ name, operations, proves, write, evidence, requests }) =>
      [
        `${name}${write ? " (needs --write)" : ""}`,
        `  ${proves}`,
        `  ${operations.join(", ")}; ${evidence.join(", ")}; ${requests} ${requests === 1 ? "request" : "requests"} at most`,
        "",
      ].join("\n"),
    )
    .join("\n");
  const [readOnly, writing] = [false, true].map((write) => mostRequests(model, checks, write));
  const readsOnly = whyReadsOnly(model);
  const withWrite = readsOnly === undefined ? `, with --write ${writing}` : "";
  const why = readsOnly === undefined ? "" : ` ${readsOnly}`;
  const again = `${repeatsAtMost} more where answers are lost, redirected or read again`;
  return `${listed}\nChecks share their requests: a run sends ${readOnly} at most${withWrite}, and up to ${again}.${why}\n`;
}
