import type { Model } from "../../description/index.ts";
import type { Finding, Level, Target } from "../findings/index.ts";
import { curlLine, type Exchange } from "../wire/index.ts";
import { shown } from "./present.ts";

/** What a check says when it does not hold. */
export interface Complaint {
  readonly message: string;
  readonly got: string;
  /** The statement that is broken. */
  readonly pointer: string;
  readonly trail?: readonly string[];
  /** The request to repeat. */
  readonly exchange?: Exchange | undefined;
  /** Where the evidence of the statement does not decide it. */
  readonly level?: Level;
  readonly assumption?: string;
  /** What findings of other places have in common with it. */
  readonly cause?: string;
}

/** A finding: a failure where a page says what is broken, be it the family's, and a warning where it is inferred. */
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
