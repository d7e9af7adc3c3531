// White space is folded before: runs of it would make this slow.
const preference = /\s*([^\s=;,"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;,"]*)))?\s*(?:;[^,]*)?(?:,|$)/y;

/**
 * The preferences of a Prefer header (RFC 7240), names in lower case. Of a repeated one the first counts. What can't be read is passed over up
 * to the next comma, as a server has to ignore what it doesn't know.
 */
export function readPrefer(raw: string): Map<string, string> {
  const header = raw.replace(/\s+/g, " ");
  const read = new Map<string, string>();
  let at = 0;
  while (at < header.length) {
    preference.lastIndex = at;
    const match = preference.exec(header);
    if (match === null) {
      const comma = header.indexOf(",", at);
      if (comma === -1) break;
      at = comma + 1;
      continue;
    }
    at = preference.lastIndex;
    const [, name = "", quoted, token] = match;
    const key = name.toLowerCase();
    if (!read.has(key)) read.set(key, quoted ?? token ?? "");
  }
  return read;
}

/** The header that tells a client which of its preferences were honoured (RFC 7240, section 3); none where none was. */
export function appliedHeader(honoured: Readonly<Record<string, unknown>>): Record<string, string> {
  const tokens = Object.entries(honoured).filter(([, value]) => value !== undefined);
  if (tokens.length === 0) return {};
  return { "preference-applied": tokens.map(([name, value]) => `${name}=${asToken(value)}`).join(", ") };
}

function asToken(value: unknown): string {
  const text = String(value);
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text) ? text : `"${text.replace(/[^\x20-\x7e]|["\\]/g, "?")}"`;
}
