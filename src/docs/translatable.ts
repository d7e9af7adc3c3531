import { type Description, isNode, type Node, rolesOf, step } from "../description/index.ts";

/** A text of the contract that readers read. */
export interface Text {
  /** JSON pointer into the family's bundle, without the `#`. */
  readonly pointer: string;
  readonly text: string;
  /** The handler type that the text is about, where it stands in something of a single type. */
  readonly type: string | undefined;
}

const textKeys = new Set(["summary", "description", "x-assumption"]);

/**
 * All texts of a description that readers read, in its own order: summaries, descriptions, assumptions, and the titles that are words
 * and not names (a name has no space in it). Values of examples are data and stay out.
 */
export function textsOf(description: Description): Text[] {
  const types = typesByPointer(description);
  const texts: Text[] = [];
  const visit = (value: unknown, pointer: string, type: string | undefined): void => {
    if (typeof value !== "object" || value === null) return;
    const own = types.get(pointer) ?? exampleType(description, value) ?? type;
    for (const [key, child] of Object.entries(value)) {
      const place = step(pointer, key);
      if (typeof child === "string") {
        const isText = textKeys.has(key) || (key === "title" && child.includes(" "));
        if (isText) texts.push({ pointer: place, text: child, type: own });
      } else if (key === "x-assumptions" && isNode(child)) {
        for (const [name, text] of Object.entries(child)) {
          texts.push({ pointer: step(place, name), text: String(text), type: own });
        }
      } else if (key !== "value" && key !== "x-evidence" && !(key === "examples" && Array.isArray(child))) {
        visit(child, place, own);
      }
    }
  };
  visit(description.document, "", undefined);
  return texts;
}

/** The handler type of each schema that belongs to one: the bodies and the resource by their branches, the settings by their resource. */
function typesByPointer(description: Description): Map<string, string> {
  const { create, update, resource, properties } = rolesOf(description);
  const types = new Map<string, string>();
  for (const { byValue } of [create, update, resource]) {
    for (const [type, { pointer }] of byValue) types.set(pointer.slice(1), type);
  }
  for (const [type, branch] of resource.byValue) {
    const settings = branch.properties.get(properties.get("settings") ?? "");
    if (settings) types.set(settings.pointer.slice(1), type);
  }
  return types;
}

/** The handler type that a named example is about: the one its value names, below a wrapper or not. */
export function exampleType(description: Description, example: unknown): string | undefined {
  if (!isNode(example) || !isNode(example.value)) return undefined;
  const name = rolesOf(description).properties.get("type") ?? "";
  const named = [example.value, ...Object.values(example.value)]
    .filter((each): each is Node => isNode(each))
    .map((each) => each[name])
    .find((type) => typeof type === "string");
  return named === undefined ? undefined : String(named);
}
