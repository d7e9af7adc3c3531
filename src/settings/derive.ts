import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import type { SchemaName } from "./schemas.ts";

interface Source {
  readonly name: SchemaName;
  /** The module that exports the type, relative to the project's folder. */
  readonly path: string;
  readonly type: string;
  readonly title: string;
  /**
   * Whether unknown properties are errors. They are in files that people write, to find typing errors; files that programs write may gain
   * properties within a version.
   */
  readonly closed: boolean;
}

const sources: readonly Source[] = [
  {
    name: "contract-report",
    path: "src/contract/report/report-file.ts",
    type: "ReportFile",
    title: "What `npm run contract -- --json FILE` writes",
    closed: false,
  },
  {
    name: "contract-baseline",
    path: "src/contract/findings/baseline-file.ts",
    type: "BaselineFile",
    title: "What `npm run contract -- --baseline FILE` reads",
    closed: true,
  },
  {
    name: "contract-fleet",
    path: "src/contract/fleet/fleet-file.ts",
    type: "FleetFile",
    title: "What `npm run contract -- --config FILE` reads",
    closed: true,
  },
  {
    name: "kept-facts",
    path: "src/import/register.ts",
    type: "KeptFacts",
    title: "What `npm run import -- --write` keeps of a page in pages/, and `--check` reads",
    closed: false,
  },
];

/**
 * The content of the published JSON Schemas, by file name, derived from the TypeScript types of the same content. `root`: the project's
 * folder.
 */
export function deriveSchemas(root: string): Map<string, string> {
  return new Map(sources.map((it) => [`${it.name}.schema.json`, schemaText(root, it)]));
}

function schemaText(root: string, { path, type, title, closed }: Source): string {
  const generator = createGenerator({
    path: join(root, path),
    tsconfig: join(root, "tsconfig.json"),
    type,
    skipTypeCheck: true,
    additionalProperties: !closed,
    jsDoc: "extended",
  });
  const { $schema, ...schema } = generator.createSchema(type);
  const about = `Derived from ${type} in ${path} by \`npm run schemas\`: do not edit.`;
  return `${JSON.stringify({ $schema, $comment: about, title, ...schema }, null, 2)}\n`;
}
