import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Reads a file that the site carries as it is. */
export function asset(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}

/** The search engine as a classic script that sets `globalThis.MiniSearch`: MiniSearch's own build for browsers. */
export function searchEngine(): string {
  const file = createRequire(import.meta.url).resolve("minisearch");
  return readFileSync(file.replace(/dist\/.*$/, "dist/umd/index.js"), "utf8").replace(
    /\/\/# sourceMappingURL=.*\s*$/,
    "",
  );
}

/**
 * A script of the site that is a module, with the modules that it imports from beside it, as one classic script: browsers don't load
 * modules from `file://`. The modules export functions and constants only, and import by name.
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

/** One sheet out of several, in their order: what is for single sizes of screens comes last. */
function styles(...names: readonly string[]): string {
  return names.map((name) => asset(`${name}.css`)).join("\n");
}

/** The files below assets/ that are the same for every contract, by their names. */
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

/**
 * The address of such a file below the site's folder. It has the digest of what the file holds, so that a server may have browsers keep it
 * for good.
 */
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
