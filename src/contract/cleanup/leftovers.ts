import type { Run } from "../run/index.ts";
import type { Outcome } from "../wire/index.ts";

/** What is left on the instance, or may be. */
export interface Leftovers {
  readonly handlers: readonly { readonly id: number; readonly name: string }[];
  /** Names of creates whose result is unknown, and whose handlers could not be searched for. */
  readonly unknown: readonly { readonly name: string; readonly why: string }[];
}

export const nothingLeft: Leftovers = { handlers: [], unknown: [] };

/** What is left according to the journal, which is closed. */
export function leftoversOf({ journal, transport, model }: Run): Leftovers {
  journal.close();
  return {
    handlers: [...journal.left].map(([id, name]) => ({ id, name })),
    unknown: journal.open.map((name) => {
      const sent = transport.exchanges.findLast(
        ({ call }) =>
          call.operation === model.operations.create && call.form?.some(([, value]) => value === name),
      );
      return { name, why: sent === undefined ? "its create was cut short" : whatCame(sent.outcome) };
    }),
  };
}

function whatCame(outcome: Outcome): string {
  if (outcome.kind === "failure") return `its create got no complete answer: ${outcome.message}`;
  const type = outcome.headers.get("content-type") ?? "no content type";
  const how = outcome.unreadable === undefined ? "" : `, which can't be read: the body ${outcome.unreadable}`;
  return `its create was answered with ${outcome.status} and ${type}${how}`;
}
