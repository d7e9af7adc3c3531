import { describe, expect, test } from "vitest";
import { familyName, type InstanceEntry, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { allLanguages, inEnglish } from "../../src/docs/languages.ts";
import { matrixOf } from "../../src/docs/matrix.ts";

const family = instanceEntry(familyName);
const entries = instanceNames.map(instanceEntry);
const { page: words } = inEnglish(allLanguages());
const groups = matrixOf(family, entries, words);

/** What a matrix says of an instance in a group: the names with a yes, or the values. */
function column(all: typeof groups, title: string, index: number): string[] {
  const group = all.find((each) => each.title === title);
  return (group?.rows ?? []).flatMap((row) => {
    const cell = row.cells[index];
    return cell === true ? [row.name] : typeof cell === "string" ? [`${row.name}: ${cell}`] : [];
  });
}

describe.each(instanceNames.map((name, index) => ({ name, index })))(
  "the column of $name",
  ({ name, index }) => {
    const entry = instanceEntry(name);

    test("has its types, fields, operations and parameters", () => {
      const types = [...entry.types, ...(entry.open ? ["any other"] : [])];
      expect(column(groups, "Handler types", index).sort()).toEqual(types.sort());
      const live = [...new Set(Object.values(entry.fields).flat())];
      const fields = column(groups, "Fields", index);
      expect(fields.filter((each) => !each.includes(":")).sort()).toEqual(live.sort());
      expect(column(groups, "Operations", index).sort()).toEqual([...entry.operations].sort());
      expect(column(groups, "List parameters", index).sort()).toEqual(Object.keys(entry.parameters).sort());
    });
    test("shows its forms of datetimes and links", () => {
      const { responseDatetimeFormat, filterDatetimeFormat, pageQuery } = entry;
      expect(column(groups, "Forms", index)).toEqual(
        expect.arrayContaining([
          `datetimes in answers: ${responseDatetimeFormat}`,
          ...(filterDatetimeFormat === null ? [] : [`datetimes in filters: ${filterDatetimeFormat}`]),
          `links of page 1: ${pageQuery}1`,
        ]),
      );
    });
  },
);

test("what one instance alone has gets a row, and what differs is told", () => {
  const strange: InstanceEntry = {
    ...family,
    open: true,
    types: ["pager"],
    fields: { pager: ["pager_number"] },
    inertFields: { fax: ["fax_number"] },
    operations: ["sing"],
    parameters: { loud: {}, size: { values: ["5", "50"], default: 50 } },
  };
  const plain: InstanceEntry = { ...strange, open: false, parameters: { size: { values: ["5"] } } };
  const all = matrixOf(strange, [strange, plain], words);
  expect(column(all, "Handler types", 0)).toEqual(["pager", "any other"]);
  expect(column(all, "Handler types", 1)).toEqual(["pager"]);
  expect(column(all, "Fields", 0)).toEqual(["pager_number", "fax_number: inert"]);
  expect(column(all, "Operations", 0)).toEqual(["sing"]);
  expect(column(all, "List parameters", 0)).toEqual(["loud", "size"]);
  expect(column(all, "Forms", 0)).toContain("values of size: 5, 50; default 50");
  expect(column(all, "Forms", 1)).toContain("values of size: 5");
});

test("every row is somebody's, and no row stands twice in a group", () => {
  for (const { rows } of groups) {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { cells } of rows) expect(cells.some((cell) => cell !== false)).toBe(true);
  }
});
