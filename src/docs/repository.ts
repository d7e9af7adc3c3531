import { readFileSync } from "node:fs";

/** Where the source code of this project is, as package.json says it (`repository`); undefined where it says nothing. */
export function repositoryUrl(): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { repository } = manifest as { repository?: string | { url?: string } };
  const url = typeof repository === "string" ? repository : repository?.url;
  const plain = url?.replace(/^git\+/, "").replace(/\.git$/, "");
  return plain?.startsWith("https://") ? plain : undefined;
}
