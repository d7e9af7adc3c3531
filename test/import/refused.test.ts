import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importPages } from "../../src/import/index.ts";

test("of several pages without a URL each says so itself, and nothing is written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "refused-"));
  const pages = ["one.txt", "two.txt"].map((name) => join(folder, name));
  try {
    for (const page of pages) await writeFile(page, "GET /notification-handlers/\n\npage optional integer\n");
    const outcomes = await importPages(pages, {
      allowPrivate: false,
      write: true,
      onStep() {},
      isFresh: async () => true,
      onWarning: expect.fail,
    });
    expect(outcomes.map((each) => "refused" in each && each.refused)).toEqual([
      "The page names no URL of the API.",
      "The page names no URL of the API.",
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
