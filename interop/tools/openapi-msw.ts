import { join } from "node:path";
import { projectRoot } from "../../src/generate/paths.ts";
import { command, type Tool } from "../tool.ts";
import { versionOf } from "./npm.ts";

/** The types are those of openapi-typescript, as its users make them. */
export const openapiMsw: Tool = {
  name: "openapi-msw",
  version: versionOf("openapi-msw"),
  makes: "typed handlers of a mock",
  steps: ["generates", "compiles"],
  generate: async (bundle, folder) => {
    const typescript = join(projectRoot, "node_modules/openapi-typescript/bin/cli.js");
    await command(process.execPath, [typescript, bundle, "-o", "generated.d.ts"], folder);
  },
  driver: `import { createOpenApiHttp } from "openapi-msw";
import type { paths } from "./generated";

const http = createOpenApiHttp<paths>({ baseUrl: "https://instance.example/api" });
export const handlers = [
  http.post("/notification-handlers", ({ response }) => response(200).json({ data: { id: 7 } })),
  http.get("/notification-handlers/{notification_handler_id}", ({ response }) =>
    response(404).json({ errors: [{ title: "There is no such handler.", status: 404 }] }),
  ),
  // @ts-expect-error an id is a number
  http.post("/notification-handlers", ({ response }) => response(200).json({ data: { id: "7" } })),
];
`,
};
