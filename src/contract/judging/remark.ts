import type { Model, Operation } from "../../description/index.ts";
import type { CheckName, Finding, Ledger } from "../findings/index.ts";
import type { Exchange, Expectation, Outcome } from "../wire/index.ts";
import { type Complaint, findingOf } from "./complaint.ts";
import { accepted } from "./expectation.ts";

export type Answer = Extract<Outcome, { kind: "answer" }>;

/** An answer to judge, and its request. */
export interface Judged {
  readonly model: Model;
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly answer: Answer;
  readonly expect: Expectation;
}

/** A result about an answer: a check failed, passed, or could not be made. */
export type Remark =
  | { readonly kind: "finding"; readonly finding: Finding }
  | {
      readonly kind: "held" | "cannot";
      readonly check: CheckName;
      readonly subject?: string | undefined;
      /** The contract's statements that this proves. */
      readonly statements?: readonly string[];
      readonly reason?: string;
    };

export function judgedOf(model: Model, exchange: Exchange, answer: Answer): Judged {
  const { operation, expect = accepted(model, operation) } = exchange.call;
  return { model, exchange, operation, answer, expect };
}

export function broken(
  { model, exchange }: Pick<Judged, "model" | "exchange">,
  check: CheckName,
  complaint: Omit<Complaint, "exchange">,
  subject?: string,
): Remark {
  const { operation } = exchange.call;
  return {
    kind: "finding",
    finding: findingOf(model, { check, operation, subject }, { ...complaint, exchange }),
  };
}

export function held(check: CheckName, statements: readonly string[] = [], subject?: string): Remark {
  return { kind: "held", check, statements, subject };
}

export function findingsIn(remarks: readonly Remark[]): Finding[] {
  return remarks.flatMap((it) => (it.kind === "finding" ? [it.finding] : []));
}

/** Whether nothing more severe than a note was found. */
export function isSound(remarks: readonly Remark[]): boolean {
  return findingsIn(remarks).every((it) => it.level === "note");
}

export function recordRemarks(ledger: Ledger, operation: Operation, remarks: readonly Remark[]): void {
  for (const remark of remarks) {
    if (remark.kind === "finding") ledger.add(remark.finding);
    else {
      const target = { check: remark.check, operation, subject: remark.subject };
      if (remark.kind === "held") ledger.pass(target, remark.statements);
      else ledger.cannot(target, remark.reason ?? "");
    }
  }
}
