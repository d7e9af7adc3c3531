import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseBundle, renderParsed } from "../../src/description/parsed.ts";

const yaml = "info: { title: as committed }\n";
const beside = join(mkdtempSync(join(tmpdir(), "parsed-")), "parsed.json");

test.each([
  ["of this text is used", renderParsed(yaml, { info: { title: "from JSON" } }), "from JSON"],
  ["of another text is not", renderParsed(`${yaml}# changed\n`, { info: { title: "old" } }), "as committed"],
  ["that is damaged is not", '<<<<<<< HEAD\n{"about":', "as committed"],
  ["that holds nothing is not", "null", "as committed"],
])("the JSON beside a bundle %s", (_, json, title) => {
  writeFileSync(beside, json);
  expect(parseBundle(yaml, beside)).toEqual({ info: { title } });
});

test("a bundle without JSON beside it is parsed", () => {
  expect(parseBundle(yaml, `${beside}.none`)).toEqual({ info: { title: "as committed" } });
});
