import type { Words } from "./page-languages.ts";

/** What a page says, and an importer must find in it. */
export interface PageOf {
  readonly baseUrl: string;
  readonly types: readonly string[];
  /** In the order of the rows; the types of fields that the page does not allow are among them. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly list: readonly ListRow[];
  readonly pageQuery: string;
  readonly datetime: string;
  readonly hasTrailingComma: boolean;
  readonly withoutNames?: readonly string[];
}

export interface ListRow {
  readonly name: string;
  readonly type: "integer" | "string" | "boolean";
  readonly values?: readonly (string | number)[];
  readonly default?: string | number;
  readonly format?: string;
}

/** A line of a page, before it is written in one of the forms. */
export type Part =
  | { readonly endpoint: readonly [method: string, url: string] }
  | { readonly curl: readonly string[] }
  | { readonly rows: readonly Cells[]; readonly heading: readonly [string, string, string] }
  | { readonly json: unknown; readonly hasTrailingComma: boolean }
  | { readonly text: string };

/** A row: its name, empty where it is missing; its labels; and its description, whose code is marked with backquotes. */
export type Cells = readonly [name: string, labels: readonly string[], description: string];

/** The parts of a page in a language. */
export function partsOf(page: PageOf, words: Words): Part[] {
  const url = `${page.baseUrl}/notification-handlers`;
  const one = `${url}/{notification_handler_id}`;
  const handler = {
    id: 1,
    type: "email",
    name: "Work email",
    settings: { email: "hey@example.com" },
    is_enabled: true,
    last_datetime: null,
    datetime: page.datetime,
  };
  const link = `${url}${page.pageQuery}1`;
  const list = {
    data: [handler],
    meta: { page: 1, results_per_page: 25, total: 1, total_pages: 1 },
    links: { first: link, last: link, next: null, prev: null, self: link },
  };
  const key = "--header 'Authorization: Bearer {api_key}' \\";
  const curl = (method: string, at: string, form: readonly string[] = []) => ({
    curl: [
      `curl --request ${method} \\`,
      `--url '${at}' \\`,
      key,
      ...(form.length > 0 ? ["--header 'Content-Type: multipart/form-data' \\"] : []),
      ...form.map((each) => `--form '${each}' \\`),
    ],
  });
  const { hasTrailingComma } = page;
  const done = { json: { data: { id: 1 } }, hasTrailingComma: false };
  const rows = (each: readonly Cells[]) => ({ rows: each, heading: words.heading });
  return [
    { text: words.title },
    { endpoint: ["GET", `${url}/`] },
    curl("GET", `${url}/`),
    rows(page.list.map((row) => listCells(row, words))),
    { json: list, hasTrailingComma },
    { endpoint: ["GET", one] },
    curl("GET", one),
    { json: { data: handler }, hasTrailingComma },
    { endpoint: ["POST", url] },
    rows(formCells(page, words, words.required, [])),
    curl("POST", url, ["name=Example", "type=email", "email=hello@example.com"]),
    done,
    { endpoint: ["POST", one] },
    rows(formCells(page, words, words.optional, [["is_enabled", [words.optional, words.boolean], "-"]])),
    curl("POST", one, ["name=Example new name", "is_enabled=1"]),
    done,
    { endpoint: ["DELETE", one] },
    curl("DELETE", one),
  ];
}

const code = (text: string | number) => `\`${text}\``;
const around = ([before, behind]: readonly [string, string], text: string) => `${before}${text}${behind}`;

function listCells(row: ListRow, words: Words): Cells {
  const { name, type, values, format } = row;
  const says = [
    name === "page"
      ? words.page
      : name === "results_per_page"
        ? words.size
        : name === "search"
          ? words.search
          : "",
    values ? around(words.list, values.map(code).join(words.comma)) : "",
    format ? around(words.format, code(format)) : "",
    row.default === undefined ? "" : around(words.default, code(row.default)),
  ];
  return [name, [words.optional, words[type]], says.filter(Boolean).join(" ") || "-"];
}

function formCells(page: PageOf, words: Words, need: string, more: readonly Cells[]): Cells[] {
  const fields = Object.entries(page.fields).flatMap(([type, names]) =>
    names.map((name): Cells => {
      const shown = page.withoutNames?.includes(name) ? "" : name;
      return [
        shown,
        [words.optional, words.string],
        `${around(words.condition, code(`type = ${type}`))}${words.search}`,
      ];
    }),
  );
  return [
    ["name", [need, words.string], "-"],
    ["type", [need, words.string], around(words.list, page.types.map(code).join(words.comma))],
    ...fields,
    ...more,
  ];
}

export type Form = "pipes" | "pipes-behind" | "bare" | "html" | "markdown";
export const forms: readonly Form[] = ["pipes", "pipes-behind", "bare", "html", "markdown"];

/** The name of a file in each form: its ending says how it is read. */
export const fileOf: Record<Form, string> = {
  pipes: "a.txt",
  "pipes-behind": "a.txt",
  bare: "a.txt",
  html: "a.html",
  markdown: "a.md",
};

/** The parameters that are read of a page of that list. */
export const parametersOf = ({ list }: PageOf) =>
  list.map(({ name, type, values = null, default: value = null, format = null }) => ({
    name,
    required: false,
    type,
    enum: values,
    default: value,
    format,
    repeated: false,
  }));

/** Writes a page. `doubled`: as browsers copy some of them, with the lines of each sample twice. */
export function write(
  parts: readonly Part[],
  form: Form,
  options: { language?: string; isDoubled?: boolean } = {},
): string {
  if (form === "html") return htmlOf(parts, options.language);
  if (form === "markdown") return `${parts.map(markdownOf).join("\n\n")}\n`;
  return parts.map((part) => textOf(part, form, options.isDoubled ?? form !== "bare")).join("\n");
}

function textOf(part: Part, form: Form, isDoubled: boolean): string {
  if ("text" in part) return part.text;
  if ("endpoint" in part) return part.endpoint.join(" ");
  if ("curl" in part) return [...part.curl, ...(isDoubled ? part.curl.slice(1) : [])].join("\n");
  if ("json" in part) {
    return form === "bare" && !part.hasTrailingComma
      ? JSON.stringify(part.json)
      : jsonOf(part).replace(/^ +/gm, "");
  }
  const plain = (text: string) => text.replaceAll("`", "");
  const rows = part.rows.map(([name, labels, description]) => [name, labels.join(" "), plain(description)]);
  if (form === "bare") return [part.heading, ...rows].map((row) => row.filter(Boolean).join(" ")).join("\n");
  const line = (row: readonly (string | undefined)[]) =>
    (row[0] === "" ? [row[1], row[2], ""] : row).join(" | ");
  if (form === "pipes-behind")
    return [`${line(part.heading)} |`, "---|---|---|", ...rows.map((row) => `${line(row)} |`)].join("\n");
  return [`| ${line(part.heading)} |`, "|---|---|---|", ...rows.map((row) => `| ${line(row)} |`)].join("\n");
}

function jsonOf({ json, hasTrailingComma }: { json: unknown; hasTrailingComma: boolean }): string {
  const text = JSON.stringify(json, null, 4);
  return hasTrailingComma ? text.replace(/("datetime": "[^"]*")/, "$1,") : text;
}

function markdownOf(part: Part): string {
  if ("text" in part) return `# ${part.text}`;
  if ("endpoint" in part) return `## \`${part.endpoint[0]}\` \`${part.endpoint[1]}\``;
  if ("curl" in part) return `\`\`\`bash\n${part.curl.join("\n")}\n\`\`\``;
  if ("json" in part) return `\`\`\`json\n${jsonOf(part)}\n\`\`\``;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = part.rows.map(([name, labels, description]) =>
    line([name && code(name), labels.map((each) => `**${each}**`).join(" "), description]),
  );
  return [line(part.heading), "| --- | --- | --- |", ...rows].join("\n");
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");

function htmlOf(parts: readonly Part[], language = "und"): string {
  const body = parts.map(htmlPart).join("\n");
  return `<!DOCTYPE html>
<html lang="${language}">
<head><meta charset="utf-8"><title>API &amp; more</title><style>table { color: red }</style><script>var rows = "<td>page</td>";</script></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/api-documentation/links">GET</a></li></ul></nav>
<main class="container">
${body}
</main>
<footer><p>© 2026 &mdash; all rights reserved.</p></footer>
</body>
</html>
`;
}

function htmlPart(part: Part): string {
  const marked = (text: string) => escaped(text).replace(/`([^`]*)`/g, "<code>$1</code>");
  if ("text" in part) return `<h1 class="h4">${escaped(part.text)}</h1>`;
  if ("endpoint" in part) {
    const url = escaped(part.endpoint[1]).replace(
      /\{.*\}/,
      (name) => `<span class="text-primary">${name}</span>`,
    );
    return `<div class="card"><div class="card-body"><span class="badge badge-success mr-3">${part.endpoint[0]}</span> <span class="text-muted">${url}</span></div></div>`;
  }
  if ("curl" in part) {
    const lines = part.curl.map((each) =>
      escaped(each).replace("{api_key}", '<span class="text-primary">{api_key}</span>'),
    );
    return `<div class="card"><div class="card-body">\n${lines.join("<br />\n")}\n</div></div>`;
  }
  if ("json" in part) {
    const lit = escaped(jsonOf(part)).replace(
      /(&quot;[^&]*&quot;)(:)/g,
      '<span class="hljs-attr">$1</span>$2',
    );
    return `<pre class="bg-gray-100" data-lang="json">${lit}\n</pre>`;
  }
  const rows = part.rows.map(
    ([name, labels, description]) => `<tr>
<td>${name}</td>
<td>
  ${labels.map((each) => `<span class="badge badge-info"><i class="fa fa-fw fa-asterisk"></i> ${escaped(each)}</span>`).join("\n  ")}
</td>
<td>${marked(description)}</td>
</tr>`,
  );
  return `<div class="table-responsive collapse"><table class="table table-custom"><thead><tr>${part.heading.map((each) => `<th>${escaped(each)}</th>`).join("")}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>`;
}
