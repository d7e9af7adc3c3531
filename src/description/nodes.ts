/** A JSON object of the description: an operation, a parameter, a schema. */
export interface Node {
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A node and its place in the document. */
export interface Located {
  readonly node: Node;
  /** JSON pointer as a URI fragment (RFC 6901, section 6, without percent-encoding): `#/components/schemas/Errors`. */
  readonly pointer: string;
}

/** Adds one step to a JSON pointer, escaped as RFC 6901 asks. */
export function step(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The steps of a pointer, unescaped. `#` has none. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => (part.includes("~") ? part.replaceAll("~1", "/").replaceAll("~0", "~") : part));
}

/** The value at a pointer, or undefined. Does not follow `$ref`. */
export function at(document: Node, pointer: string): unknown {
  let value: unknown = document;
  for (const key of stepsOf(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/**
 * Follows `$ref` to a node without one; the pointer is the target's. Throws if a `$ref` leads nowhere, leaves the document or is circular,
 * which never happens in a bundle.
 */
export function follow(document: Node, value: unknown, pointer: string): Located {
  const seen = new Set<string>();
  let current = value;
  let place = pointer;
  while (isNode(current) && typeof current.$ref === "string") {
    const reference = decodeReference(current.$ref);
    if (!reference.startsWith("#")) throw new Error(`${place}: ${current.$ref} points outside of the bundle`);
    if (seen.has(reference)) throw new Error(`${place}: ${current.$ref} refers to itself`);
    seen.add(reference);
    current = at(document, reference);
    place = reference;
  }
  if (!isNode(current)) throw new Error(`${place}: nothing is there, or not an object`);
  return { node: current, pointer: place };
}

/** `$ref` is a URI reference, so its fragment may be percent-encoded; pointers in this code are not. */
function decodeReference(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** The pointer of every object in the document. */
export function pointersOf(document: Node): WeakMap<object, string> {
  const pointers = new WeakMap<object, string>();
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== "object" || value === null || pointers.has(value)) return;
    pointers.set(value, pointer);
    for (const [key, child] of Object.entries(value)) visit(child, step(pointer, key));
  };
  visit(document, "#");
  return pointers;
}
