import { DiffError, diffSince, diffText, isAnnounced } from "../diff/index.ts";
import { projectRoot } from "../generate/paths.ts";
import { createProgram } from "./program.ts";

const program = createProgram("diff", {
  does: "Shows how the contract of each instance has changed since a git ref: breaking, compatible, editorial.",
  exitCodes:
    "0 compared, 1 with --check: a contract breaks and no changeset says so, 2 wrong usage, or an unknown ref",
})
  .argument("[ref]", "a tag, a branch or a commit (default: the last release)")
  .option("--to <ref>", "the later state (default: the current generated/)")
  .option("--all", "show editorial changes one by one, too")
  .option("--json", "print everything as JSON")
  .option("--check", "exit 1 if something breaks and no changeset in .changeset/ says so")
  .parse();
const options = program.opts<{ to?: string; all?: boolean; json?: boolean; check?: boolean }>();

try {
  const diff = await diffSince({ root: projectRoot, ref: program.args[0], to: options.to });
  const { from, bump, contracts } = diff;
  if (options.json) console.log(JSON.stringify(diff, null, 2));
  else {
    console.log(
      `Since ${from.ref} (${from.commit?.slice(0, 7)}):\n\n${diffText(contracts, { isWhole: options.all })}`,
    );
    if (bump.asked !== null)
      console.log(`This requires a ${bump.asked} version; changesets plan ${bump.planned ?? "none"}.`);
  }
  if (options.check && !isAnnounced(diff)) {
    console.error(`A breaking change has no changeset: run npx changeset, and choose ${bump.asked}.`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof DiffError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
