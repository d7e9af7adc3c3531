/**
 * Translations by the text that they translate. A key is a paragraph with white space collapsed. Gaps in braces, as in `Create a handler of
 * type {type}`, stand for varying text; the translation has the same gaps. An exact key takes precedence, then the key with the most fixed
 * letters.
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
   * The translation of a text; undefined if one of its paragraphs has none. `fill` gives the value of a gap, from its name and the text in
   * its place; by default that text.
   */
  translate(text: string, fill?: Fill): string | undefined {
    const paragraphs = paragraphsOf(text).map((paragraph) => this.find(paragraph, fill)?.translation);
    return paragraphs.includes(undefined) ? undefined : paragraphs.join("\n\n");
  }

  /** The key that matches a paragraph, and the translation with its gaps filled. */
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

/** Gives the value of a gap in a translation, from the gap's name and the text in its place. */
type Fill = (gap: string, value: string) => string;

/** The paragraphs of a text, as keys have them. */
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

/** A gap never spans the end of a sentence, so a key of one sentence does not match a text of two. */
const filling = "(?:(?!\\. ).)+?";

function patternOf(key: string): Pattern {
  const names = new Set<string>();
  // Splitting by a pattern with a group gives the fixed text and the names of gaps in turn.
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
