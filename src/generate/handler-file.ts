import { Document, isMap, isScalar, type Node, type Pair, visit } from "yaml";
import { typeExamples, typeSchemas } from "../redocly-plugin/handler-type.js";

/** A field in the file of a handler type. */
export interface HandlerField {
  /** The name on the wire. */
  name: string;
  /** The name of its component. */
  component: string;
  schema: Record<string, unknown>;
}

/** The handler in the examples of a type. */
export interface ExampleHandler {
  id: number;
  name: string;
  datetime: string;
  changed?: string | null;
}

/** Components with a file of their own in openapi/components/schemas/. */
const shared = [
  "NotificationHandlerId",
  "HandlerName",
  "IsEnabled",
  "LastDatetime",
  "Datetime",
  "Flag",
  "EmptySettings",
];

/** The text of openapi/components/handlers/<type>.yaml: everything in the contract about one handler type. */
export function renderHandlerFile(
  type: string,
  fields: readonly HandlerField[],
  example: ExampleHandler,
): string {
  const ref = (component: string) => ({
    $ref: shared.includes(component) ? `../schemas/${component}.yaml` : `#/${component}`,
  });
  const values = Object.fromEntries(
    fields.map(({ name, schema }) => [name, (schema.examples as unknown[] | undefined)?.[0] ?? name]),
  );
  const components = new Map(fields.map(({ name, component }) => [name, component]));
  const content = {
    ...Object.fromEntries(fields.map(({ component, schema }) => [component, schema])),
    ...typeSchemas(type, components, ref),
    ...typeExamples(type, values, example),
  };
  const document = new Document(content);
  document.commentBefore = ` Everything the contract knows of handlers of type \`${type}\`.\n Order: the values of its fields, settings, resource, create body, update body, then one example of each.`;
  layOut(document);
  return document.toString({ lineWidth: 0 });
}

/** Short lists and references are on one line; components are separated by empty lines. */
function layOut(document: Document): void {
  visit(document, {
    // Quoted, since some YAML parsers read a text that begins like a number or a date as one.
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && /^[-+]?\d/.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
    Seq: (_key, node) => {
      if (node.items.every(isScalar)) node.flow = true;
    },
    Map: (_key, node) => {
      const isShort = node.items.every(({ value }: Pair) => isScalar(value)) && node.items.length <= 2;
      const [first] = node.items;
      const opens = String(first?.key) === "$ref" || (String(first?.key) === "type" && node.has("const"));
      if (isShort && opens) node.flow = true;
    },
  });
  if (!isMap(document.contents)) return;
  for (const { key } of document.contents.items.slice(1)) (key as Node).spaceBefore = true;
}
