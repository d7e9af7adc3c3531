import type { Tool } from "../tool.ts";
import { npmCommand, versionOf } from "./npm.ts";

export const heyApi: Tool = {
  name: "hey-api",
  version: versionOf("@hey-api/openapi-ts"),
  makes: "TypeScript, `fetch`",
  generate: async (bundle, folder) => {
    await npmCommand("openapi-ts", ["-i", bundle, "-o", "generated"], folder);
  },
  driver: `import { client } from "./generated/client.gen";
import { createNotificationHandler, deleteNotificationHandler, updateNotificationHandler } from "./generated/sdk.gen";

client.setConfig({ baseUrl: process.env["BASE_URL"]!, auth: process.env["API_KEY"]!, throwOnError: true });
export const create = async (body: any) => (await createNotificationHandler({ body, throwOnError: true })).data.data.id;
export const update = (notification_handler_id: number, body: any) =>
  updateNotificationHandler({ path: { notification_handler_id }, body, throwOnError: true });
export const remove = (notification_handler_id: number) =>
  deleteNotificationHandler({ path: { notification_handler_id }, throwOnError: true });
export const typed = () =>
  createNotificationHandler({ body: { type: "email", name: "Ops", email: "ops@example.com" } });
`,
};
