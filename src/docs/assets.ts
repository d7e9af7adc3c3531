import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Reads a file that the site carries as it is. */
export function asset(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}

/** The search engine as a classic script that sets `globalThis.MiniSearch`: MiniSearch's own build for browsers. */
export function searchEngine(): string {
  const file = createRequire(import.meta.url).resolve("minisearch");
  return readFileSync(file.replace(/dist\/.*$/, "dist/umd/index.js"), "utf8").replace(/\/\/# sourceMappingURL=.*\s*$/, "");
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
