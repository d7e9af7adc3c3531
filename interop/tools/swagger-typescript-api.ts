import type { Tool } from "../tool.ts";
import { npmCommand, versionOf } from "./npm.ts";

export const swaggerTypescriptApi: Tool = {
  name: "swagger-typescript-api",
  version: versionOf("swagger-typescript-api"),
  makes: "TypeScript, `fetch`",
  generate: async (bundle, folder) => {
    await npmCommand(
      "swagger-typescript-api",
      ["generate", "-p", bundle, "-o", ".", "-n", "generated.ts"],
      folder,
    );
  },
  // It reads no answer unless it is told its format: it doesn't see that an answer that is referred to is JSON.
  driver: `import { Api } from "./generated";

const headers = { Authorization: "Bearer " + process.env["API_KEY"] };
const { notificationHandlers: api } = new Api({ baseUrl: process.env["BASE_URL"]!, baseApiParams: { headers, format: "json" } });
export const create = async (body: any) => (await api.createNotificationHandler(body)).data.data.id;
export const update = (id: number, body: any) => api.updateNotificationHandler(id, body);
export const remove = (id: number) => api.deleteNotificationHandler(id, { format: "text" });
export const typed = () => api.createNotificationHandler({ type: "email", name: "Ops", email: "ops@example.com" });
`,
};
