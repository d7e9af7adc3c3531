import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Reads a file that the site includes unchanged. */
export function asset(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}

/** MiniSearch's own browser build, as a classic script that sets `globalThis.MiniSearch`. */
export function searchEngine(): string {
  const file = createRequire(import.meta.url).resolve("minisearch");
  return readFileSync(file.replace(/dist\/.*$/, "dist/umd/index.js"), "utf8").replace(
    /\/\/# sourceMappingURL=.*\s*$/,
    "",
  );
}

/**
 * Bundles a module of the site, and the modules next to it that it imports, into one classic script: browsers don't load modules from
 * `file://`. The modules may only export functions and constants, and import by name.
 */
export function classicScript(name: string): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  const add = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = asset(file).replaceAll(
      /^import \{[^}]*\} from "\.\/([\w.-]+)";\n/gm,
      (_line, other: string) => {
        add(other);
        return "";
      },
    );
    parts.push(text.replaceAll(/^export (?=(async )?(function|const) )/gm, ""));
  };
  add(name);
  return `(() => {\n"use strict";\n${parts.join("\n")}})();\n`;
}

/** Concatenates style sheets in this order; rules for single screen sizes must come last. */
function styles(...names: readonly string[]): string {
  return names.map((name) => asset(`${name}.css`)).join("\n");
}

/** Files below assets/ that are the same for every contract, by name. */
export const assets: Readonly<Record<string, () => string>> = {
  "site.css": () => styles("base", "site", "site-screens"),
  "reference.css": () =>
    styles("base", "reference-bar", "reference", "reference-samples", "reference-screens"),
  "site.js": () => classicScript("site.js"),
  "front.js": () => classicScript("front.js"),
  "reference.js": () => classicScript("reference.js"),
  "differences.js": () => classicScript("differences.js"),
  "minisearch.js": searchEngine,
};

const digests = new Map<string, string>();

/** The path of such a file in the site's folder. It contains the digest of the file, so browsers may cache it forever. */
export function assetPath(name: string): string {
  const make = assets[name];
  if (make === undefined) return `assets/${name}`;
  let digest = digests.get(name);
  if (digest === undefined) {
    digest = createHash("sha256").update(make()).digest("hex").slice(0, 12);
    digests.set(name, digest);
  }
  return `assets/${name}?v=${digest}`;
}
