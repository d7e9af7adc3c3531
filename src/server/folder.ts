import { readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mediaTypeOf, mountGuarded, wantsPage } from "./headers.ts";

/** Serves the files of a folder at the root, except dot files and targets of symbolic links. */
export function mountFolder(app: FastifyInstance, folder: string): void {
  mountGuarded(app, (scope) => {
    scope.get<{ Params: { "*": string } }>("/*", async (request, reply) => {
      const asked = request.params["*"];
      const names = asked.split("/");
      if (names.at(-1) === "") names.pop();
      if (names.some((name) => name === "" || name.startsWith(".") || /[\\\0]/.test(name)))
        return missing(folder, request, reply);
      const kind = await kindOf(folder, names);
      if (kind === "folder") {
        if (asked !== "" && !asked.endsWith("/"))
          return reply.redirect(`/${names.map(encodeURIComponent).join("/")}/`);
        names.push("index.html");
      } else if (asked.endsWith("/")) return missing(folder, request, reply);
      if ((await kindOf(folder, names)) !== "file") return missing(folder, request, reply);
      const path = join(folder, ...names);
      return reply.type(mediaTypeOf(path)).send(await readFile(path));
    });
  });
}

/** Not found: the folder's own page for people, the errors body for programs. */
async function missing(folder: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const page = wantsPage(request)
    ? await readFile(join(folder, "404.html"), "utf8").catch(() => undefined)
    : undefined;
  if (page !== undefined) return reply.code(404).type(mediaTypeOf(".html")).send(page);
  reply.callNotFound();
  return reply;
}

/** Undefined if it does not exist, or is outside of the folder. */
async function kindOf(folder: string, names: readonly string[]): Promise<"file" | "folder" | undefined> {
  const path = join(folder, ...names);
  try {
    if ((await realpath(path)) !== join(await realpath(folder), ...names)) return undefined;
    const found = await stat(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : undefined;
  } catch {
    return undefined;
  }
}
