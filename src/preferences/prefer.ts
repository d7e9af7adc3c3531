// Runs of white space are collapsed first: they would make this pattern slow.
const preference = /\s*([^\s=;,"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;,"]*)))?\s*(?:;[^,]*)?(?:,|$)/y;

/**
 * Reads a Prefer header (RFC 7240); names in lower case. The first of a repeated preference counts. Unreadable parts are skipped up to the
 * next comma, since a server must ignore what it does not know.
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

/** The Preference-Applied header, which lists the preferences that were honoured (RFC 7240, section 3). No header if there were none. */
export function appliedHeader(honoured: Readonly<Record<string, unknown>>): Record<string, string> {
  const tokens = Object.entries(honoured).filter(([, value]) => value !== undefined);
  if (tokens.length === 0) return {};
  return { "preference-applied": tokens.map(([name, value]) => `${name}=${asToken(value)}`).join(", ") };
}

function asToken(value: unknown): string {
  const text = String(value);
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text) ? text : `"${text.replace(/[^\x20-\x7e]|["\\]/g, "?")}"`;
}
