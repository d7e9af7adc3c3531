import { IntlMessageFormat } from "intl-messageformat";
import { DocsError } from "./error.ts";
import { escapeHtml } from "./html.ts";

/** The values for the gaps of a message. */
export type Gaps = Readonly<Record<string, string | number>>;

/** What the tags of a message become, by name. `<link>` needs a URL; others become HTML elements. */
export type Tags = Readonly<Record<string, (inner: string) => string>>;

/**
 * The messages of a language, in ICU syntax: `{count, plural, one {# field} other {# fields}}`. In a message, `<code>` marks text for
 * machines, `<strong>` a term, `<time>` a date. The caller defines all other tags.
 */
export class Messages {
  readonly #code: string;
  readonly #place: string;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #formats = new Map<string, IntlMessageFormat>();

  /** `place`: where the texts are, as errors name it: `openapi/i18n/fr.yaml: page`. */
  constructor(code: string, place: string, texts: Readonly<Record<string, string>>) {
    this.#code = code;
    this.#place = place;
    this.#texts = texts;
  }

  keys(): string[] {
    return Object.keys(this.#texts);
  }

  /** All messages, unformatted. */
  texts(): Readonly<Record<string, string>> {
    return this.#texts;
  }

  /** A message, unformatted; undefined if there is none. */
  text(key: string): string | undefined {
    return this.#texts[key];
  }

  /** A message as plain text. */
  say(key: string, gaps: Gaps = {}): string {
    return this.#fill(key, gaps, (text) => text, plain);
  }

  /** A message as HTML. The values of its gaps are escaped. Its tags become elements, or the result of `tags`. */
  html(key: string, gaps: Gaps = {}, tags: Tags = {}): string {
    return this.#fill(key, gaps, escapeHtml, { ...elements, ...tags });
  }

  #fill(key: string, gaps: Gaps, encode: (text: string) => string, tags: Tags): string {
    const values = Object.entries(gaps).map(([name, value]) => {
      return [name, typeof value === "string" ? encode(value) : value] as const;
    });
    return String(
      this.#format(key).format<string>({
        ...Object.fromEntries(values),
        ...Object.fromEntries(
          Object.entries(tags).map(([name, make]) => [name, (chunks: string[]) => make(chunks.join(""))]),
        ),
      }),
    );
  }

  #format(key: string): IntlMessageFormat {
    const known = this.#formats.get(key);
    if (known !== undefined) return known;
    const text = this.#texts[key];
    if (text === undefined) throw new Error(`${this.#place}.${key} is missing.`);
    try {
      // Latin digits in all languages, since the code next to them has those.
      const format = new IntlMessageFormat(text, `${this.#code}-u-nu-latn`);
      this.#formats.set(key, format);
      return format;
    } catch (error) {
      throw new DocsError(`${this.#place}.${key} is no ICU message: ${(error as Error).message}`);
    }
  }
}

const names = ["code", "strong", "time"];

/** Tags of messages that become HTML elements of the same name. */
const elements: Tags = Object.fromEntries(
  names.map((name) => [name, (inner) => `<${name}>${inner}</${name}>`]),
);

/** Tags in plain text: only their content stays. */
const plain: Tags = Object.fromEntries([...names, "link"].map((name) => [name, (inner) => inner]));
