import type { OperationKind } from "../description/index.ts";
import { withoutMarks } from "./characters.ts";
import { ImportError } from "./error.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Line } from "./line.ts";

/** A part of a page: from one line with a method and a URL to the next. */
export interface Section {
  /** What its operation does; undefined for operations that the contract doesn't know and for other resources. */
  readonly kind: OperationKind | undefined;
  readonly method: string;
  /** As on the page, without punctuation at its end. */
  readonly address: string;
  /** Whether its URL belongs to the contract's resource. */
  readonly isOurs: boolean;
  /** The part before the resource's path; undefined if the URL is only a path. */
  readonly baseUrl: string | undefined;
  /** Whether the URL ends with a slash. */
  readonly hasSlash: boolean;
  readonly line: number;
  readonly lines: readonly Line[];
}

const methods = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS";
const addressOf = String.raw`(https?:\/\/[^\s"'<>|]+|\/[^\s"'<>|]+)`;
const between = String.raw`[\s:()\[\]*>"'|–—→-]{0,8}`;
const methodThenAddress = new RegExp(`(?<![\\w/-])(${methods})${between}${addressOf}`);
const addressThenMethod = new RegExp(`^${addressOf}${between}(${methods})$`);
const methodAlone = new RegExp(`^(?:\\W{0,8})(${methods})(?:\\W{0,8})$`);
const addressAlone = new RegExp(`^\\W{0,8}?${addressOf}\\W{0,8}$`);

/** A page has a dozen operations, and a section a few dozen lines. Larger input was made to waste time. */
const maxSections = 2000;
const maxLines = 5000;

/** The operation in a line. */
interface Endpoint {
  readonly method: string;
  readonly address: string;
}

/** Lines of samples repeat the method and the URL, so they begin no section. */
export const isSampleLine = (text: string): boolean =>
  /^(curl\b|-{1,2}[A-Za-z][\w-]*[\s=]|\$ curl\b)/.test(text);

/** The sections of a page. Text before the first method belongs to none. */
export function sectionsOf(lines: readonly Line[], knowledge: Knowledge): Section[] {
  const sections: (Section & { lines: Line[] })[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line;
    const { endpoint, used } = endpointAt(lines, index);
    if (endpoint === undefined) {
      const last = sections.at(-1);
      if (last?.isOurs && last.lines.length >= maxLines)
        throw tooMany(`${maxLines} lines in a section`, last.line);
      last?.lines.push(line);
      continue;
    }
    if (sections.length >= maxSections) throw tooMany(`${maxSections} operations`, line.number);
    sections.push({ ...endpoint, ...classify(endpoint, knowledge), line: line.number, lines: [] });
    index += used - 1;
  }
  return sections;
}

function tooMany(what: string, line: number): ImportError {
  return new ImportError(`It has more than ${what} (line ${line}): that is no documentation page.`);
}

function endpointAt(lines: readonly Line[], index: number): { endpoint?: Endpoint; used: number } {
  const text = withoutMarks(lines[index]?.text ?? "");
  if (text.length > 2000 || isSampleLine(text)) return { used: 1 };
  const here = methodThenAddress.exec(text);
  if (here?.[1] && here[2]) return { endpoint: { method: here[1], address: trimmed(here[2]) }, used: 1 };
  const behind = addressThenMethod.exec(text);
  if (behind?.[1] && behind[2]) {
    return { endpoint: { method: behind[2], address: trimmed(behind[1]) }, used: 1 };
  }
  const alone = methodAlone.exec(text)?.[1];
  const next = alone && addressAlone.exec(withoutMarks(lines[index + 1]?.text ?? ""))?.[1];
  if (alone && next) return { endpoint: { method: alone, address: trimmed(next) }, used: 2 };
  return { used: 1 };
}

/** Removes the punctuation of a sentence around a URL. */
function trimmed(address: string): string {
  return address.replace(/[\p{P}\p{S}]+$/u, (end) => /^[/}\]]*/.exec(end)?.[0] ?? "");
}

function classify({ method, address }: Endpoint, { resource }: Knowledge) {
  const plainAddress = address
    .replace(/%7B/gi, "{")
    .replace(/%7D/gi, "}")
    .replace(/[?#].*$/, "");
  const at = plainAddress.lastIndexOf(`/${resource}`);
  const rest = at === -1 ? undefined : plainAddress.slice(at + resource.length + 1);
  const isOurs = rest !== undefined && (rest === "" || rest.startsWith("/"));
  const item = isOurs ? /^\/([^/]+)\/?$/.exec(rest ?? "") : null;
  const isCollection = isOurs && /^\/?$/.test(rest ?? "");
  return {
    kind: isCollection ? collectionKind(method) : item ? itemKind(method) : undefined,
    isOurs,
    baseUrl: isOurs && plainAddress.startsWith("http") ? plainAddress.slice(0, at) : undefined,
    hasSlash: rest?.endsWith("/") ?? false,
  };
}

function collectionKind(method: string): OperationKind | undefined {
  return method === "GET" ? "list" : method === "POST" ? "create" : undefined;
}

function itemKind(method: string): OperationKind | undefined {
  if (method === "GET") return "read";
  if (method === "DELETE") return "delete";
  return method === "POST" || method === "PUT" || method === "PATCH" ? "update" : undefined;
}
