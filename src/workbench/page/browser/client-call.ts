import { keyVariable } from "../../../description/key-variable.ts";
import { methods } from "../../../docs/samples/methods.ts";
import type { InstanceModel } from "../boot.ts";
import type { Operation } from "./workbench-api.ts";

/** A request as the client makes it. */
export interface ClientCall {
  readonly operation: Operation;
  /** The id of the handler in the path; undefined if it has none. */
  readonly id: string | undefined;
  /** The form's or the query's values, in order. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** The source of a module that makes the call with the client. It takes the key from the environment. */
export function clientSource(model: InstanceModel, baseUrl: string, call: ClientCall): string {
  const { paging, properties } = model;
  const numbers = new Set([paging.page, paging.pageSize]);
  const written = (name: string, value: string) => {
    if (numbers.has(name) && /^\d+$/.test(value)) return value;
    if (name === properties.enabled && /^[01]$/.test(value)) return String(value === "1");
    return JSON.stringify(value);
  };
  // The last value of a repeated field counts, as on the server.
  const values = new Map(call.values.map(({ name, value }) => [name, value]));
  const fields = Array.from(values, ([name, value]) => `  ${property(name)}: ${written(name, value)},`);
  const args = [
    ...(call.id === undefined ? [] : [call.id]),
    ...(fields.length > 0 ? [`{\n${fields.join("\n")}\n}`] : []),
  ].join(", ");
  return `import { createClient } from "notification-handlers-api";

const client = createClient({
${model.isFamily ? "" : `  instance: ${JSON.stringify(model.name)},\n`}  baseUrl: ${JSON.stringify(baseUrl)},
  apiKey: process.env.${keyVariable} ?? "",
});

console.log(await client.${methods[call.operation]}(${args}));
`;
}

/** A name as the key of an object literal. */
function property(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
