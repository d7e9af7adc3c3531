/** Reads strictly what a server has sent on a connection. */

const refusal = Buffer.from('{"errors":');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * The final answers on a connection, in order, without those of 1xx. `methods`: those of the requests, as far as they are known, since an
 * answer to HEAD has no body. Throws if an answer is cut short, has no end, or is followed by other bytes.
 */
export function readAnswers(bytes: Buffer, methods: readonly string[]): Answer[] {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end === -1) throw new Error("The head of an answer has no end.");
    const { status, headers } = readHead(rest.subarray(0, end).toString("latin1"));
    rest = rest.subarray(end + 4);
    if (status < 200) continue;
    // A request that is refused by its first bytes has no method yet; its refusal always has a body.
    const isToHead = methods[answers.length] === "HEAD" && !rest.subarray(0, 10).equals(refusal);
    const isBare = isToHead || status === 204 || status === 304;
    const { body, length } = isBare ? { body: "", length: 0 } : readBody(rest, headers);
    rest = rest.subarray(length);
    answers.push({ status, headers, body });
  }
  return answers;
}

function readHead(text: string): { status: number; headers: Headers } {
  const [first = "", ...lines] = text.split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) [\t\x20-\x7e]*$/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Error(`An answer begins with ${JSON.stringify(first.slice(0, 80))}.`);
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`${JSON.stringify(line.slice(0, 80))} is no header.`);
    headers.append(name, value);
  }
  return { status, headers };
}

function readBody(rest: Buffer, headers: Headers): { body: string; length: number } {
  if (headers.get("transfer-encoding") === "chunked") return readChunks(rest);
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (!Number.isInteger(length)) throw new Error("An answer does not say how long it is.");
  if (length > rest.length) throw new Error(`An answer ends after ${rest.length} of ${length} bytes.`);
  return { body: rest.subarray(0, length).toString("utf8"), length };
}

function readChunks(rest: Buffer): { body: string; length: number } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = rest.indexOf("\r\n", at);
    const size = Number.parseInt(rest.subarray(at, end).toString("latin1"), 16);
    if (end === -1 || Number.isNaN(size) || end + 4 + size > rest.length)
      throw new Error("A chunked answer is cut short.");
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
    if (size === 0) return { body: Buffer.concat(chunks).toString("utf8"), length: at };
  }
}
