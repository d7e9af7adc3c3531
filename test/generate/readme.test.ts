import { expect, test } from "vitest";
import { GenerateError } from "../../src/generate/index.ts";
import { withInstanceTable } from "../../src/generate/readme.ts";

const opening = "<!-- The instances: written by `npm run generate`. -->";
const closing = "<!-- End of the instances. -->";

test("everything around the table stays, the words of its markers included", () => {
  const after = `${closing}\n\nThe table ends at ${closing} and begins at ${opening}.\n`;
  const text = withInstanceTable(`# Title\n\n${opening}\nold\n${after}`, {});
  expect(text.startsWith(`# Title\n\n${opening}\n\n| instance |`)).toBe(true);
  expect(text.endsWith(after)).toBe(true);
  expect(text).not.toContain("old");
  expect(withInstanceTable(text, {})).toBe(text);
});

test.each(["", opening, closing, `${closing}${opening}`])(
  "a page with %j has no place for the table",
  (text) => {
    expect(() => withInstanceTable(text, {})).toThrow(GenerateError);
    expect(() => withInstanceTable(text, {})).toThrow(/README\.md has no place for the table/);
  },
);
