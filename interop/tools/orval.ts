import type { Tool } from "../tool.ts";
import { npmCommand, versionOf } from "./npm.ts";

export const orval: Tool = {
  name: "orval",
  version: versionOf("orval"),
  makes: "TypeScript, axios",
  generate: async (bundle, folder) => {
    await npmCommand("orval", ["--input", bundle, "--output", "generated.ts"], folder);
  },
  driver: `import axios from "axios";
import { createNotificationHandler, deleteNotificationHandler, updateNotificationHandler } from "./generated";

axios.defaults.baseURL = process.env["BASE_URL"]!;
axios.defaults.headers.common.Authorization = "Bearer " + process.env["API_KEY"];
export const create = async (body: any) => (await createNotificationHandler(body)).data.data.id;
export const update = (id: number, body: any) => updateNotificationHandler(id, body);
export const remove = (id: number) => deleteNotificationHandler(id);
export const typed = () => createNotificationHandler({ type: "email", name: "Ops", email: "ops@example.com" });
`,
};
