import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command, type Tool } from "../tool.ts";
import { versionOf } from "./npm.ts";

export const kubb: Tool = {
  name: "kubb",
  version: versionOf("@kubb/core"),
  makes: "TypeScript, `fetch`",
  because: { deletes: "its client takes every answer for JSON, an empty one, too" },
  generate: async (bundle, folder) => {
    await writeFile(
      join(folder, "generate.mjs"),
      `import { build } from "@kubb/core";
import { pluginClient } from "@kubb/plugin-client";
import { pluginOas } from "@kubb/plugin-oas";
import { pluginTs } from "@kubb/plugin-ts";

const { error, failedPlugins } = await build({
  config: {
    root: import.meta.dirname,
    input: { path: ${JSON.stringify(bundle)} },
    output: { path: "generated", clean: true },
    plugins: [pluginOas(), pluginTs(), pluginClient({ client: "fetch" })],
  },
});
const [failed] = [error, ...[...failedPlugins].map((each) => each.error)].filter(Boolean);
if (failed) throw failed;
`,
    );
    await command(process.execPath, ["generate.mjs"], folder);
  },
  driver: `import { setConfig } from "@kubb/plugin-client/clients/fetch";
import { createNotificationHandler, deleteNotificationHandler, updateNotificationHandler } from "./generated";

setConfig({ baseURL: process.env["BASE_URL"]!, headers: { Authorization: "Bearer " + process.env["API_KEY"] } });
export const create = async (body: any) => (await createNotificationHandler(body)).data.id;
export const update = (id: number, body: any) => updateNotificationHandler(id, body);
export const remove = (id: number) => deleteNotificationHandler(id);
export const typed = () => createNotificationHandler({ type: "email", name: "Ops", email: "ops@example.com" });
`,
};
