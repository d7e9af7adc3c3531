import { keyVariable } from "../../description/index.ts";
import type { Request } from "./request.ts";

/** A script with the `requests` library. Passing `files` makes it send a multipart form; they need no file names. */
export function python({ method, url, idVariable, query, form }: Request): string {
  const [before, after = ""] = url;
  const target =
    idVariable === undefined ? text(before) : `f"${before}{os.environ['${idVariable}']}${after}"`;
  const lines = [
    "import os",
    "",
    "import requests",
    "",
    `response = requests.${method.toLowerCase()}(`,
    `    ${target},`,
    `    headers={"Authorization": f"Bearer {os.environ['${keyVariable}']}"},`,
  ];
  if (query.length > 0) {
    lines.push(
      "    params={",
      ...query.map(([name, value]) => `        ${text(name)}: ${text(value)},`),
      "    },",
    );
  }
  if (form !== undefined) {
    const fields = form.map(([name, value]) => `        ${text(name)}: (None, ${text(value)}),`);
    lines.push("    files={", ...fields, "    },");
  }
  lines.push("    timeout=30,", ")", "print(response.status_code, response.text)");
  return lines.join("\n");
}

/** A string literal: JSON's escapes are valid in Python, except surrogates, which do not occur here. */
function text(value: string): string {
  return JSON.stringify(value);
}
