import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tool } from "../tool.ts";
import { npmCommand, versionOf } from "./npm.ts";

/** What `spectral:oas` says of the bundles and stays as it is: where, and why. */
export const decided: readonly { readonly rule: string; readonly at: string; readonly because: string }[] = [
  { rule: "info-contact", at: "info", because: "no page names a contact" },
  {
    rule: "path-keys-no-trailing-slash",
    at: "paths./notification-handlers/",
    because: "the pages document the list with the slash",
  },
  {
    rule: "oas3-unused-component",
    at: "components.schemas.HandlerType",
    because:
      "every bundle has the types under this name, for those who look for them; not every operation refers to them",
  },
];

interface Found {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  /** 0 is an error, 1 a warning. */
  readonly severity: number;
}

/** An error or a warning fails, but for those that are decided. */
export const spectral: Tool = {
  name: "Spectral",
  version: versionOf("@stoplight/spectral-cli"),
  makes: "a verdict by `spectral:oas`",
  steps: ["generates"],
  generate: async (bundle, folder) => {
    const ruleset = join(folder, "spectral.json");
    await writeFile(ruleset, '{ "extends": "spectral:oas" }');
    const options = ["--format", "json", "--fail-severity", "error", "--quiet"];
    const printed = await npmCommand("spectral", ["lint", bundle, "--ruleset", ruleset, ...options], folder);
    const found = (JSON.parse(printed) as Found[]).filter(
      ({ code, path, severity }) =>
        severity <= 1 && !decided.some(({ rule, at }) => rule === code && at === path.join(".")),
    );
    const lines = found.map(({ code, path, message }) => `${code}: ${path.join(".")}: ${message}`);
    if (lines.length > 0) throw new Error(lines.join("\n"));
  },
};
