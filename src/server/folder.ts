import { readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { notFound } from "../http/index.ts";
import { guardAnswers, mediaTypeOf } from "./headers.ts";

/** Serves the files of a folder at the root; none whose name begins with a dot, and nothing that a symbolic link leads to. */
export function mountFolder(app: FastifyInstance, folder: string): void {
  app.register((scope) => mount(scope, folder));
}

async function mount(app: FastifyInstance, folder: string): Promise<void> {
  await guardAnswers(app);
  app.setNotFoundHandler(async (request, reply) => {
    const page = request.headers.accept?.includes("text/html")
      ? await readFile(join(folder, "404.html"), "utf8").catch(() => undefined)
      : undefined;
    if (page === undefined) return notFound(request, reply);
    return reply.code(404).type(mediaTypeOf(".html")).send(page);
  });
  app.get<{ Params: { "*": string } }>("/*", async (request, reply) => {
    const asked = request.params["*"];
    const names = asked.split("/");
    if (names.at(-1) === "") names.pop();
    if (names.some((name) => name === "" || name.startsWith(".") || /[\\\0]/.test(name)))
      return reply.callNotFound();
    const kind = await kindOf(folder, names);
    if (kind === "folder") {
      if (asked !== "" && !asked.endsWith("/"))
        return reply.redirect(`/${names.map(encodeURIComponent).join("/")}/`);
      names.push("index.html");
    } else if (asked.endsWith("/")) return reply.callNotFound();
    if ((await kindOf(folder, names)) !== "file") return reply.callNotFound();
    const path = join(folder, ...names);
    return reply.type(mediaTypeOf(path)).send(await readFile(path));
  });
}

/** Undefined for what is not there, or elsewhere. */
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
