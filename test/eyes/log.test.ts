import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequestLog } from "../../src/eyes/log.ts";
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
