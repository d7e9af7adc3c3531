import { readFileSync } from "node:fs";

interface Manifest {
  readonly repository?: string | { readonly url?: string };
  readonly private?: boolean;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as Manifest;
}

/** Where the source code of this project is, as package.json says it (`repository`); undefined where it says nothing. */
export function repositoryUrl(): string | undefined {
  const { repository } = manifest();
  const url = typeof repository === "string" ? repository : repository?.url;
  const plain = url?.replace(/^git\+/, "").replace(/\.git$/, "");
  return plain?.startsWith("https://") ? plain : undefined;
}

/** Whether the packages are to be had from a registry: package.json keeps them back with `private` until then. */
export function isPublished(): boolean {
  return manifest().private !== true;
}
