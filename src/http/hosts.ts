import { isIP } from "node:net";

/** Names that always mean this machine (RFC 6761, section 6.3), and its loopback addresses. */
const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host, as in a URL, always means this machine. */
export function isLoopback(host: string): boolean {
  return loopback.test(normal(host));
}

/** Addresses that stand for all addresses of this machine. */
const everywhere = new Set(["0.0.0.0", "[::]"]);

/**
 * Tells whether a Host header is for this server. A foreign page can make its own host name resolve to this machine (DNS rebinding); the
 * browser would then treat all answers as the page's own. So only loopback names and the given ones are accepted, with any port, since
 * ports may be forwarded. If the given ones stand for all addresses, any IP address is accepted, since an address can't be rebound.
 */
export function createHostGuard(given: readonly string[]): (host: string) => boolean {
  const known = new Set(given.map(normal));
  const takesAddresses = [...known].some((it) => everywhere.has(it));
  return (host) => {
    const name = normal(host.replace(/:\d*$/, ""));
    // Browsers always send a host.
    if (name === "" || loopback.test(name) || known.has(name)) return true;
    return takesAddresses && isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  };
}

/** Whether a text is a host name or address without a port. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^(\[[\da-f.:]+\]|[a-z\d_-]+(\.[a-z\d_-]+)*\.?)$/i.test(text);
}

/** Normalises a host as in a Host header: IPv6 addresses in brackets, no dot at the end. */
function normal(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  return isIP(name) === 6 ? `[${name}]` : name;
}
