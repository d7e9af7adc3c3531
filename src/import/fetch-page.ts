import { lookup as resolveName } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { refuseLarge } from "./decode.ts";
import { ImportError } from "./error.ts";

export interface FetchOptions {
  /** Whether private addresses are allowed, for tests and companies. */
  readonly allowPrivate?: boolean;
  /** The time limit of the whole fetch, in milliseconds. */
  readonly timeout?: number;
}

/** The answer of a server. */
export interface Fetched {
  readonly bytes: Uint8Array;
  /** The encoding that its header names. */
  readonly encoding: string | undefined;
  readonly type: string | undefined;
  /** The final URL, after redirects. */
  readonly url: string;
}

const maxRedirects = 3;

/**
 * Fetches a page with one GET, on behalf of the person who asks for it: no cookies, no key. Redirects are followed only on the same host,
 * and only public addresses are contacted, whatever a name resolves to.
 *
 * @throws {ImportError} when it can't be fetched, is too large or takes too long
 */
export async function fetchPage(address: string, options: FetchOptions = {}): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeout ?? 20_000);
  let url = pageUrl(address);
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const answer = await get(url, options, signal).catch((error: Error) => {
      if (error instanceof ImportError) throw error;
      if (signal.aborted)
        throw new ImportError("It did not answer in time: save the page and give the file.");
      throw new ImportError(
        `It can't be fetched: ${error.message || (error as NodeJS.ErrnoException).code}.`,
        { cause: error },
      );
    });
    if (!("location" in answer)) return answer;
    const next = URL.canParse(answer.location, url) ? pageUrl(new URL(answer.location, url).href) : undefined;
    if (next?.hostname !== url.hostname || (url.protocol === "https:" && next.protocol !== "https:"))
      throw new ImportError(
        `It leads to ${next?.origin ?? "no address"}: give that address if it is the right one.`,
      );
    url = next;
  }
  throw new ImportError(`It redirects more than ${maxRedirects} times: give the final address.`);
}

function pageUrl(address: string): URL {
  if (!URL.canParse(address)) throw new ImportError("It is not a URL: use https://host/path.");
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new ImportError(`Pages are fetched over http and https, not ${url.protocol.slice(0, 20)}`);
  if (url.username !== "" || url.password !== "")
    throw new ImportError("It contains a user name or a password: pages are fetched without.");
  return url;
}

function get(url: URL, { allowPrivate = false }: FetchOptions, signal: AbortSignal) {
  if (!allowPrivate) refusePrivate(url.hostname.replace(/^\[|\]$/g, ""));
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  // The connection uses the address that was checked.
  const lookup: LookupFunction = (host, lookupOptions, callback) =>
    resolveName(host, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error) return callback(error, "");
      try {
        if (!allowPrivate) for (const { address } of addresses) refusePrivate(address);
      } catch (refusal) {
        return callback(refusal as Error, "");
      }
      if (lookupOptions.all) return callback(null, addresses);
      callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
    });
  const headers = { accept: "text/html, text/markdown, text/plain;q=0.9", "accept-encoding": "identity" };
  return new Promise<Fetched | { location: string }>((resolve, reject) => {
    const sent = request(url, { headers, lookup, signal, agent: false }, (answer) => {
      const { statusCode: status = 0, headers } = answer;
      if (status >= 300 && status < 400 && headers.location !== undefined) {
        answer.destroy();
        return resolve({ location: headers.location });
      }
      if (status !== 200) {
        answer.destroy();
        return reject(new ImportError(`It answers with status ${status}: save the page and give the file.`));
      }
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        try {
          refuseLarge(size);
        } catch (error) {
          answer.destroy(error as Error);
        }
      });
      answer.on("error", reject);
      answer.on("end", () => {
        const [type, ...parameters] = (headers["content-type"] ?? "").split(";");
        const encoding = /charset\s*=\s*"?([\w-]{2,40})/i.exec(parameters.join(";"))?.[1];
        resolve({ bytes: Buffer.concat(chunks), encoding, type: type?.trim().toLowerCase(), url: url.href });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

function refusePrivate(address: string): void {
  if (!ipaddr.isValid(address)) {
    if (/^localhost\.?$|\.localhost\.?$/i.test(address)) throw privateError(address);
    return;
  }
  if (ipaddr.process(address).range() !== "unicast") throw privateError(address);
}

function privateError(address: string): ImportError {
  return new ImportError(
    `${address} is not a public address: save the page and give the file, or allow it with --private.`,
  );
}
