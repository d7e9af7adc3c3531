import { type Description, familyName, keyVariable, rolesOf } from "../../description/index.ts";
import type { Call } from "./calls.ts";
import { methods } from "./methods.ts";

/** A module that calls the client of this project. */
export function typescript(description: Description, call: Call): string {
  const { operation, kind, values, isOverPages } = call;
  const roles = rolesOf(description);
  const { types, open } = description.about;
  const flag = roles.properties.get("enabled");
  const type = roles.properties.get("type");
  // A type that the contract does not know is marked by a function of the client, so that a typing error does not compile.
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
  const path = operation.parameters.find((it) => it.in === "path");
  const id = path === undefined ? [] : [`Number(process.env.${path.name.toUpperCase()})`];
  const args = [...id, ...(body.length > 0 ? [`{\n${body.join("\n")}\n}`] : [])].join(", ");
  const target =
    description.name === familyName
      ? `baseUrl: ${JSON.stringify(description.baseUrl)}`
      : `instance: ${JSON.stringify(description.name)}`;
  return `import { ${imported} } from "notification-handlers-api";

const client = createClient({
  ${target},
  apiKey: process.env.${keyVariable} ?? "",
});

${callOf(description, isOverPages ? "listAll" : methods[kind], args)}`;
}

function callOf(description: Description, method: string, args: string): string {
  const { properties } = rolesOf(description);
  const id = properties.get("id");
  const shown = [...properties].filter(([role]) => role === "id" || role === "type" || role === "name");
  const each = shown.map(([, name]) => `handler.${name}`).join(", ");
  const calls: Record<string, string> = {
    list: `const page = await client.list(${args});\nfor (const handler of page.data) console.log(${each});`,
    listAll: `for await (const handler of client.listAll(${args})) {\n  console.log(${each});\n}`,
    get: `const handler = await client.get(${args});\nconsole.log(${each}, handler.${properties.get("settings")});`,
    create: `const { ${id} } = await client.create(${args});\nconsole.log(${id});`,
    update: `await client.update(${args});`,
    delete: `await client.delete(${args});`,
  };
  return calls[method] ?? "";
}
