import { keyVariable } from "../../description/index.ts";
import type { Request } from "./request.ts";

/** A module with `fetch`, for Node, Deno and Bun. */
export function javascript({ method, url, idVariable, query, form }: Request): string {
  const [before, after = ""] = url;
  const lines: string[] = [];
  const isUrl = query.length > 0;
  if (isUrl) {
    lines.push(`const url = new URL(${text(before)});`);
    for (const [name, value] of query) lines.push(`url.searchParams.set(${text(name)}, ${text(value)});`);
  }
  if (form !== undefined) {
    lines.push("const body = new FormData();");
    for (const [name, value] of form) lines.push(`body.set(${text(name)}, ${text(value)});`);
  }
  if (lines.length > 0) lines.push("");
  const target = isUrl
    ? "url"
    : idVariable === undefined
      ? text(before)
      : `\`${before}\${process.env.${idVariable}}${after}\``;
  lines.push(
    `const response = await fetch(${target}, {`,
    ...(method === "GET" ? [] : [`  method: ${text(method)},`]),
    `  headers: { Authorization: \`Bearer \${process.env.${keyVariable}}\` },`,
    ...(form === undefined ? [] : ["  body,"]),
    "});",
    "console.log(response.status, await response.text());",
  );
  return lines.join("\n");
}

function text(value: string): string {
  return JSON.stringify(value);
}
