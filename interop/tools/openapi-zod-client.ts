import type { Tool } from "../tool.ts";
import { npmCommand, versionOf } from "./npm.ts";

export const openapiZodClient: Tool = {
  name: "openapi-zod-client",
  version: versionOf("openapi-zod-client"),
  makes: "TypeScript, Zod and axios",
  because: { creates: "it knows no `const`, so it takes all bodies for the first of them; 3.0.3 has none" },
  generate: async (bundle, folder) => {
    await npmCommand("openapi-zod-client", [bundle, "-o", "generated.ts", "--with-alias"], folder);
  },
  driver: `import { createApiClient } from "./generated";

const api = createApiClient(process.env["BASE_URL"]!, {
  axiosConfig: { headers: { Authorization: "Bearer " + process.env["API_KEY"] } },
});
const path = (notification_handler_id: number) => ({ params: { notification_handler_id } });
export const create = async (body: any) => (await api.createNotificationHandler(body)).data.id;
export const update = (id: number, body: any) => api.updateNotificationHandler(body, path(id));
export const remove = (id: number) => api.deleteNotificationHandler(undefined, path(id));
export const typed = () => api.createNotificationHandler({ type: "email", name: "Ops", email: "ops@example.com" });
`,
};
