import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datetimeFormat } from "../../src/description/index.ts";

describe("d-m-Y H:i:s", () => {
  const format = datetimeFormat("d-m-Y H:i:s");

  test.each([
    ["01-01-1970 00:00:00", 0],
    ["29-02-2024 23:59:59", Date.UTC(2024, 1, 29, 23, 59, 59) / 1000],
    ["31-12-9999 00:00:00", Date.UTC(9999, 11, 31) / 1000],
  ])("%s is read and written", (text, seconds) => {
    expect(format.read(text)).toBe(seconds);
    expect(format.write(seconds)).toBe(text);
  });

  test.each([
    "31-02-2026 00:00:00",
    "29-02-2026 00:00:00",
    "31-04-2026 00:00:00",
    "00-01-2026 00:00:00",
    "01-00-2026 00:00:00",
    "01-13-2026 00:00:00",
    "01-02-2026 24:00:00",
    "01-02-2026 25:00:00",
    "01-02-2026 00:60:00",
    "01-02-2026 00:00:60",
    "01-02-0026 00:00:00",
    "1-2-2026 00:00:00",
    "2026-02-01 00:00:00",
    "01-02-2026T00:00:00",
    "01-02-2026 00:00:00\n",
    "",
  ])("%j is no datetime of this form", (text) => {
    expect(format.read(text)).toBeUndefined();
  });
});

test.each(["Y-m-d H:i:s", "d-m-Y H:i:s", "Y/m/d", "H:i d.m.Y"])("what %s writes, it reads", (notation) => {
  const format = datetimeFormat(notation);
  const moments = fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
  fc.assert(
    fc.property(moments, (seconds) => {
      const text = format.write(seconds);
      expect(format.write(format.read(text) ?? Number.NaN)).toBe(text);
    }),
  );
});

test("a notation with a letter that is not understood is refused", () => {
  expect(() => datetimeFormat("D, d M Y")).toThrow(/"D", which is unknown/);
});
