import { buildPackage, type PackageName, packages } from "../package/index.ts";
import { createProgram } from "./program.ts";

const program = createProgram("build", {
  does: "Builds the npm packages into dist/.",
  exitCodes: "0 built, 1 a package does not compile, 2 wrong usage",
}).argument("[package...]", `${Object.keys(packages).join(", ")} (default: all)`);
program.parse();
const unknown = program.args.find((name) => !(name in packages));
if (unknown !== undefined)
  program.error(
    `error: there is no package ${JSON.stringify(unknown)}: there are ${Object.keys(packages).join(", ")}.`,
  );
const names = (program.args.length > 0 ? program.args : Object.keys(packages)) as PackageName[];

for (const name of new Set(names)) {
  try {
    console.log(`Built ${await buildPackage(name)}.`);
  } catch (error) {
    const { stdout, message } = error as { stdout?: string; message: string };
    console.error(`The package ${name} does not build: ${stdout || message}`);
    process.exitCode = 1;
  }
}
