import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { familyName, instanceEntry } from "../../src/description/index.ts";
import { filtered, plain } from "../instances.ts";
import { type Harness, harness } from "./harness.ts";

/** Name, type, whether it is enabled, minute of its creation, minute of its last change. */
const handlers = [
  ["Büro München", "email", true, 0, null],
  ["BÜRO Köln", "email", false, 1, 10],
  ["100% sure", "slack", true, 2, null],
  ["100 and sure", "slack", false, 3, 11],
  ["snake_case", "telegram", true, 4, null],
  ["snakeXcase", "telegram", false, 5, 12],
  ["ΟΔΟΣ", "x", true, 6, null],
  ["straße", "x", true, 7, null],
  ["zulu", "email", true, 7, null],
] as const;

const clock = (minute: number) => Date.UTC(2026, 11, 31, 23, 50 + minute, 0);

/** The moment as the page with filters has it. */
const moment = (minute: number, second = 0) => {
  const [, year, month, day, time] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(clock(minute) + second * 1000).toISOString()) ?? [];
  return `${day}-${month}-${year} ${time}`;
};

async function filled(instance: string): Promise<Harness> {
  let time = 0;
  const sandbox = await harness({ instance, now: () => time });
  const changes: [id: number, enabled: boolean, minute: number][] = [];
  for (const [name, type, enabled, created, changed] of handlers) {
    time = clock(created);
    const id = await sandbox.create({ name, type });
    if (changed !== null) changes.push([id, enabled, changed]);
  }
  for (const [id, enabled, minute] of changes) {
    time = clock(minute);
    await sandbox.update(id, { is_enabled: enabled ? "1" : "0" });
  }
  return sandbox;
}

const all = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe.each([filtered, familyName])("the filters of %s", (instance) => {
  let sandbox: Harness;
  beforeAll(async () => {
    sandbox = await filled(instance);
  });
  afterAll(() => sandbox.close());

  test.each<[Record<string, string>, readonly number[]]>([
    [{}, all],
    [{ search: "büro" }, [1, 2]],
    [{ search: "BÜRO", search_by: "name" }, [1, 2]],
    [{ search: "bu\u0308ro" }, [1, 2]],
    [{ search: "%" }, [3]],
    [{ search: "_" }, [5]],
    [{ search: "οδος" }, [7]],
    [{ search: "STRASSE" }, [8]],
    [{ search: "'; DROP TABLE handlers; --" }, []],
    [{ search: "" }, all],
    [{ is_enabled: "1" }, [1, 3, 5, 7, 8, 9]],
    [{ is_enabled: "0" }, [2, 4, 6]],
    [{ type: "email" }, [1, 2, 9]],
    [{ type: "email", is_enabled: "1" }, [1, 9]],
    [{ type: "email", is_enabled: "1", search: "z" }, [9]],
    [{ datetime_start: moment(3), datetime_end: moment(5) }, [4, 5, 6]],
    [{ datetime_start: moment(3, 1) }, [5, 6, 7, 8, 9]],
    [{ datetime_end: moment(2, -1) }, [1, 2]],
    [{ datetime_field: "last_datetime", datetime_start: moment(11) }, [4, 6]],
    [{ datetime_field: "last_datetime", datetime_end: moment(11), type: "email" }, [2]],
    [{ datetime_field: "last_datetime" }, all],
    [{ order_type: "DESC" }, all.toReversed()],
    [{ order_by: "notification_handler_id", order_type: "ASC" }, all],
    [{ order_by: "name" }, [4, 3, 2, 1, 6, 5, 8, 9, 7]],
    [{ order_by: "name", order_type: "DESC" }, [7, 9, 8, 5, 6, 1, 2, 3, 4]],
    [{ order_by: "datetime", order_type: "DESC" }, all.toReversed()],
    [{ order_by: "last_datetime" }, [1, 3, 5, 7, 8, 9, 2, 4, 6]],
    [{ order_by: "last_datetime", order_type: "DESC", is_enabled: "0" }, [6, 4, 2]],
  ])("%j finds what it should", async (query, ids) => {
    const found = await sandbox.list(`?${new URLSearchParams(query)}`);
    expect(found.status, found.text).toBe(200);
    expect(found.data.map((it) => it.id)).toEqual(ids);
    expect(found.meta.total).toBe(ids.length);
    const self = new URL(found.links.self).searchParams;
    for (const [name, value] of Object.entries(query)) expect(self.get(name)).toBe(value);
    expect((await sandbox.list(found.links.self)).data).toEqual(found.data);
  });

  test("a type that can't be is refused; where any can be, it finds nothing", async () => {
    const isOpen = instanceEntry(instance).open;
    expect((await sandbox.list("?type=pigeon")).status).toBe(isOpen ? 200 : 400);
  });

  test.each([
    "is_enabled=2",
    "is_enabled=true",
    "search_by=type",
    "order_by=type",
    "order_type=asc",
    "datetime_field=id",
    "datetime_start=2026-12-31 00:00:00",
    "datetime_start=31-02-2026 00:00:00",
    "datetime_end=01-13-2026 00:00:00",
    "datetime_end=01-12-2026 24:00:00",
  ])("%s is refused", async (query) => {
    expect((await sandbox.list(`?${query}`)).status).toBe(400);
  });

  test("of a repeated parameter the last counts", async () => {
    const found = await sandbox.list("?is_enabled=1&is_enabled=0");
    expect(found.data.map((it) => it.id)).toEqual([2, 4, 6]);
  });
});

test("an instance without filters ignores them, good or bad", async () => {
  const sandbox = await harness({ instance: plain });
  for (const name of ["a", "b"]) await sandbox.create({ name, type: "email" });
  for (const query of [
    "search=b",
    "is_enabled=0",
    "is_enabled=x",
    "type=pigeon",
    "order_by=name&order_type=DESC",
    "datetime_start=x",
  ]) {
    const found = await sandbox.list(`?${query}`);
    expect([found.status, found.data.map((it) => it.id)]).toEqual([200, [1, 2]]);
  }
  await sandbox.close();
});
