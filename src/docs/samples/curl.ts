import { keyVariable } from "../../description/index.ts";
import type { Request } from "./request.ts";
import { shellWord } from "./shell.ts";

/** A curl command for a POSIX shell, with a line break before every option. */
export function curl({ method, url, idVariable, query, form }: Request): string {
  const [before, after = ""] = url;
  const target = idVariable === undefined ? shellWord(before) : `"${before}$${idVariable}${after}"`;
  const parts = [
    ...(query.length > 0 ? ["--get"] : []),
    ...(method === "GET" ? [] : [`--request ${method}`]),
    `--url ${target}`,
    `--header "Authorization: Bearer $${keyVariable}"`,
    ...query.map(([name, value]) => `--data-urlencode ${shellWord(`${name}=${value}`)}`),
    ...(form ?? []).map(([name, value]) => `--form-string ${shellWord(`${name}=${value}`)}`),
  ];
  return `curl ${parts.join(" \\\n  ")}`;
}
