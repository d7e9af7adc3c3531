import { describe, expect, test } from "vitest";
import type { Call, Sign } from "../../src/contract/wire/index.ts";
import { Watch } from "../../src/contract/wire/outage.ts";
import { loadDescription, modelOf } from "../../src/description/index.ts";
import { plain } from "../instances.ts";

const { list, read } = modelOf(loadDescription(plain)).operations;
const lists: Call = { purpose: "the list", operation: list };
const reads: Call = { purpose: "a read", operation: read ?? list, id: 1 };

/** What is advised after each of these signs; undefined is an answer of the API. */
const adviceAfter = (...seen: readonly (readonly [Sign | undefined, Call])[]) => {
  const watch = new Watch();
  return seen.map(([sign, call]) => watch.see(sign, call));
};

describe("a run stops", () => {
  test.each<[Sign, number]>([
    ["out-of-service", 3],
    ["firewall", 3],
  ])("after %s, which is certain, %d times in a row", (sign, times) => {
    const advice = adviceAfter(...Array.from({ length: times }, () => [sign, lists] as const));
    expect(advice).toEqual([...Array(times - 1).fill("go on"), "stop"]);
  });

  test.each<[Sign, number]>([
    ["page", 3],
    ["network", 3],
    ["silence", 2],
  ])("after %s %d times in a row from two operations; from one it asks another first", (sign, times) => {
    const ofOne = Array.from({ length: times }, () => [sign, lists] as const);
    const before = Array(times - 1).fill("go on");
    expect(adviceAfter(...ofOne)).toEqual([...before, "look"]);
    expect(adviceAfter([sign, reads], ...ofOne.slice(1))).toEqual([...before, "stop"]);
  });

  test("not where the API answers in between, nor after signs of different outages", () => {
    const out = ["out-of-service", lists] as const;
    expect(adviceAfter(out, out, [undefined, lists], out, out)).not.toContain("stop");
    expect(adviceAfter(out, out, ["firewall", lists], out, out)).not.toContain("stop");
  });
});
