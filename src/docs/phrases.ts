/**
 * Translations by the text that they translate. A key is a paragraph, its spaces and line ends as single spaces. Gaps in braces, as in
 * `Create a handler of type {type}`, stand for what differs from text to text; the translation has them by the same names. A key that
 * is the text itself wins, then the one with the most letters of its own.
 */
export class Phrases {
  readonly #byKey: ReadonlyMap<string, string>;
  readonly #patterns: readonly Pattern[];

  constructor(translations: Readonly<Record<string, string>>) {
    this.#byKey = new Map(Object.entries(translations));
    this.#patterns = [...this.#byKey.keys()]
      .filter((key) => gap.test(key))
      .map(patternOf)
      .sort((a, b) => b.letters - a.letters);
  }

  keys(): string[] {
    return [...this.#byKey.keys()];
  }

  /**
   * The text in the other language; undefined when a paragraph of it has no translation. `fill` says what a gap is filled with, by its
   * name and what the text has there; that itself, unless said.
   */
  translate(text: string, fill?: Fill): string | undefined {
    const paragraphs = paragraphsOf(text).map((paragraph) => this.find(paragraph, fill)?.translation);
    return paragraphs.includes(undefined) ? undefined : paragraphs.join("\n\n");
  }

  /** The key that covers a paragraph, and the translation with its gaps filled. */
  find(
    paragraph: string,
    fill: Fill = (_gap, value) => value,
  ): { readonly key: string; readonly translation: string } | undefined {
    const exact = this.#byKey.get(paragraph);
    if (exact !== undefined) return { key: paragraph, translation: exact };
    for (const { key, expression } of this.#patterns) {
      const match = expression.exec(paragraph);
      if (match === null) continue;
      const translation = (this.#byKey.get(key) ?? "").replaceAll(
        new RegExp(gap, "g"),
        (whole, name: string) => {
          const value = match.groups?.[name];
          return value === undefined ? whole : fill(name, value);
        },
      );
      return { key, translation };
    }
    return undefined;
  }
}

/** What a gap of a translation is filled with: by the gap's name, and what the text has in its place. */
type Fill = (gap: string, value: string) => string;

/** The paragraphs of a text as keys name them. */
export function paragraphsOf(text: string): string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim());
}

interface Pattern {
  readonly key: string;
  readonly expression: RegExp;
  readonly letters: number;
}

const gap = /\{([a-z]\w*)\}/i;

/** What a gap stands for ends with the sentence, so that a key of one sentence covers no text of two. */
const filling = "(?:(?!\\. ).)+?";

function patternOf(key: string): Pattern {
  const names = new Set<string>();
  // Split by an expression with a group, a text is what stands between the gaps and the gaps' names in turn.
  const parts = key.split(new RegExp(gap, "g")).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    if (names.has(part)) return `\\k<${part}>`;
    names.add(part);
    return `(?<${part}>${filling})`;
  });
  return {
    key,
    expression: new RegExp(`^${parts.join("")}$`),
    letters: key.replaceAll(new RegExp(gap, "g"), "").length,
  };
}
