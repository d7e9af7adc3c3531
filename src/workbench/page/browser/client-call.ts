import { keyVariable } from "../../../description/key-variable.ts";
import { methods } from "../../../docs/samples/methods.ts";
import type { InstanceModel } from "../boot.ts";
import type { Operation } from "./workbench-api.ts";

/** A request as the client makes it. */
export interface ClientCall {
  readonly operation: Operation;
  /** Of the handler in the path; undefined where there is none. */
  readonly id: string | undefined;
  /** Of the form or of the query, in their order. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** A module that calls this server with the client. The key comes from the environment. */
export function clientSource(model: InstanceModel, baseUrl: string, call: ClientCall): string {
  const { paging, properties } = model;
  const numbers = new Set([paging.page, paging.pageSize]);
  const written = (name: string, value: string) => {
    if (numbers.has(name) && /^\d+$/.test(value)) return value;
    if (name === properties.enabled && /^[01]$/.test(value)) return String(value === "1");
    return JSON.stringify(value);
  };
  // Of a repeated field the last counts, as with the server.
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

/** A name as an object literal has it. */
function property(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
