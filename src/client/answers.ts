import { type InstanceError, NotificationHandlersError, type RequestContext } from "./errors.ts";
import { excerpt, mask } from "./mask.ts";
import { parseRetryAfter } from "./retry.ts";
import { kindOf } from "./values.ts";

/** The parts that an answer must have: an empty list for each list, an empty object for each object. */
export type Parts = Record<string, object>;

/** The longest message of an instance's own words, in characters. */
const LONGEST_MESSAGE = 1000;

/**
 * The parsed JSON of a body; undefined if it is empty.
 *
 * @throws {NotificationHandlersError} `html` or `invalid_json`
 */
export function parseJson(text: string, { headers }: Response, context: RequestContext): unknown {
  if (!text.trim()) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const what = kindOfText(text);
    const code = what === HTML_PAGE ? "html" : "invalid_json";
    throw new NotificationHandlersError(code, describe(what, text, headers, context), context);
  }
}

/** The error of an answer with an error status. */
export function httpFailure(
  { status, headers }: Response,
  body: unknown,
  context: RequestContext,
): NotificationHandlersError {
  const listed = (body as { errors?: unknown } | undefined)?.errors;
  const errors = (Array.isArray(listed) ? listed : [])
    .filter((error) => typeof error?.title === "string")
    .map(
      (error): InstanceError => ({
        title: mask(error.title, context.key),
        status: typeof error.status === "number" ? error.status : status,
      }),
    );
  const said = [status, ...errors.map(({ title }) => title)];
  // A body that is not JSON is given as its text.
  if (typeof body === "string" && body) said.push(describe(kindOfText(body), body, headers, context));
  const retryAfter = parseRetryAfter(headers.get("Retry-After"));
  const message = said.join(" - ").slice(0, LONGEST_MESSAGE);
  return new NotificationHandlersError("http", message, { ...context, errors, retryAfter });
}

/**
 * Checks that an answer has the top level that the contract describes. Anything deeper is left to the caller: one odd handler must not hide
 * the others.
 *
 * @throws {NotificationHandlersError} `unexpected_shape` when a part is missing
 */
export function checkShape(answer: unknown, context: RequestContext, parts: Parts): void {
  for (const name in parts) {
    if (kindOf((answer as Parts | null | undefined)?.[name]) !== kindOf(parts[name])) {
      const message = answer === undefined ? "the answer is empty" : `the answer lacks ${name}`;
      throw new NotificationHandlersError("unexpected_shape", message, context);
    }
  }
}

const HTML_PAGE = "an HTML page";

/** What a text is that is not JSON. PHP writes warnings, as HTML or as plain text, before the program's output. */
function kindOfText(text: string): string {
  if (/^\s*(<br \/>\s*<b>)?(PHP )?(Warning|Notice|Deprecated|(Fatal|Parse) error)(<\/b>)?:/.test(text)) {
    return "a message of PHP";
  }
  if (/^\s*</.test(text)) return HTML_PAGE;
  if (isCutOff(text)) return `JSON that is cut off after ${text.length} characters`;
  return /^\s*[[{]/.test(text) ? "broken JSON" : "not JSON";
}

/** Whether a text begins as JSON and ends before everything that it opened is closed. */
function isCutOff(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  let depth = 0;
  let inString = false;
  for (let n = 0; n < text.length; n++) {
    const character = text[n] as string;
    if (character === '"') inString = !inString;
    else if (inString) n += character === "\\" ? 1 : 0;
    else if ("[{".includes(character)) depth++;
    else if ("]}".includes(character)) depth--;
  }
  return inString || depth > 0;
}

function describe(what: string, text: string, headers: Headers, { key }: RequestContext): string {
  const type = excerpt(headers.get("Content-Type") ?? "no content type", key);
  return `the answer is ${what} (${type}): ${excerpt(text, key)}`;
}
