import { readFileSync } from "node:fs";

/** The URL of this project's source code, from package.json (`repository`); undefined if it has none. */
export function repositoryUrl(): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { repository } = manifest as { repository?: string | { url?: string } };
  const url = typeof repository === "string" ? repository : repository?.url;
  const plain = url?.replace(/^git\+/, "").replace(/\.git$/, "");
  return plain?.startsWith("https://") ? plain : undefined;
}
