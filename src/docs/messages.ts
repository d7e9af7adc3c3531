import { IntlMessageFormat } from "intl-messageformat";
import { DocsError } from "./error.ts";
import { escapeHtml } from "./html.ts";

/** What a message is filled with. */
export type Gaps = Readonly<Record<string, string | number>>;

/** What the tags of a message become, by their names: `<link>` needs an address, others are elements as they are. */
export type Tags = Readonly<Record<string, (inner: string) => string>>;

/**
 * The words of a language around the contract, as ICU messages: `{count, plural, one {# field} other {# fields}}`. `<code>` in a message
 * is what is written for machines, `<strong>` a term, `<time>` a date; other tags are said by who asks for the message.
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
    return this.#fill(key, gaps, (text) => text, plain);
  }

  /** A message as HTML; what it is filled with is text. Its tags are elements, or what `tags` makes of what they hold. */
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
      // One choice of digits everywhere: those of code, which is beside every number here.
      const format = new IntlMessageFormat(text, `${this.#code}-u-nu-latn`);
      this.#formats.set(key, format);
      return format;
    } catch (error) {
      throw new DocsError(`${this.#place}.${key} is no ICU message: ${(error as Error).message}`);
    }
  }
}

const names = ["code", "strong", "time"];

/** Tags of messages that are elements of HTML by the same name. */
const elements: Tags = Object.fromEntries(
  names.map((name) => [name, (inner) => `<${name}>${inner}</${name}>`]),
);

/** Tags where there are none. */
const plain: Tags = Object.fromEntries([...names, "link"].map((name) => [name, (inner) => inner]));
