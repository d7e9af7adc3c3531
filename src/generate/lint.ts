import {
  BaseResolver,
  type Config,
  formatProblems,
  getTotals,
  lintConfig,
  lintDocument,
  lint as lintReference,
  type NormalizedProblem,
  Source,
} from "@redocly/openapi-core";
import type { Bundle } from "./bundle.ts";
import { generatedPath, projectRoot, sourceFile } from "./paths.ts";

/** Lints redocly.yaml and the hand-written contract in openapi/. */
export async function lintSource(config: Config): Promise<NormalizedProblem[]> {
  return [
    ...(await lintConfig({ config, severity: "error" })),
    ...(await lintReference({ ref: sourceFile, config })),
  ];
}

/** Redocly's rules for examples. Our own rule checks bundles in a tenth of the time. */
const slow = [
  "no-invalid-media-type-examples",
  "no-invalid-parameter-examples",
  "no-invalid-schema-examples",
];
const fast = "notification-handlers/examples-valid";

/**
 * Makes a linter of bundles, with the rules of redocly.yaml except the slow ones.
 *
 * @param config redocly.yaml, loaded only for this: it is changed
 * @returns lints a bundle; problems are reported for the path that it is written to
 */
export function bundleLinter(config: Config): (bundle: Bundle) => Promise<NormalizedProblem[]> {
  switchOffSlow(config);
  for (const rules of Object.values(config.rules)) rules[fast] = "error";
  return ({ name, document, yaml }) =>
    lintDocument({
      document: { source: new Source(generatedPath(name, "openapi.yaml"), yaml()), parsed: document },
      config,
      externalRefResolver: new BaseResolver(config.resolve),
    });
}

/** Switches off Redocly's rules for examples, which take most of the time. */
export function switchOffSlow(config: Config): void {
  for (const rules of Object.values(config.rules)) {
    for (const rule of slow) if (rule in rules) rules[rule] = "off";
  }
}

/** Our own rules and decorators. */
const ours = /^notification-handlers\//;

/** The files that can't be parsed, once each: such a problem has a line, and no node. */
function unreadableIn(problems: readonly NormalizedProblem[]): NormalizedProblem[] {
  const found = problems.filter(({ location }) => location.some(({ pointer }) => pointer === undefined));
  return [...new Map(found.map((each) => [each.message, each])).values()];
}

/** Messages about an example and a branch of a `oneOf` that it does not belong to: the type differs, and its fields are unknown there. */
const consequence =
  /^Example value must conform to the schema: (.* must be equal to constant|must NOT have additional properties .*|.* must match (a schema in anyOf|exactly one schema in oneOf)|.* property type must be array)\.$/;

/** The problems, those that are mostly consequences of others last. */
function causesFirst(problems: readonly NormalizedProblem[]): NormalizedProblem[] {
  const [causes, others] = [false, true].map((is) =>
    problems.filter(({ message }) => consequence.test(message) === is),
  );
  return [...(causes ?? []), ...(others ?? [])];
}

/**
 * Prints problems to standard error, as Redocly's commands do. Where a file can't be parsed or isn't there, or our own rules are broken, the others are mostly
 * consequences, so they are only counted until that is fixed.
 */
export function printProblems(problems: NormalizedProblem[]): void {
  const causes = [
    unreadableIn(problems),
    problems.filter(({ ruleId }) => ruleId === "no-unresolved-refs"),
    problems.filter(({ ruleId }) => ours.test(ruleId)),
  ];
  const shown = causes.find(({ length }) => length > 0) ?? causesFirst(problems);
  formatProblems(shown, {
    command: "bundle",
    totals: getTotals(shown),
    cwd: projectRoot,
    maxProblems: 20,
    color: process.stderr.isTTY === true && !process.env.NO_COLOR,
  });
  const others = problems.length - shown.length;
  if (others > 0)
    process.stderr.write(
      `${others} more, which are listed when ${shown.length === 1 ? "this is" : "these are"} fixed.\n`,
    );
}
