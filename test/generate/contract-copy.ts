import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lint, loadConfig } from "@redocly/openapi-core";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A copy of the hand-written contract that a test may change. */
export interface ContractCopy {
  /** The copy of openapi/. */
  folder: string;
  read(file: string): string;
  /** Changes a file of the copy; throws where there is nothing to change. */
  change(file: string, from: string | RegExp, to: string): void;
  /** What `npm run lint` says of the source: message, file below openapi/, and line from 1. */
  lint(): Promise<{ rule: string; message: string; file: string; line: number }[]>;
}

/** Copies openapi/ and what its lint needs to a temporary folder. */
export async function copyContract(): Promise<ContractCopy> {
  const copy = await mkdtemp(join(tmpdir(), "contract-"));
  const folder = join(copy, "openapi");
  cpSync(join(root, "openapi"), folder, { recursive: true });
  cpSync(join(root, "redocly.yaml"), join(copy, "redocly.yaml"));
  cpSync(join(root, "src/redocly-plugin"), join(copy, "src/redocly-plugin"), { recursive: true });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return {
    folder,
    read,
    change(file, from, to) {
      const text = read(file);
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${file} has nothing like ${from}.`);
      writeFileSync(join(folder, file), changed);
    },
    async lint() {
      const config = await loadConfig({ configPath: join(copy, "redocly.yaml") });
      const problems = await lint({ ref: join(folder, "openapi.yaml"), config });
      return problems.map(({ ruleId, message, location }) => {
        const [place] = location;
        const file = place?.source.absoluteRef.slice(folder.length + 1) ?? "";
        return { rule: ruleId, message, file, line: lineOf(place) };
      });
    },
  };
}

/** The line of a place that Redocly reports, from 1; 0 if it names none. */
function lineOf(
  place: { source: { body: string; getAst?: unknown }; pointer?: string | undefined } | undefined,
): number {
  const last = place?.pointer
    ?.split("/")
    .filter((part) => !/^(#|\d+)$/.test(part))
    .at(-1);
  if (place === undefined || last === undefined) return 0;
  return place.source.body.split("\n").findIndex((line) => line.includes(last)) + 1;
}
