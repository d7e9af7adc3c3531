import { createRequire } from "node:module";
import { follow, isNode, type Node } from "../../src/description/index.ts";

/** What of a Postman 2.1 collection this changes; the rest is as the converter gives it. */
interface Collection {
  info: { _postman_id?: string; name: string };
  item: Item[];
  variable: { key: string; value: string; type?: string }[];
  auth: unknown;
}
interface Item {
  id?: string;
  name: string;
  item?: Item[];
  request?: Request;
  response?: { id?: string; originalRequest?: unknown }[];
  event?: unknown[];
}
interface Request {
  name: string;
  url: { raw?: string; host: string[]; path: string[]; query: Field[]; variable: Field[] };
  header: Field[];
  body?: { formdata?: Field[] };
}
interface Field {
  key: string;
  value: string;
  disabled?: boolean;
}

/** What the collection's requests share. `baseUrl` is the converter's. The id is that of the handler that was created last. */
const apiKey = "api_key";
const handlerId = "notification_handler_id";

const options = {
  folderStrategy: "Tags",
  parametersResolution: "Example",
  requestNameSource: "Fallback",
  alwaysInheritAuthentication: true,
};

/**
 * A Postman 2.1 collection of an instance, by openapi-to-postmanv2: each operation, and of those with a form one request for each example, with the
 * fields of that type alone. The same text at each run.
 *
 * @param flat the bundle with flat forms, in YAML: every field has its description there
 * @param exact the bundle in OpenAPI 3.1: its examples are sent
 * @throws what the converter says is wrong
 */
export async function postmanCollection(flat: string, exact: Node): Promise<Collection> {
  const { convertV2 } = createRequire(import.meta.url)("openapi-to-postmanv2");
  const collection = await new Promise<Collection>((resolve, reject) => {
    type Converted = { result: boolean; reason?: string; output: { data: Collection }[] };
    convertV2({ type: "string", data: flat }, options, (error: Error | null, converted: Converted) => {
      const [first] = converted?.output ?? [];
      if (error !== null || first === undefined) reject(error ?? new Error(converted.reason));
      else resolve(first.data);
    });
  });
  delete collection.info._postman_id;
  collection.auth = { type: "bearer", bearer: [{ key: "token", value: `{{${apiKey}}}`, type: "string" }] };
  collection.variable.push({ key: apiKey, value: "", type: "secret" }, { key: handlerId, value: "" });
  const forms = formExamples(exact);
  collection.item = collection.item.map((each) => cleaned(each, forms));
  return collection;
}

/** The forms of the examples of each operation, by its summary, which names its request. */
function formExamples(document: Node): Map<string, [name: string, fields: Node][]> {
  const found = new Map<string, [string, Node][]>();
  const resolve = (node: unknown): Node => (isNode(node) ? follow(document, node, "#").node : {});
  for (const path of Object.values(document.paths as Node)) {
    for (const operation of Object.values(path as Node).filter(isNode)) {
      const { content } = resolve(operation.requestBody);
      const { examples } = resolve(isNode(content) ? content["multipart/form-data"] : undefined);
      if (!isNode(examples)) continue;
      const named = Object.entries(examples).map(
        ([name, each]) => [name, resolve(each).value as Node] as [string, Node],
      );
      found.set(String(operation.summary), named);
    }
  }
  return found;
}

/** An item without what differs from run to run, and as somebody uses it: optional parameters off, the id that of the last create. */
function cleaned(item: Item, forms: Map<string, [string, Node][]>): Item {
  delete item.id;
  if (item.item !== undefined) {
    return { ...item, item: item.item.map((each) => cleaned(each, forms)) };
  }
  for (const answer of item.response ?? []) {
    delete answer.id;
    delete answer.originalRequest;
  }
  if (item.request === undefined) return item;
  const { url, header } = item.request;
  url.raw = [...url.host, ...url.path].join("/");
  url.query = url.query.map((parameter) => ({ ...parameter, disabled: true }));
  url.variable = url.variable.map((variable) => ({ ...variable, value: `{{${handlerId}}}` }));
  // Whoever sends the form knows its boundary, and this would hide it.
  item.request.header = header.filter(({ value }) => value !== "multipart/form-data");
  const examples = forms.get(item.name);
  if (examples === undefined) return item;
  return { name: item.name, item: examples.map(([name, fields]) => withForm(item, name, fields)) };
}

/** The request of an operation with the form of one example. One that creates keeps the id for the others. */
function withForm(item: Item, example: string, fields: Node): Item {
  const request = item.request as Request;
  const described = new Map(request.body?.formdata?.map((field) => [field.key, field]));
  const formdata = Object.entries(fields).map(([key, value]) => {
    const text = typeof value === "boolean" ? String(Number(value)) : String(value);
    return { ...described.get(key), key, value: text, type: "text" };
  });
  const name = `${item.name}: ${example}`;
  const own: Item = { ...item, name, request: { ...request, name, body: { ...request.body, formdata } } };
  if (request.url.variable.length > 0) return own;
  const exec = [
    `if (pm.response.code === 200) pm.collectionVariables.set("${handlerId}", String(pm.response.json().data.id));`,
  ];
  return { ...own, event: [{ listen: "test", script: { type: "text/javascript", exec } }] };
}
