import { keyVariable } from "../../description/index.ts";
import type { Request } from "./request.ts";

/** A curl command for a POSIX shell, with a line break before every option. */
export function curl({ method, url, idVariable, query, form }: Request): string {
  const [before, after = ""] = url;
  const target = idVariable === undefined ? quote(before) : `"${before}$${idVariable}${after}"`;
  const parts = [
    ...(query.length > 0 ? ["--get"] : []),
    ...(method === "GET" ? [] : [`--request ${method}`]),
    `--url ${target}`,
    `--header "Authorization: Bearer $${keyVariable}"`,
    ...query.map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`),
    ...(form ?? []).map(([name, value]) => `--form-string ${quote(`${name}=${value}`)}`),
  ];
  return `curl ${parts.join(" \\\n  ")}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
