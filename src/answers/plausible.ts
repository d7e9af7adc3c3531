import { follow, isNode, type Node } from "../description/index.ts";

/**
 * Copies a description for generating data. The copy is stricter: it only allows what people can work with, such as dates that exist, links
 * that can be followed, no made-up properties, and short lists.
 */
export function plausible(document: Node): Node {
  return narrow(structuredClone(document), document) as Node;
}

function narrow(value: unknown, document: Node): unknown {
  if (Array.isArray(value)) return value.map((each) => narrow(each, document));
  if (!isNode(value)) return value;
  const node: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, narrow(child, document)]),
  );
  if (typeof node["x-datetime-format"] === "string")
    node.pattern = datetimePattern(node["x-datetime-format"]);
  else if (typeof node.pattern === "string" && Array.isArray(node.examples)) {
    // The generator prefers a pattern to an enum.
    delete node.pattern;
    node.enum = node.examples;
  }
  if (node.type === "string" && node.not !== undefined) {
    // The generator would make a number for "not one of these strings".
    delete node.not;
    node.pattern = "^other_[a-z]{8}$";
  }
  if (Array.isArray(node.anyOf)) node.anyOf = withoutEmptyLists(node.anyOf, document);
  if (node.type === "object" && isNode(node.properties)) node.additionalProperties ??= false;
  if (node.type === "object" && node.properties === undefined) node.maxProperties ??= 0;
  if (node.type === "array") {
    node.minItems ??= 1;
    node.maxItems ??= 5;
  }
  return node;
}

/** The alternatives of an object without the empty list, which is how PHP writes an empty object. */
function withoutEmptyLists(alternatives: readonly unknown[], document: Node): unknown[] {
  const others = alternatives.filter((each) => {
    return !isNode(each) || follow(document, each, "#").node.maxItems !== 0;
  });
  return others.length === 0 ? [...alternatives] : others;
}

/** Patterns for the letters of PHP's date formats. Every match is a date that exists in any month. */
const letters: Readonly<Record<string, string>> = {
  Y: "20[12][0-9]",
  m: "(0[1-9]|1[0-2])",
  d: "(0[1-9]|1[0-9]|2[0-8])",
  H: "([01][0-9]|2[0-3])",
  i: "[0-5][0-9]",
  s: "[0-5][0-9]",
};

function datetimePattern(format: string): string {
  return `^${[...format].map((letter) => letters[letter] ?? letter).join("")}$`;
}
