/** A piece of HTML in which all text is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Markup[] | undefined;

/** HTML from a template. Values are escaped, unless this function made them. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const text = strings.map((it, index) => it + textOf(pieces[index])).join("");
  return new Markup(text);
}

function textOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === "object") return piece.map((it) => it.text).join("\n");
  return escaped(String(piece));
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for HTML. Characters that are invisible, or change the direction of a line, are shown as numbers. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (it) => entities[it] ?? it)
    .replaceAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/g,
      (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
