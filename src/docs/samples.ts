import {
  type Description,
  familyName,
  follow,
  isNode,
  keyVariable,
  type Operation,
  type OperationKind,
  rolesOf,
  step,
} from "../description/index.ts";

/** A call of an operation that works when it is pasted. */
export interface Sample {
  readonly operationId: string;
  readonly kind: OperationKind;
  /** What the call is written in: a line for a shell, or a module that imports the client. */
  readonly tool: "curl" | "client";
  /** The language, as Redoc's highlighter knows it. */
  readonly lang: string;
  /** What readers choose it by, beside the example. */
  readonly label: string;
  /** The named example of the body that the call sends; undefined where it has no body. */
  readonly example: string | undefined;
  readonly source: string;
}

/** What the samples of one kind of operation call on the client. */
const methods: Readonly<Record<OperationKind, string>> = {
  list: "list",
  read: "get",
  create: "create",
  update: "update",
  delete: "delete",
};

/**
 * Calls of every operation, for curl and for the client: one per handler type and named example where the operation takes a body, else
 * one; lists with filters get one more with the contract's examples of them. All names and values are the contract's.
 */
export function samplesOf(description: Description): Sample[] {
  const listForms = rolesOf(description).operations("list");
  return description.operations.flatMap((operation) => {
    const kind = rolesOf(description).kindOf(operation);
    return callsOf(description, operation, kind).flatMap(({ example, note, values }): Sample[] => {
      const label = (tool: string) => (note === undefined ? tool : `${tool} ${note}`);
      const shared = { operationId: operation.id, kind, example };
      // The list under its second form is what pages link to: the client's way to follow them all.
      const method = operation === listForms[1] ? "listAll" : methods[kind];
      return [
        {
          ...shared,
          tool: "curl",
          lang: "curl",
          label: label("curl"),
          source: curl(description, operation, values),
        },
        {
          ...shared,
          tool: "client",
          lang: "TypeScript",
          label: label("TypeScript"),
          source: client(description, operation, method, values),
        },
      ];
    });
  });
}

interface Call {
  readonly example?: string;
  /** What tells it from another call without an example. */
  readonly note?: string;
  readonly values: ReadonlyMap<string, unknown>;
}

function callsOf(description: Description, operation: Operation, kind: OperationKind): Call[] {
  const { document } = description;
  const content = operation.body?.contents[0];
  if (content === undefined) {
    const plain: Call = { values: new Map() };
    if (kind !== "list") return [plain];
    const { parameters } = rolesOf(description);
    const paging = new Set([...parameters("page"), ...parameters("page-size")]);
    const filters = operation.parameters.filter((it) => ![...paging].some(({ name }) => name === it.name));
    if (filters.length === 0) return [plain];
    const values = filters.map((it) => [it.name, firstExample(document, it.pointer)] as const);
    return [plain, { note: "(filters)", values: new Map(values) }];
  }
  const { node, pointer } = follow(document, { $ref: content.pointer }, content.pointer);
  return Object.entries(isNode(node.examples) ? node.examples : {}).map(([key, entry]) => {
    const example = follow(document, entry, step(step(pointer, "examples"), key)).node;
    return {
      example: key,
      values: new Map(Object.entries(isNode(example.value) ? example.value : {})),
    };
  });
}

function firstExample(document: Description["document"], pointer: string): unknown {
  const { node } = follow(document, { $ref: pointer }, pointer);
  const [example] = Object.values(isNode(node.examples) ? node.examples : {});
  return isNode(example) ? example.value : undefined;
}

function curl(description: Description, operation: Operation, values: ReadonlyMap<string, unknown>): string {
  const url = description.baseUrl + operation.path.replaceAll(/\{[^}]+\}/g, "1");
  const isForm = operation.body !== undefined;
  const parts = [
    `--request ${operation.method}`,
    `--url ${quoteShell(url)}`,
    `--header "Authorization: Bearer $${keyVariable}"`,
    ...[...values].map(([name, value]) =>
      isForm
        ? `--form-string ${quoteShell(`${name}=${value}`)}`
        : `--data-urlencode ${quoteShell(`${name}=${value}`)}`,
    ),
  ];
  if (!isForm && values.size > 0) parts.unshift("--get");
  return `curl ${parts.join(" \\\n  ")}`;
}

function quoteShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function client(
  description: Description,
  operation: Operation,
  method: string,
  values: ReadonlyMap<string, unknown>,
): string {
  const roles = rolesOf(description);
  const { types, open } = description.about;
  const flag = roles.properties.get("enabled");
  const type = roles.properties.get("type");
  // A type that the contract does not know is named by a function of the client, so that a slip does not compile.
  const isUnlisted = (name: string, value: unknown) =>
    open && name === type && !types.includes(String(value));
  const written = (name: string, value: unknown) => {
    const text = JSON.stringify(name === flag ? value === 1 : value);
    return isUnlisted(name, value) ? `unlistedType(${text})` : text;
  };
  const imported = [...values].some(([name, value]) => isUnlisted(name, value))
    ? "createClient, unlistedType"
    : "createClient";
  const body = [...values].map(([name, value]) => `  ${name}: ${written(name, value)},`);
  const id = operation.parameters.some((it) => it.in === "path") ? ["1"] : [];
  const args = [...id, ...(body.length > 0 ? [`{\n${body.join("\n")}\n}`] : [])].join(", ");
  const shown = [...roles.properties].filter(([role]) => role === "id" || role === "type" || role === "name");
  const each = shown.map(([, name]) => `handler.${name}`).join(", ");
  const calls: Record<string, string> = {
    list: `const page = await client.list(${args});\nfor (const handler of page.data) console.log(${each});`,
    listAll: `for await (const handler of client.listAll(${args})) console.log(${each});`,
    get: `const handler = await client.get(${args});\nconsole.log(${each}, handler.${roles.properties.get("settings")});`,
    create: `const { ${roles.properties.get("id")} } = await client.create(${args});\nconsole.log(${roles.properties.get("id")});`,
    update: `await client.update(${args});`,
    delete: `await client.delete(${args});`,
  };
  const target =
    description.name === familyName
      ? `baseUrl: ${JSON.stringify(description.baseUrl)}`
      : `instance: ${JSON.stringify(description.name)}`;
  return `import { ${imported} } from "notification-handlers-api";

const client = createClient({ ${target}, apiKey: process.env.${keyVariable} ?? "" });
${calls[method]}
`;
}
