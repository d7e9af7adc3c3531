import {
  type Config,
  formatProblems,
  getTotals,
  lintConfig,
  lintFromString,
  lint as lintReference,
  type NormalizedProblem,
} from "@redocly/openapi-core";
import { generatedPath, projectRoot, SOURCE } from "./paths.ts";

/** Lints redocly.yaml and the contract as it is written in openapi/. */
export async function lintSource(config: Config): Promise<NormalizedProblem[]> {
  return [
    ...(await lintConfig({ config, severity: "error" })),
    ...(await lintReference({ ref: SOURCE, config })),
  ];
}

/**
 * Lints a bundle with the same rules.
 *
 * @param name the instance; problems are reported under the path that its bundle is written to
 * @param yaml the bundle
 */
export function lintBundle(config: Config, name: string, yaml: string): Promise<NormalizedProblem[]> {
  return lintFromString({ source: yaml, absoluteRef: generatedPath(name, "openapi.yaml"), config });
}

/** Prints problems as Redocly's own commands do, to standard error. */
export function printProblems(problems: NormalizedProblem[]): void {
  formatProblems(problems, {
    command: "bundle",
    totals: getTotals(problems),
    cwd: projectRoot,
    maxProblems: 20,
    color: process.stderr.isTTY === true && !process.env.NO_COLOR,
  });
}
