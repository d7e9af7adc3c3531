import { IntlMessageFormat } from "intl-messageformat";
import { DocsError } from "./error.ts";
import { escapeHtml } from "./html.ts";

/** What a message is filled with. */
export type Gaps = Readonly<Record<string, string | number>>;

/**
 * The words of a language around the contract, as ICU messages: `{count, plural, one {# field} other {# fields}}`. `<code>` in a message
 * is what is written for machines.
 */
export class Messages {
  readonly #code: string;
  readonly #place: string;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #formats = new Map<string, IntlMessageFormat>();

  /** `place`: where the texts stand, as errors name it: `openapi/i18n/fr.yaml: page`. */
  constructor(code: string, place: string, texts: Readonly<Record<string, string>>) {
    this.#code = code;
    this.#place = place;
    this.#texts = texts;
  }

  keys(): string[] {
    return Object.keys(this.#texts);
  }

  /** All messages as they stand in the file. */
  texts(): Readonly<Record<string, string>> {
    return this.#texts;
  }

  /** A message as it stands in the file; undefined when there is none. */
  text(key: string): string | undefined {
    return this.#texts[key];
  }

  /** A message as plain text. */
  say(key: string, gaps: Gaps = {}): string {
    return this.#fill(
      key,
      gaps,
      (text) => text,
      (chunks) => chunks.join(""),
    );
  }

  /** A message as HTML; what it is filled with is text. */
  html(key: string, gaps: Gaps = {}): string {
    return this.#fill(key, gaps, escapeHtml, (chunks) => `<code>${chunks.join("")}</code>`);
  }

  #fill(
    key: string,
    gaps: Gaps,
    encode: (text: string) => string,
    code: (chunks: string[]) => string,
  ): string {
    const values = Object.entries(gaps).map(([name, value]) => {
      return [name, typeof value === "string" ? encode(value) : value] as const;
    });
    return String(
      this.#format(key).format<string>({
        ...Object.fromEntries(values),
        code: (chunks) => code(chunks.map(String)),
      }),
    );
  }

  #format(key: string): IntlMessageFormat {
    const known = this.#formats.get(key);
    if (known !== undefined) return known;
    const text = this.#texts[key];
    if (text === undefined) throw new Error(`${this.#place}.${key} is missing.`);
    try {
      // One choice of digits everywhere: those of code, which is beside every number here.
      const format = new IntlMessageFormat(text, `${this.#code}-u-nu-latn`);
      this.#formats.set(key, format);
      return format;
    } catch (error) {
      throw new DocsError(`${this.#place}.${key} is no ICU message: ${(error as Error).message}`);
    }
  }
}
