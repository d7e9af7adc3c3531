import { isFreshByDigest } from "../generate/digest.ts";

// If the digest does not match, generating everything again tells what is stale.
if (!(await isFreshByDigest())) {
  process.argv.push("--check");
  await import("./generate.ts");
}
