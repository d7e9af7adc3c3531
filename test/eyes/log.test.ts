import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequestLog } from "../../src/eyes/log.ts";
import { blockBytes, createMemory } from "../../src/eyes/memory.ts";
import type { RequestRecord } from "../../src/eyes/record.ts";

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

test("ids of a process are above those of one that was started before", async () => {
  const before = createRequestLog();
  for (let times = 0; times < 100; times += 1) before.nextId();
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect(createRequestLog().nextId()).toBeGreaterThan(before.last);
});

test("what is kept of a body stays as it was, whatever is forgotten, and is of no record that is forgotten", () => {
  const body = fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 1, max: 5000 }));
  fc.assert(
    fc.property(fc.array(body, { maxLength: 100 }), (bodies) => {
      const log = createRequestLog({ perKey: 4, bytes: 20_000, keys: 2 });
      const all: RequestRecord[] = [];
      for (const [who, length] of bodies) {
        const id = log.nextId();
        const content = log.memory.copy(Buffer.alloc(length, String(id)));
        all.push({ ...record(id, blockBytes(length)), answer: { content, cutFrom: undefined } });
        log.add(all.at(-1) as RequestRecord, who);
      }
      const there = new Set(["a", "b", "c"].flatMap((who) => log.list(who, 0)));
      for (const it of there) {
        const content = it.answer?.content as Buffer;
        expect(content.equals(Buffer.alloc(content.length, String(it.id)))).toBe(true);
      }
      for (const it of all) if (!there.has(it)) expect(it.answer).toBeUndefined();
    }),
  );
});

test("memory is used again, and no more of it is held back than said", () => {
  const memory = createMemory(2048);
  const copies = [1000, 1024, 900].map((length) => memory.copy(Buffer.alloc(length)));
  const blocks = copies.map(({ buffer }) => buffer);
  for (const copy of copies) memory.release(copy);
  const again = [1, 2, 3].map((length) => memory.copy(Buffer.alloc(length)).buffer);
  expect(again.filter((block) => blocks.includes(block))).toHaveLength(2);
});
