import { type Description, isNode, step } from "../description/index.ts";

/** A text of the contract that is shown to readers. */
export interface Text {
  /** JSON pointer into the bundle, without the `#`. */
  readonly pointer: string;
  readonly text: string;
}

const textKeys = new Set(["summary", "description", "x-assumption"]);

/**
 * All texts of a description for readers, in order: summaries, descriptions, assumptions, and those titles that are words and not names (a
 * name has no space). Values of examples are data, and not included.
 */
export function textsOf(description: Description): Text[] {
  const texts: Text[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      const place = step(pointer, key);
      if (typeof child === "string") {
        const isText = textKeys.has(key) || (key === "title" && child.includes(" "));
        if (isText) texts.push({ pointer: place, text: child });
      } else if (key === "x-assumptions" && isNode(child)) {
        for (const [name, text] of Object.entries(child)) {
          texts.push({ pointer: step(place, name), text: String(text) });
        }
      } else if (key !== "value" && key !== "x-evidence" && !(key === "examples" && Array.isArray(child))) {
        visit(child, place);
      }
    }
  };
  visit(description.document, "");
  return texts;
}
