import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequestLog } from "../../src/workbench/log.ts";
import { blockBytes, createMemory } from "../../src/workbench/memory.ts";
import type { RequestRecord } from "../../src/workbench/record.ts";

const record = (id: number, size: number) => ({ id, size }) as RequestRecord;
const ids = (records: readonly RequestRecord[]) => records.map(({ id }) => id);

test("the bounds hold whatever comes, and the newest of a key are there as far as it is not the largest", () => {
  const owner = fc.constantFrom("a", "b", "c", "d", undefined);
  const request = fc.tuple(owner, fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.array(request, { maxLength: 200 }), (requests) => {
      const log = createRequestLog({ perKey: 5, bytes: 200, keys: 3 });
      for (const [who, size] of requests) log.add(record(log.nextId(), size), who);
      const shared = log.list("nobody", 0);
      const all = ["a", "b", "c", "d"].map((who) => log.list(who, 0).filter((it) => !shared.includes(it)));
      const bytes = [shared, ...all].flat().reduce((sum, { size }) => sum + size, 0);
      expect(bytes).toBeLessThanOrEqual(200);
      expect(all.filter((own) => own.length > 0).length).toBeLessThanOrEqual(3);
      for (const own of [shared, ...all]) {
        expect(own.length).toBeLessThanOrEqual(5);
        expect(ids(own)).toEqual(ids(own).toSorted((one, other) => one - other));
      }
    }),
  );
});

test("a key that asks much takes nothing from one that asks little", () => {
  const log = createRequestLog({ bytes: 1000 });
  log.add(record(log.nextId(), 100), "quiet");
  for (let times = 0; times < 50; times += 1) log.add(record(log.nextId(), 100), "loud");
  expect(log.list("quiet", 0)).toHaveLength(1);
  expect(log.list("loud", 0)).toHaveLength(9);
});

test("where there are too many keys, the one that has asked nothing for longest is forgotten", () => {
  const log = createRequestLog({ keys: 2 });
  for (const who of ["first", "second", "first", "third"]) log.add(record(log.nextId(), 1), who);
  expect(["first", "second", "third"].map((who) => log.list(who, 0).length)).toEqual([2, 0, 1]);
});

test("ids of a process are above those of one that was started before", async () => {
  const before = createRequestLog();
  for (let times = 0; times < 100; times += 1) before.nextId();
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect(createRequestLog().nextId()).toBeGreaterThan(before.last);
});

test("what is kept of a body is its own bytes after each step, and gone from a record that is forgotten, whoever still has that", () => {
  const who = fc.constantFrom("a", "b", "c", undefined);
  const length = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(1024, 1025, 10_000));
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ who, sent: length, answered: length }) },
    { weight: 1, arbitrary: fc.record({ clears: fc.constantFrom("a", "b", "c") }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const log = createRequestLog({ perKey: 4, bytes: 20_000, keys: 2 });
      const made = new Map<RequestRecord, { readonly body: Buffer; readonly answer: Buffer }>();
      const told: RequestRecord[] = [];
      log.follow("a", (it) => told.push(it));
      for (const it of steps) {
        if ("clears" in it) log.clear(it.clears);
        else {
          const id = log.nextId();
          const body = Buffer.alloc(it.sent, `${it.who} sent ${id};`);
          const answer = Buffer.alloc(it.answered, `${id} answers ${it.who};`);
          const kept = (bytes: Buffer) => ({ content: log.memory.copy(bytes), cutFrom: undefined });
          const size = blockBytes(it.sent) + blockBytes(it.answered);
          const one = { ...record(id, size), body: kept(body), answer: kept(answer) };
          made.set(one, { body, answer });
          log.add(one, it.who);
        }
        // One that nobody is sees what all see, even after a key has forgotten it.
        const there = new Set(["a", "b", "c", "nobody"].flatMap((owner) => log.list(owner, 0)));
        for (const [one, was] of made)
          for (const part of ["body", "answer"] as const) {
            const content = one[part]?.content as Buffer | undefined;
            if (there.has(one)) expect(content?.equals(was[part])).toBe(true);
            else expect(content).toBeUndefined();
          }
      }
      expect(told.every((one) => made.has(one))).toBe(true);
    }),
  );
});

test("memory is used again, and no more of it is held back than said", () => {
  const memory = createMemory(2048);
  const copies = [1000, 1024, 900].map((length) => memory.copy(Buffer.alloc(length)));
  const blocks = copies.map(({ buffer }) => buffer);
  for (const copy of copies) memory.release(copy);
  const again = [1, 2, 3].map((length) => memory.copy(Buffer.alloc(length)).buffer);
  expect(again.filter((block) => blocks.includes(block))).toHaveLength(1);
});

test("memory of a size that no body has any more makes room for others", () => {
  const memory = createMemory(4096);
  for (const copy of [1, 2, 3, 4].map((byte) => memory.copy(Buffer.alloc(1000, byte)))) memory.release(copy);
  const large = memory.copy(Buffer.alloc(2000));
  memory.release(large);
  expect(memory.copy(Buffer.alloc(2000)).buffer).toBe(large.buffer);
  const tooLarge = memory.copy(Buffer.alloc(5000));
  memory.release(tooLarge);
  expect(memory.copy(Buffer.alloc(5000)).buffer).not.toBe(tooLarge.buffer);
});
