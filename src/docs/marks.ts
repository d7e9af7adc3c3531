import { isNode, type Node } from "../description/index.ts";
import { type Language, say } from "./languages.ts";

type Writable = Record<string, unknown>;

/** What stands beside a statement that the instance's page doesn't make. */
interface Mark {
  readonly badge: Badge;
  readonly note: string;
}

interface Badge {
  readonly name: string;
  readonly position: "after";
  readonly color: string;
}

/**
 * Makes what a statement rests on visible: every node that is inferred, or known from the family's pages only, gets a badge and a
 * sentence, and operations list what is inferred of their behaviour. What no mark stands beside is documented by the instance's page.
 *
 * @param document a bundle, already in the reader's language; changed in place
 */
export function markEvidence(document: object, language: Language): void {
  visit(document);

  function visit(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (name !== "value" && name !== "x-evidence") visit(child);
    }
    if (Array.isArray(value)) return;
    const node = value as Writable;
    const mark = markOf(node, language);
    if (mark) {
      attach(node, mark);
      if (isNode(node.properties) && isInferred(node)) markBelow(node.properties as Writable, mark.badge);
    }
    if (isNode(node["x-assumptions"])) listAssumptions(node, language);
    // Readers see a parameter and not its schema, so what marks the schema is shown with the parameter.
    if (typeof node.in === "string" && isNode(node.schema)) {
      const lifted = markOf(resolve(document, node.schema), language);
      if (lifted) attach(node, lifted);
    }
  }
}

function markOf(node: Node, language: Language): Mark | undefined {
  const levels = levelsOf(node);
  if (levels.includes("inferred")) {
    const assumption = String(node["x-assumption"] ?? "");
    return { badge: badge(say(language, "inferred")), note: say(language, "inferredNote", { assumption }) };
  }
  if (levels.includes("family")) {
    return { badge: badge(say(language, "family")), note: say(language, "familyNote") };
  }
  return undefined;
}

/**
 * What a node's annotation says of the node itself. What it says of others below it, as that all status codes of an operation are known
 * from the family's pages, would mark every operation.
 */
export function levelsOf(node: Node): unknown[] {
  const stated = node["x-evidence"];
  if (!isNode(stated)) return [stated];
  return Object.entries(stated)
    .filter(([key]) => !isNode(node[key]))
    .map(([, level]) => level);
}

function isInferred(node: Node): boolean {
  return node["x-evidence"] === "inferred";
}

function badge(name: string): Badge {
  return { name, position: "after", color: "purple" };
}

function attach(node: Writable, { badge, note }: Mark): void {
  addBadge(node, badge);
  node.description = [node.description, `> ${note}`].filter(Boolean).join("\n\n");
}

function addBadge(node: Writable, badge: Badge): void {
  const badges = Array.isArray(node["x-badges"]) ? (node["x-badges"] as Badge[]) : [];
  if (!badges.some(({ name }) => name === badge.name)) node["x-badges"] = [...badges, badge];
}

/** What an inferred object holds is inferred with it, unless it says otherwise. */
function markBelow(properties: Writable, badge: Badge): void {
  for (const property of Object.values(properties))
    if (isNode(property) && property["x-evidence"] !== "documented") addBadge(property as Writable, badge);
}

function listAssumptions(operation: Writable, language: Language): void {
  const notes = Object.values(operation["x-assumptions"] as Node).map((text) => {
    return `> ${say(language, "inferredNote", { assumption: String(text) })}`;
  });
  operation.description = [operation.description, ...notes].join("\n\n");
}

function resolve(document: object, node: Node): Node {
  const name = typeof node.$ref === "string" ? node.$ref.slice("#/components/schemas/".length) : undefined;
  if (name === undefined) return node;
  const { components } = document as { components: { schemas: Record<string, Node> } };
  return components.schemas[name] ?? node;
}
