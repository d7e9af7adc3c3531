import type { Tool } from "../tool.ts";
import { heyApi } from "./hey-api.ts";
import { kubb } from "./kubb.ts";
import { openapiClientPerl } from "./openapi-client-perl.ts";
import { openapiGeneratorGo, openapiGeneratorPython } from "./openapi-generator.ts";
import { openapiMsw } from "./openapi-msw.ts";
import { openapiZodClient } from "./openapi-zod-client.ts";
import { orval } from "./orval.ts";
import { spectral } from "./spectral.ts";
import { swaggerParser } from "./swagger-parser.ts";
import { swaggerTypescriptApi } from "./swagger-typescript-api.ts";

export { areInstalled, howToInstall } from "./npm.ts";
export { decided } from "./spectral.ts";

/** The tools that are tried. */
export const tools: readonly Tool[] = [
  heyApi,
  orval,
  swaggerTypescriptApi,
  kubb,
  openapiZodClient,
  openapiMsw,
  openapiGeneratorPython,
  openapiGeneratorGo,
  openapiClientPerl,
  swaggerParser,
  spectral,
];
