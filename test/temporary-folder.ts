import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives all tests, and the processes that they start, one folder for temporary files, and removes it after them. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  // Some tests run a process as another user, who has to get through to its own files.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  // What commands keep for the person who calls them is not kept for whoever runs the tests.
  process.env.XDG_STATE_HOME = join(folder, "state");
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
