/** A refused request: the status, and one sentence for each problem. */
export class Refusal extends Error {
  readonly status: number;
  readonly titles: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, titles: string | readonly string[], headers: Record<string, string> = {}) {
    super(typeof titles === "string" ? titles : titles.join(" "));
    this.name = "Refusal";
    this.status = status;
    this.titles = typeof titles === "string" ? [titles] : titles;
    this.headers = headers;
  }
}

/**
 * The body of all errors, as in the contract's `Errors` schema. Written out here because errors are also answered where no instance, and so
 * no description, is known: for invalid HTTP, or outside of all instances.
 */
export function errorsBody(status: number, titles: readonly string[]): string {
  return JSON.stringify({ errors: titles.map((title) => ({ title, status })) });
}

/** The titles of an errors body, joined; undefined for any other body. */
export function titlesIn(body: unknown): string | undefined {
  try {
    const { errors } = JSON.parse(String(body)) as { errors: { title: string }[] };
    return errors.map(({ title }) => title).join(" ");
  } catch {
    return undefined;
  }
}

/** Headers of every error: browsers must treat it as JSON, and as nothing else. */
export const errorHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};
