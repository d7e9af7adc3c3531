import { isIP } from "node:net";

/** Names that lead to this machine whoever is asked (RFC 6761, section 6.3), and its loopback addresses. */
const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host, as URLs have it, leads to this machine whoever is asked. */
export function isLoopback(host: string): boolean {
  return loopback.test(normal(host));
}

/** Addresses that stand for all of the machine's. */
const everywhere = new Set(["0.0.0.0", "[::]"]);

/**
 * Tells whether a Host header is for this server. A page of a foreign name can have that name lead here (DNS rebinding); to the browser all
 * answers are then the page's own. So loopback names are let in and the given ones, whatever the port: a forwarded one is another. Where the
 * given ones stand for all addresses, any address is let in: what is no name can't be led elsewhere.
 */
export function createHostGuard(given: readonly string[]): (host: string) => boolean {
  const known = new Set(given.map(normal));
  const takesAddresses = [...known].some((it) => everywhere.has(it));
  return (host) => {
    const name = normal(host.replace(/:\d*$/, ""));
    // Browsers send a name always.
    if (name === "" || loopback.test(name) || known.has(name)) return true;
    return takesAddresses && isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  };
}

/** Whether a text is a name or an address that a Host header can have, without a port. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^(\[[\da-f.:]+\]|[a-z\d_-]+(\.[a-z\d_-]+)*\.?)$/i.test(text);
}

/** As a Host header has it, in one form: addresses of IPv6 in brackets, no dot at the end. */
function normal(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  return isIP(name) === 6 ? `[${name}]` : name;
}
