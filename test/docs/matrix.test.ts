import { describe, expect, test } from "vitest";
import { familyName, instanceNames, loadDescription } from "../../src/description/index.ts";
import { matrixOf } from "../../src/docs/matrix.ts";
import { facts } from "../generate/facts.ts";

const groups = matrixOf(loadDescription(familyName), instanceNames.map(loadDescription));

/** What the matrix says of an instance in a group: the names with a yes, or the values. */
function column(title: string, name: string): string[] {
  const index = instanceNames.indexOf(name);
  const group = groups.find((each) => each.title === title);
  return (group?.rows ?? []).flatMap((row) => {
    const cell = row.cells[index];
    return cell === true ? [row.name] : typeof cell === "string" ? [`${row.name}: ${cell}`] : [];
  });
}

describe.each(instanceNames)("the matrix of %s agrees with the transcribed facts", (name) => {
  const known = facts[name];
  if (!known) throw new Error(`no facts of ${name}`);

  test("types", () => expect(column("Handler types", name)).toEqual(known.types));
  test("fields", () =>
    expect(column("Fields", name).sort()).toEqual(Object.values(known.fields).flat().sort()));
  test("list parameters", () =>
    expect(column("List parameters", name).sort()).toEqual([...known.listParameters].sort()));
  test("forms", () => {
    const hasFilters = known.listParameters.includes("datetime_start");
    expect(column("Forms", name)).toEqual([
      "datetimes in answers: Y-m-d H:i:s",
      ...(hasFilters ? ["datetimes in filters: d-m-Y H:i:s"] : []),
      `links of page 1: ${known.firstPageUrl.split("/notification-handlers")[1]}`,
    ]);
  });
});

test("every row is somebody's, and no row stands twice in a group", () => {
  for (const { rows } of groups) {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { cells } of rows) expect(cells.some((cell) => cell !== false)).toBe(true);
  }
});
