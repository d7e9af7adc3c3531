import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives all tests and their processes one folder for temporary files, and removes it at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  // Some tests run a process as another user, who must be able to reach its own files.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  // What commands keep for their user must not end up in the home of whoever runs the tests.
  process.env.XDG_STATE_HOME = join(folder, "state");
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
