import { command, type Tool } from "../tool.ts";
import { versionOf } from "./npm.ts";

export const swaggerParser: Tool = {
  name: "swagger-parser",
  version: versionOf("@apidevtools/swagger-parser"),
  makes: "a verdict: valid or not",
  steps: ["generates"],
  because: {
    generates: "its copy of the schema of 3.1 has `descriptions` where the standard has `description`",
  },
  generate: async (bundle, folder) => {
    const script = `import parser from "@apidevtools/swagger-parser";
      await parser.validate(${JSON.stringify(bundle)}).catch(({ message }) => {
        console.log(message.replace("Swagger schema validation failed.", ""));
        process.exitCode = 1;
      });`;
    await command(process.execPath, ["--input-type=module", "--eval", script], folder);
  },
};
