/** Where in a request or answer a problem is. */
export type ProblemLocation = "query" | "path" | "header" | "body" | "status";

/** One way in which a request or an answer breaks the contract. */
export interface Problem {
  readonly location: ProblemLocation;
  /** Name of the parameter, form field or header, or the path of a JSON value: `data[0].settings.email`. Empty for the whole body. */
  readonly field: string;
  /** One English sentence for the person who sent the request. It never contains a free-text value. */
  readonly message: string;
  /** JSON pointer to the broken statement in the bundle, as a URI fragment: `#/components/...`. */
  readonly pointer: string;
  /**
   * Pointers of the places through which the contract reaches that statement, innermost first: `$ref`s, the answer, the operation. Each of
   * them may state the evidence.
   */
  readonly trail: readonly string[];
}

const longestQuote = 40;

/** A value for a message: as JSON, shortened, so that the message stays one readable line. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

/** The actual value, for `must be …, not …`: quoted, or named if it is empty. */
export function shownValue(value: unknown): string {
  return value === "" ? "empty" : quote(value);
}

/** `a, b, c` for messages. */
export function list(values: Iterable<unknown>): string {
  return [...values].map(String).join(", ");
}
