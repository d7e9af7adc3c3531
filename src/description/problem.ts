/** Where in a request or an answer a problem lies. */
export type ProblemLocation = "query" | "path" | "header" | "body" | "status";

/** One way in which a request or an answer breaks the contract. */
export interface Problem {
  readonly location: ProblemLocation;
  /** Name of the parameter, form field or header, or the path of a JSON value: `data[0].settings.email`; empty for the whole body. */
  readonly field: string;
  /** One sentence in English for the person who sent the request; it never carries a free-text value. */
  readonly message: string;
  /** JSON pointer, into the bundled description, of the statement that was broken, as a URI fragment: `#/components/...`. */
  readonly pointer: string;
  /**
   * Pointers of the places through which the contract comes to that statement, innermost first: the `$ref`s on the way,
   * the answer, the operation. What a statement rests on may be said at any of them.
   */
  readonly trail: readonly string[];
}

const longestQuote = 40;

/** A value as it may be shown in a message: JSON, shortened, so that a message stays one readable line. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** What came instead, behind `must be …, not`: a quoted value, or that it is empty, which a quotation hardly shows. */
export function instead(value: unknown): string {
  return value === "" ? "empty" : quote(value);
}

/** `a, b, c` for messages. */
export function list(values: Iterable<unknown>): string {
  return [...values].map(String).join(", ");
}
