import { isFreshByDigest } from "../generate/digest.ts";

// Where the digest of generated/ does not hold, deriving it all again tells what is stale, if anything is.
if (!(await isFreshByDigest())) {
  process.argv.push("--check");
  await import("./generate.ts");
}
