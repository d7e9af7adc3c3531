import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The file beside a bundle that holds it as JSON. */
export const parsedFile = "parsed.json";

interface Parsed {
  readonly of: string;
  readonly document: unknown;
}

/** The content of `parsed.json`: a bundle as JSON, and the digest of the YAML that it was made from. */
export function renderParsed(yaml: string, document: object): string {
  const about = "openapi.yaml as JSON, to be read faster. Written by `npm run generate`.";
  const lines = Object.entries({ about, of: digestOf(yaml), document }).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

/**
 * Parses a bundle. Reading the JSON beside it takes a hundredth of the time, so the JSON is used if it was made from this very text; a bundle
 * that somebody has changed is parsed. Throws what the YAML parser throws.
 */
export function parseBundle(yaml: string, jsonPath: string): unknown {
  const parsed = readParsed(jsonPath);
  return parsed?.of === digestOf(yaml) ? parsed.document : parse(yaml);
}

/** The content of the file; undefined if it can't be read, since the file only saves time. */
function readParsed(path: string): Partial<Parsed> | null | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Parsed> | null;
  } catch {
    return undefined;
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
