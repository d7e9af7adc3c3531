import { keyVariable } from "../../description/index.ts";
import type { Request } from "./request.ts";

/** A PHP script with cURL. Passing an array of fields makes cURL send a multipart form. */
export function php({ method, url, idVariable, query, form }: Request): string {
  const [before, after = ""] = url;
  const id = idVariable === undefined ? "" : ` . getenv('${idVariable}')`;
  const rest = after === "" ? "" : ` . ${text(after)}`;
  const search =
    query.length === 0
      ? ""
      : ` . '?' . http_build_query([\n${query.map(([name, value]) => `    ${text(name)} => ${text(value)},\n`).join("")}])`;
  const lines = [
    "<?php",
    `$curl = curl_init(${text(before)}${id}${rest}${search});`,
    "curl_setopt_array($curl, [",
  ];
  if (method !== "GET" && method !== "POST") lines.push(`    CURLOPT_CUSTOMREQUEST => ${text(method)},`);
  lines.push(
    "    CURLOPT_RETURNTRANSFER => true,",
    `    CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('${keyVariable}')],`,
  );
  if (form !== undefined) {
    const fields = form.map(([name, value]) => `        ${text(name)} => ${text(value)},`);
    lines.push("    CURLOPT_POSTFIELDS => [", ...fields, "    ],");
  }
  lines.push(
    "]);",
    "$answer = curl_exec($curl);",
    "echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer;",
  );
  return lines.join("\n");
}

function text(value: string): string {
  return `'${value.replaceAll(/[\\']/g, "\\$&")}'`;
}
