import type { Model } from "../../description/index.ts";
import type { Finding, Level, Target } from "../findings/index.ts";
import { curlLine, type Exchange } from "../wire/index.ts";
import { shown } from "./present.ts";

/** The report of a failed check. */
export interface Complaint {
  readonly message: string;
  readonly got: string;
  /** The broken statement. */
  readonly pointer: string;
  readonly trail?: readonly string[];
  /** The request that reproduces it. */
  readonly exchange?: Exchange | undefined;
  /** The severity, if the statement's evidence does not decide it. */
  readonly level?: Level;
  readonly assumption?: string;
  /** What it has in common with findings at other places. */
  readonly cause?: string;
}

/** Makes a finding: a failure if a page states what is broken (the instance's own or the family's), a warning if it is inferred. */
export function findingOf(model: Model, target: Target, complaint: Complaint): Finding {
  const { message, got, pointer, trail, exchange, level, assumption, cause } = complaint;
  const stated = model.statement(target.operation, pointer, trail);
  const expected =
    assumption === undefined ? stated : { ...stated, evidence: "inferred" as const, assumption };
  return {
    level: level ?? (expected.evidence === "inferred" ? "warning" : "failure"),
    check: target.check,
    operation: target.operation.id,
    ...(target.subject !== undefined && { subject: target.subject }),
    message,
    expected,
    got,
    ...(exchange?.first !== undefined && { before: shown(exchange.first) }),
    ...(exchange !== undefined && { curl: curlLine(exchange.call, exchange.method, exchange.url) }),
    ...(cause !== undefined && { cause }),
    times: 1,
  };
}
