import {
  type Description,
  follow,
  isNode,
  type Operation,
  type OperationKind,
  rolesOf,
  step,
} from "../../description/index.ts";

/** A call of an operation, independent of the language it is written in. */
export interface Call {
  readonly operation: Operation;
  readonly kind: OperationKind;
  /** The named example of the body that it sends; undefined if there is no body. */
  readonly example: string | undefined;
  /** What the example shows, in English. */
  readonly summary: string | undefined;
  /** Whether the instance's documentation shows it. */
  readonly isDocumented: boolean;
  /** The handler type that it is about; undefined if it is about none, or any. */
  readonly type: string | undefined;
  /** What it sends, in the body or in the query. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Whether it goes through all pages of the list, if the language can. */
  readonly isOverPages: boolean;
}

/**
 * The calls that show an operation: one per named example of its body, or one if it has no body. A list with filters gets another call,
 * with the contract's examples of its filters.
 */
export function callsOf(description: Description, operation: Operation): Call[] {
  const { document } = description;
  const roles = rolesOf(description);
  const kind = roles.kindOf(operation);
  const plain: Call = {
    operation,
    kind,
    example: undefined,
    summary: undefined,
    isDocumented: false,
    type: undefined,
    values: new Map(),
    isOverPages: operation === roles.operations("list")[1],
  };
  const content = operation.body?.contents[0];
  if (content === undefined) {
    if (kind !== "list") return [plain];
    const paging = new Set(
      [...roles.parameters("page"), ...roles.parameters("page-size")].map(({ name }) => name),
    );
    const filters = operation.parameters.filter(({ name }) => !paging.has(name));
    if (filters.length === 0) return [plain];
    const values = filters.map((it) => [it.name, firstExample(document, it.pointer)] as const);
    return [plain, { ...plain, values: new Map(values) }];
  }
  const { node, pointer } = follow(document, { $ref: content.pointer }, content.pointer);
  return Object.entries(isNode(node.examples) ? node.examples : {}).map(([key, entry]) => {
    const example = follow(document, entry, step(step(pointer, "examples"), key)).node;
    const values = isNode(example.value) ? example.value : {};
    const type = values[content.union?.property ?? ""];
    return {
      ...plain,
      example: key,
      summary: typeof example.summary === "string" ? example.summary : undefined,
      isDocumented: example["x-evidence"] === "documented",
      type: typeof type === "string" ? type : undefined,
      values: new Map(Object.entries(values)),
    };
  });
}

function firstExample(document: Description["document"], pointer: string): unknown {
  const { node } = follow(document, { $ref: pointer }, pointer);
  const [example] = Object.values(isNode(node.examples) ? node.examples : {});
  return isNode(example) ? example.value : undefined;
}
