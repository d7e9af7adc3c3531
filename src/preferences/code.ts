import { list, type Operation, quote, responseFor } from "../description/index.ts";
import { Refusal } from "../http/index.ts";

/** The status of `code=…`. Throws a Refusal that lists the operation's statuses if it does not have this one. */
export function readCode(operation: Operation, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const code = /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
  const response = code === undefined ? undefined : responseFor(operation, code);
  // The `default` answer describes errors only.
  if (code === undefined || response === undefined || (response.status === "default" && code < 400)) {
    const known = list(
      [...operation.responses.keys()].map((status) =>
        status === "default" ? "any other error, from 400 to 599" : status,
      ),
    );
    throw new Refusal(400, `${operation.id} has no answer with status ${quote(text)}: there are ${known}.`);
  }
  return code;
}

/** The headers of a requested status: 429 gets a Retry-After, which is short so that retries can be tried. */
export function headersOf(code: number): Record<string, string> {
  return code === 429 ? { "retry-after": "1" } : {};
}
