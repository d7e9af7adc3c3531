import { expect, test } from "vitest";
import { renderPage, type Trial } from "../../interop/table.ts";
import type { Tool } from "../../interop/tool.ts";

const tool: Tool = {
  name: "tool",
  version: () => "1.0.0",
  makes: "code",
  forms: ["openapi"],
  because: { creates: "it can't" },
  generate: async () => {},
};

/** The row of the table and the reasons below it, of instances on which a tool fails to create with these messages. */
function rendered(messages: readonly (string | undefined)[]): { row: string; reasons: string[] } {
  const trials = messages.map(
    (creates, n): Trial => ({
      ...{ tool, version: "1.0.0", instance: `i${n}`, form: "openapi" },
      outcome: { generates: undefined, creates },
    }),
  );
  const lines = renderPage(trials).split("\n");
  return {
    row: lines.find((line) => line.startsWith("| tool 1")) ?? "",
    reasons: lines.filter((line) => /^\d+\./.test(line)),
  };
}

const head = "| tool 1.0.0 | code | 3.1 | ✓ | – |";

test("a step that every instance passes is one mark, and one that was not tried another", () => {
  expect(rendered([undefined, undefined])).toEqual({ row: `${head} ✓ | – | – |`, reasons: [] });
});

test.each([
  ["everywhere", ["no", "no", "no", "no", "no"], ""],
  ["on few", ["no", undefined, undefined, undefined, "no"], " (i0, i4)"],
  ["on all but few", ["no", "no", "no", "no", undefined], " (but i4)"],
  ["on many of more", [...Array(4).fill("no"), ...Array(4).fill(undefined)], " (4 of 8)"],
])("what fails %s says so in few words, however many instances there are", (_, messages, where) => {
  const reasons = [`1. tool, creates${where}: \`no\` - it can't`];
  expect(rendered(messages)).toEqual({ row: `${head} ✗ 1 | – | – |`, reasons });
});

test("each reason is told once, by the first line that says something", () => {
  const { row, reasons } = rendered(["# generated\n\nno `type`\nat a", "other", "other"]);
  expect(row).toBe(`${head} ✗ 1, 2 | – | – |`);
  expect(reasons).toEqual([
    "1. tool, creates (i0): `no 'type' (and more)` - it can't",
    "2. tool, creates (i1, i2): `other` - it can't",
  ]);
});
