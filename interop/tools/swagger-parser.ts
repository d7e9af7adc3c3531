import { command, type Tool } from "../tool.ts";
import { versionOf } from "./npm.ts";

export const swaggerParser: Tool = {
  name: "swagger-parser",
  version: versionOf("@apidevtools/swagger-parser"),
  makes: "a verdict: valid or not",
  steps: ["generates"],
  generate: async (bundle, folder) => {
    const script = `import parser from "@apidevtools/swagger-parser"; await parser.validate(${JSON.stringify(bundle)});`;
    await command(process.execPath, ["--input-type=module", "--eval", script], folder);
  },
};
