import { type Model, step } from "../../description/index.ts";
import type { Finding, Ledger } from "../findings/index.ts";
import { type Exchange, meanings, type Sign } from "../wire/index.ts";
import { findingOf } from "./complaint.ts";
import { shown } from "./present.ts";

/** An answer that does not come from the API: nothing follows from it. */
export function judgeOutage(model: Model, ledger: Ledger, exchange: Exchange): void {
  if (exchange.sign === undefined) return;
  exchange.findings = [outageFinding(model, exchange, exchange.sign)];
  for (const finding of exchange.findings) ledger.add(finding);
}

/** The finding about an answer that does not come from the API. */
export function outageFinding(model: Model, exchange: Exchange, sign: Sign): Finding {
  const { operation } = exchange.call;
  return findingOf(
    model,
    { check: "answers_in_full", operation },
    {
      message: `${meanings[sign]}.`,
      got: shown(exchange.outcome),
      pointer: step(operation.pointer, "responses"),
      level: "unprovable",
      cause: `outage ${sign}`,
      exchange,
    },
  );
}

/** A create that the account's plan, its key or a limit refuses: it says nothing about the contract. */
export function judgeLimit(model: Model, ledger: Ledger, exchange: Exchange): void {
  const { operation } = exchange.call;
  const finding = findingOf(
    model,
    { check: "positive_data_acceptance", operation },
    {
      message: "Inconclusive: the account accepts no more handlers.",
      got: shown(exchange.outcome),
      pointer: model.status(operation, 200),
      level: "unprovable",
      cause: "no room for handlers",
      exchange,
    },
  );
  exchange.findings = [finding];
  ledger.add(finding);
}

/** A redirect to the same URL with or without a final slash, which was followed. */
export function judgeSlash(model: Model, ledger: Ledger, exchange: Exchange): void {
  const { operation } = exchange.call;
  const added = !new URL(exchange.url).pathname.endsWith("/");
  const finding = findingOf(
    model,
    { check: "status_code_conformance", operation },
    {
      message: `The URL redirects to itself ${added ? "with" : "without"} a slash at the end of its path.`,
      got: shown(exchange.outcome),
      pointer: operation.pointer,
      cause: "slash",
      exchange,
    },
  );
  exchange.findings = [finding];
  ledger.add(finding);
}

/** A connection that broke off. */
export function judgeBrokenConnection(model: Model, ledger: Ledger, exchange: Exchange): void {
  const { operation } = exchange.call;
  const { again, outcome } = exchange;
  const finding = findingOf(
    model,
    { check: "answers_in_full", operation },
    {
      message:
        again === undefined
          ? "A create got no complete answer. It was not repeated, because that might create a second handler."
          : "A request got no answer from the API, and was repeated.",
      got: again ?? shown(outcome),
      pointer: step(operation.pointer, "responses"),
      level: "note",
      cause: "dropped",
      exchange,
    },
  );
  ledger.add(finding);
}
