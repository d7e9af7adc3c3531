import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byHost, parseShard, shardOf } from "../../../src/contract/index.ts";

const member = (host: string, interval = 2_000) => ({ baseUrl: `https://${host}/api`, interval });
const hosts = fc.array(fc.constantFrom("a.test", "b.test", "c.test", "a.test:8443", "d.test"), {
  maxLength: 30,
});

describe("members by host", () => {
  test("ports of one name are one host, asked at the slowest pace that one of them has", () => {
    const [one, two, three] = [member("a.test"), member("b.test"), member("a.test:8443", 5_000)];
    expect(byHost([one, two, three])).toEqual([
      { members: [one, three], interval: 5_000 },
      { members: [two], interval: 2_000 },
    ]);
  });

  test("where nobody asks for a pace each is for itself", () => {
    const [one, two] = [member("127.0.0.1:1", 0), member("127.0.0.1:2", 0)];
    expect(byHost([one, two]).map((it) => it.members)).toEqual([[one], [two]]);
  });
});

describe("shards", () => {
  test("every member is in one shard, and those of a host are together", () => {
    fc.assert(
      fc.property(hosts, fc.integer({ min: 1, max: 8 }), (names, count) => {
        const members = names.map((it) => member(it));
        const shards = Array.from({ length: count }, (_, index) =>
          shardOf(members, { index: index + 1, count }),
        );
        expect(shards.flat()).toHaveLength(members.length);
        expect(new Set(shards.flat())).toEqual(new Set(members));
        for (const name of new Set(members.map((it) => new URL(it.baseUrl).hostname))) {
          const having = shards.filter((all) => all.some((it) => new URL(it.baseUrl).hostname === name));
          expect(having).toHaveLength(1);
        }
      }),
    );
  });

  test("the order of the list does not matter, and the work is shared evenly", () => {
    const members = Array.from({ length: 20 }, (_, index) => member(`h${index}.test`));
    const shard = { index: 2, count: 4 };
    expect(shardOf(members, shard)).toHaveLength(5);
    expect(new Set(shardOf([...members].reverse(), shard))).toEqual(new Set(shardOf(members, shard)));
  });

  test.each([
    ["2/5", { index: 2, count: 5 }],
    ["1/1", { index: 1, count: 1 }],
    ["0/5", undefined],
    ["6/5", undefined],
    ["2", undefined],
    ["2/0", undefined],
    ["a/b", undefined],
    ["-1/5", undefined],
  ])("%s is a shard or is refused", (text, shard) => {
    expect(parseShard(text)).toEqual(shard);
  });
});
