import { Option } from "commander";
import type { OnStep } from "../generate/index.ts";
import { createProgram } from "./program.ts";

const program = createProgram("generate", {
  does: "Derives generated/ from openapi/ and redocly.yaml: lint, bundle per instance, lint the bundles, types, registry.",
  exitCodes: "0 fine, 1 the contract is wrong or generated/ is stale, 2 wrong usage",
})
  .addOption(
    new Option("--check", "write nothing; exit 1 and name the files that are stale").conflicts("lintOnly"),
  )
  .option("--lint-only", "lint the contract and every bundle, derive nothing else")
  .parse();
const options = program.opts<{ check?: boolean; lintOnly?: boolean }>();

const onStep: OnStep = ({ name, detail, milliseconds }) => {
  console.log(`${name.padEnd(9)} ${detail.padEnd(40)} ${milliseconds.toFixed(0).padStart(6)} ms`);
};

// The generator takes a second to load, so it is not loaded for --help or a usage error.
const { checkGenerated, GenerateError, generate, lint } = await import("../generate/index.ts");

const start = performance.now();
const most = 20;
/** The files, or how many there are beyond the first ones: a change of what all instances have in common rewrites all of their files. */
const listed = (files: readonly string[]) =>
  files.length <= most
    ? files.join(", ")
    : `${files.slice(0, most).join(", ")} and ${files.length - most} more files`;
const total = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
try {
  if (options.lintOnly) {
    const names = await lint({ onStep });
    console.log(`The contract and ${names.length} bundles: 0 errors, 0 warnings (${total()}).`);
  } else if (options.check) {
    const { stale } = await checkGenerated({ onStep });
    if (stale.length > 0) {
      console.error(`Stale: ${listed(stale)}. Run \`npm run generate\` and commit the result.`);
      process.exitCode = 1;
    } else {
      console.log(`generated/ is fresh (${total()}).`);
    }
  } else {
    const written = await generate({ onStep });
    console.log(`${written.length === 0 ? "Nothing has changed" : `Wrote ${listed(written)}`} (${total()}).`);
  }
} catch (error) {
  if (!(error instanceof GenerateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
