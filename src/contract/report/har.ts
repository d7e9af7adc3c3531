import { appendFileSync, writeFileSync } from "node:fs";
import { authorizationOf, type Exchange, keyVariables } from "../wire/index.ts";

function entryOf(exchange: Exchange) {
  const { call, method, url, outcome, startedAt, milliseconds } = exchange;
  const answer = outcome.kind === "answer" ? outcome : undefined;
  const key = authorizationOf(call.credential, keyVariables);
  const type = answer?.headers.get("content-type") ?? "";
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: milliseconds,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: key === undefined ? [] : [{ name: "Authorization", value: key }],
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(call.form !== undefined && {
        postData: {
          mimeType: "multipart/form-data",
          params: call.form.map(([name, value]) => ({ name, value })),
        },
      }),
      headersSize: -1,
      bodySize: -1,
    },
    // HAR can't express a request without an answer; tools write status 0.
    response: {
      status: answer?.status ?? 0,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [...(answer?.headers ?? [])].map(([name, value]) => ({ name, value })),
      content: {
        size: answer === undefined ? 0 : Buffer.byteLength(answer.text),
        mimeType: type,
        text: answer?.text ?? "",
      },
      redirectURL: answer?.headers.get("location") ?? "",
      headersSize: -1,
      bodySize: -1,
      ...(outcome.kind === "failure" && { _error: outcome.message }),
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
    comment: call.purpose,
  };
}

/**
 * Writes traffic as an HTTP Archive (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/), with the names of variables in place of keys.
 * It is written while the runs of a fleet end, so that their traffic need not be kept in memory. Throws errors of the file system.
 */
export class HarWriter {
  readonly #file: string;
  readonly #tail: string;
  #isFirst = true;

  /** Begins the file. `version`: of the program that writes it. */
  constructor(file: string, version: string) {
    const creator = { name: "notification-handlers-api contract checks", version };
    const empty = JSON.stringify({ log: { version: "1.2", creator, entries: [] } });
    const [head = "", tail = ""] = empty.split(/(?<="entries":\[)(?=\])/);
    this.#file = file;
    this.#tail = tail;
    writeFileSync(file, head);
  }

  add(exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) {
      appendFileSync(this.#file, `${this.#isFirst ? "" : ","}\n${JSON.stringify(entryOf(exchange))}`);
      this.#isFirst = false;
    }
  }

  close(): void {
    appendFileSync(this.#file, `${this.#tail}\n`);
  }
}
