import { follow, isNode, type Located, type Node, type Operation, step } from "../description/index.ts";

/** Where in an answer there are URLs of pages: the property names on the way to each. */
export type LinkPaths = readonly (readonly string[])[];

/** The links of an operation's answers: properties whose schema, or an alternative of it, carries `x-page-query`. */
export function linkPathsOf(document: Node, operation: Operation): LinkPaths {
  const paths: string[][] = [];
  const visit = (schema: Located, path: string[], above: readonly Node[]): void => {
    if (above.includes(schema.node)) return;
    if (isPageUrl(document, schema)) {
      paths.push(path);
      return;
    }
    const properties = step(schema.pointer, "properties");
    for (const [name, child] of Object.entries(
      isNode(schema.node.properties) ? schema.node.properties : {},
    )) {
      visit(follow(document, child, step(properties, name)), [...path, name], [...above, schema.node]);
    }
  };
  for (const { contents } of operation.responses.values()) {
    for (const { schema } of contents) {
      if (schema !== undefined) visit(schema, [], []);
    }
  }
  return paths;
}

function isPageUrl(document: Node, { node, pointer }: Located): boolean {
  if (node["x-page-query"] !== undefined) return true;
  if (!Array.isArray(node.anyOf)) return false;
  return node.anyOf.some((alternative, index) => {
    return isPageUrl(document, follow(document, alternative, step(step(pointer, "anyOf"), index)));
  });
}

/** A copy of an answer whose links begin with another base URL; the rest of each link, and so its form, stays as it is. */
export function moveLinks(body: unknown, paths: LinkPaths, from: string, to: string): unknown {
  if (paths.length === 0) return body;
  const copy = structuredClone(body);
  for (const path of paths) {
    const last = path.at(-1);
    let owner: unknown = copy;
    for (const name of path.slice(0, -1)) owner = isNode(owner) ? owner[name] : undefined;
    if (last === undefined || !isNode(owner)) continue;
    const link = owner[last];
    if (typeof link !== "string" || !link.startsWith(`${from}/`)) continue;
    (owner as Record<string, unknown>)[last] = to + link.slice(from.length);
  }
  return copy;
}
