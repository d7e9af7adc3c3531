import { buildPackage, packageFolder } from "../package/index.ts";
import { endWithReader } from "./streams.ts";

endWithReader();
try {
  await buildPackage();
  console.log(`Built ${packageFolder}.`);
} catch (error) {
  const { stdout, message } = error as { stdout?: string; message: string };
  console.error(`The package does not build: ${stdout || message}`);
  process.exitCode = 1;
}
