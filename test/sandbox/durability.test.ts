import { type ChildProcessByStdio, execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Database from "libsql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { familyName, validateResponse } from "../../src/description/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { openSqliteStore } from "../../src/sandbox/store/index.ts";
import { nodeArguments } from "../cli/built.ts";
import { start } from "../cli/command.ts";
import { triesAll } from "../scope.ts";
import { client, type Harness, operationOf } from "./harness.ts";

const instance = familyName;
const apiKey = "durable-key";
let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  db = join(folder, "handlers.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (): Promise<Harness> => client(instance, await startSandbox({ instance, apiKey, db }));

/** The sandbox as a process of its own, from its command. */
async function spawned(...more: string[]) {
  const options = ["--port", "0", "--db", db, "--api-key", apiKey, "--log", "none", ...more];
  const running = start("src/cli/sandbox.ts", instance, ...options);
  const [, baseUrl = ""] = await running.printed(/(http:\S+)/);
  return { running, sandbox: client(instance, { baseUrl, apiKey, close: async () => {} }) };
}

/** A form in which everything says the same number, so that half a write would be seen. */
const numbered = (number: number) => ({
  name: `name ${number}`,
  type: "telegram",
  telegram: `bot ${number}`,
  telegram_chat_id: `chat ${number}`,
});

test("what was written is there after a restart, and ids go on", async () => {
  let sandbox = await open();
  const [kept, gone] = [await sandbox.create(numbered(1)), await sandbox.create(numbered(2))];
  const before = (await sandbox.read(kept)).data;
  await sandbox.remove(gone);
  await sandbox.close();
  sandbox = await open();
  expect((await sandbox.read(kept)).data).toEqual(before);
  expect((await sandbox.read(gone)).status).toBe(404);
  expect(await sandbox.create(numbered(3))).toBe(gone + 1);
  await sandbox.close();
});

test("SIGKILL amid writes of several connections loses no acknowledged one and leaves no half one", async () => {
  const { running, sandbox } = await spawned();
  /** By id: the number that was acknowledged last, and the one that was sent last. Null is for deleted. */
  const known = new Map<number, { acknowledged: number | null; sent: number | null }>();
  let acknowledgements = 0;
  let number = 0;
  const writer = async () => {
    for (;;) {
      number += 1;
      const current = number;
      const id = await sandbox.create(numbered(current));
      const state: { acknowledged: number | null; sent: number | null } = {
        acknowledged: current,
        sent: current,
      };
      known.set(id, state);
      for (const next of [current + 100_000, null]) {
        if (next === null && id % 2 === 0) break;
        state.sent = next;
        const answer = next === null ? await sandbox.remove(id) : await sandbox.update(id, numbered(next));
        if (answer.status !== 200) throw new Error(answer.text);
        state.acknowledged = next;
      }
      acknowledgements += 1;
      if (acknowledgements === 150) running.process.kill("SIGKILL");
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, writer));
  expect(await running.ended).toBe("SIGKILL");
  expect(known.size).toBeGreaterThanOrEqual(150);

  const again = await open();
  for (const [id, { acknowledged, sent }] of known) {
    const answer = await again.read(id);
    const found = answer.status === 404 ? null : answer.data.name;
    const allowed = [acknowledged, sent].map((it) => (it === null ? null : `name ${it}`));
    expect(allowed, `handler ${id}`).toContain(found);
  }
  let listed = 0;
  for (let next: string | null = "?results_per_page=1000"; next !== null; ) {
    const page = await again.list(next);
    expect(validateResponse(operationOf(instance, "list"), 200, "application/json", page.body)).toEqual([]);
    for (const { name, settings } of page.data) {
      const [, digits] = name.split(" ");
      expect(settings).toEqual({ telegram: `bot ${digits}`, telegram_chat_id: `chat ${digits}` });
    }
    listed += page.data.length;
    expect(page.meta.total).toBeGreaterThanOrEqual(page.data.length);
    next = page.links.next;
    if (next === null) expect(listed).toBe(page.meta.total);
  }
  await again.close();
});

test("SIGTERM finishes the requests that were sent, and the file holds what they wrote", async () => {
  const { running, sandbox } = await spawned("--latency", "20");
  const written: number[] = [];
  const failures: unknown[] = [];
  const writer = async (_: unknown, number: number) => {
    for (;;) written.push(await sandbox.create(numbered(number)));
  };
  const writers = Array.from({ length: 10 }, (_, number) =>
    writer(_, number).catch((error: Error) => failures.push((error.cause as { code?: string }).code)),
  );
  while (written.length < 50) await sandbox.list();
  running.process.kill("SIGTERM");
  await Promise.all(writers);
  // Nothing listens any more. On a busy machine a client may write to a connection that was kept for it, in vain: nothing came of that.
  for (const failure of failures) expect(["ECONNREFUSED", "EPIPE", "ECONNRESET"]).toContain(failure);
  expect(await running.ended).toBe(0);
  // The file alone, without the log beside it.
  const copy = join(folder, "copy.db");
  copyFileSync(db, copy);
  const again = client(instance, await startSandbox({ instance, apiKey, db: copy }));
  expect((await again.list("?results_per_page=1000")).meta.total).toBe(written.length);
  await again.close();
});

test("a connection that is kept serves the request that is sent just after SIGTERM", async () => {
  const { running, sandbox } = await spawned();
  const { port, pathname } = new URL(sandbox.baseUrl);
  const socket = connect(Number(port), "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  const closed = once(socket, "close");
  const request = `GET ${pathname}/notification-handlers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${apiKey}\r\n\r\n`;
  socket.write(request);
  await once(socket, "data");
  expect(text).toMatch(/^HTTP\/1\.1 200[\s\S]*keep-alive/i);
  text = "";
  running.process.kill("SIGTERM");
  socket.write(request);
  await closed;
  expect(text).toMatch(/^HTTP\/1\.1 200/);
  expect(await running.ended).toBe(0);
});

test("two sandboxes that start at once on a new file seed it once, and work at once: nothing is lost, no id is given twice", async () => {
  const [one, two] = await Promise.all([spawned("--seed", "500"), spawned("--seed", "500")]);
  const ids = await Promise.all(
    Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? one : two).sandbox.create(numbered(index))),
  );
  expect(new Set(ids).size).toBe(60);
  for (const { sandbox } of [one, two]) expect((await sandbox.list()).meta.total).toBe(560);
  for (const { running } of [one, two]) running.process.kill("SIGTERM");
  for (const { running } of [one, two]) expect(await running.ended).toBe(0);
});

test("while another process holds the lock writes wait and reads do not; nothing is left over of the wait", async () => {
  const [one, two] = [await open(), await open()];
  const ids = [await one.create(numbered(1)), await one.create(numbered(2)), await one.create(numbered(3))];
  const [changed = 0, removed = 0] = ids;
  const writes: (() => Promise<unknown>)[] = [
    () => one.update(changed, numbered(4)),
    () => one.remove(removed),
    () => one.create(numbered(5)),
    () => one.ask("DELETE", "/../_reset"),
  ];
  const other = new Database(db);
  for (const write of writes) {
    const before = (await two.list()).data;
    other.exec("BEGIN IMMEDIATE");
    let isDone = false;
    const writing = write().then(() => {
      isDone = true;
    });
    for (let reads = 0; reads < 20; reads += 1) expect((await one.list()).data).toEqual(before);
    expect(isDone).toBe(false);
    other.exec("ROLLBACK");
    await writing;
    expect((await two.list()).data).not.toEqual(before);
    await two.create(numbered(6));
    expect((await one.list()).data).toEqual((await two.list()).data);
  }
  other.close();
  await one.close();
  await two.close();
});

describe("a file that is no good is refused and left as it is, with nothing beside it", () => {
  /**
   * Fills a file with enough pages to damage. It is a copy: the driver closes a file when its statements are collected, which may be while
   * a test is looking, and SQLite then takes away what lies beside the file.
   */
  const fill = async (file: string) => {
    const original = mkdtempSync(join(tmpdir(), "sandbox-"));
    const store = openSqliteStore(join(original, "handlers.db"));
    const hash = Buffer.alloc(32);
    await store.addKeys([{ name: "", hash, added: 0 }]);
    const id = (await store.account(instance, hash)) as number;
    const document = JSON.stringify({ text: "x".repeat(500) });
    await store.createMany(
      id,
      Array.from({ length: 500 }, (_, index) => ({
        type: "email",
        name: `n${index}`,
        enabled: true,
        created: index,
        changed: null,
        document: () => document,
      })),
    );
    await store.close();
    copyFileSync(join(original, "handlers.db"), file);
    rmSync(original, { recursive: true });
  };
  const edit = (file: string, change: (bytes: Buffer) => void) => {
    const bytes = readFileSync(file);
    change(bytes);
    writeFileSync(file, bytes);
  };
  const damage = (bytes: Buffer) => {
    for (let page = 2; page * 4096 < bytes.length; page += 3)
      bytes.fill(0xa5, page * 4096, page * 4096 + 2000);
  };

  /** What is wrong with a file: how it comes about, and what is said of it. */
  const wrongs: Readonly<Record<string, readonly [make: (file: string) => unknown, message: RegExp]>> = {
    "a text": [(file) => writeFileSync(file, "no database ".repeat(100)), /is not a sandbox database/],
    "a database of another program": [
      async (file) => {
        await fill(file);
        edit(file, (bytes) => bytes.writeUInt32BE(0x12345678, 68));
      },
      /is not a sandbox database/,
    ],
    "a database of a later version": [
      async (file) => {
        await fill(file);
        edit(file, (bytes) => bytes.writeUInt32BE(999, 60));
      },
      /later version/,
    ],
    "damaged pages": [
      async (file) => {
        await fill(file);
        edit(file, damage);
      },
      /damaged|can't be used/,
    ],
    "a file that was cut off": [
      async (file) => {
        await fill(file);
        truncateSync(file, Math.floor(readFileSync(file).length / 8192) * 4096 + 100);
      },
      /damaged|can't be used/,
    ],
    "a folder": [(file) => mkdirSync(file), /can't be opened: it is not a file/],
    "a pipe, which would be waited for": [
      (file) => execFileSync("mkfifo", [file]),
      /can't be opened: it is not a file/,
    ],
  };

  /** All files of a folder and what they hold; the index of a log (`-shm`) is written by readers, too. */
  const digests = (of: string) =>
    readdirSync(of, { withFileTypes: true })
      .map((entry) => {
        const { name } = entry;
        const isRead = entry.isFile() && !name.endsWith("-shm");
        const hash = createHash("sha256").update(isRead ? readFileSync(join(of, name)) : "");
        return [name, hash.digest("hex")] as const;
      })
      .sort();

  /** What a process of its own, which opens each file in its turn, says of them. */
  let said: Readonly<Record<string, string>> = {};
  const folders = new Map(Object.keys(wrongs).map((name) => [name, ""]));
  const before = new Map<string, unknown>();
  beforeAll(async () => {
    for (const [name, [make]] of Object.entries(wrongs)) {
      const own = mkdtempSync(join(tmpdir(), "sandbox-"));
      folders.set(name, own);
      await make(join(own, "handlers.db"));
      before.set(name, digests(own));
    }
    const script = `import { startSandbox } from ${JSON.stringify(import.meta.resolve("../../src/sandbox/index.ts"))};
      const said = {};
      for (const [name, folder] of ${JSON.stringify([...folders])})
        said[name] = await startSandbox({ instance: ${JSON.stringify(instance)}, db: folder + "/handlers.db" }).then(
          () => "started", (error) => error.message);
      console.log(JSON.stringify(said));`;
    const loader = ["--import", "@oxc-node/core/register", "--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, loader);
    said = JSON.parse(stdout);
  });
  afterAll(() => {
    for (const own of folders.values()) rmSync(own, { recursive: true, force: true });
  });

  test.each(Object.entries(wrongs))("%s", (name, [, message]) => {
    expect(said[name]).toMatch(message);
    expect(said[name]?.split("\n")).toHaveLength(1);
    expect(digests(folders.get(name) ?? "")).toEqual(before.get(name));
  });

  test.runIf(process.platform === "linux")("a new file where nothing can be written", async () => {
    const asked = startSandbox({ instance, db: "/proc/handlers.db" });
    await expect(asked).rejects.toThrow(
      /^\/proc\/handlers\.db can't be created: nothing can be written into \/proc \(E[A-Z]+\)\.$/,
    );
  });

  test("damaged pages, beside the log of a process that was killed: the command says it in one line, exit code 2", async () => {
    await fill(db);
    const { running, sandbox } = await spawned();
    await sandbox.create(numbered(1));
    running.process.kill("SIGKILL");
    await running.ended;
    expect(readdirSync(folder)).toHaveLength(3);
    edit(db, damage);
    const untouched = digests(folder);
    const again = start("src/cli/sandbox.ts", instance, "--port", "0", "--db", db, "--log", "none");
    expect(await again.ended).toBe(2);
    expect(digests(folder)).toEqual(untouched);
    expect(again.stderr()).toMatch(/^[^\n]*(damaged|can't be used)[^\n]*\n$/);
  });
});

test("a full disk gives 500, takes nothing back, and reads go on", async () => {
  const script = `trap '' XFSZ; ulimit -f 1024; exec "${process.execPath}" ${nodeArguments("src/cli/sandbox.ts").join(" ")} ${instance} --port 0 --db "${db}" --api-key ${apiKey} --log none`;
  const child = spawn("bash", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
  const baseUrl = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const [, url] = /(http:\S+)/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const sandbox = client(instance, { baseUrl, apiKey, close: async () => {} });
  const ids: number[] = [];
  let refused = 0;
  for (let index = 0; index < 60; index += 1) {
    const form = { ...numbered(index), telegram: "x".repeat(60_000) };
    const { status, body } = await sandbox.ask("POST", "/notification-handlers", form);
    if (status === 200) ids.push((body as { data: { id: number } }).data.id);
    else {
      expect([status, body]).toEqual([500, { errors: [{ title: expect.any(String), status: 500 }] }]);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(0);
  expect(ids.length).toBeGreaterThan(0);
  const listed = await sandbox.list("?results_per_page=100");
  expect(listed.data.map((it) => it.id)).toEqual(ids);
  for (const id of ids) expect((await sandbox.read(id)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

/** The project's folder, which the process that is started has to read. */
const project = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A command that may not write to a file that nobody may write to. Root may write to any file. So it is run as the one whose the
 * project is, who can read it; and root, where it is root's, without the rights that make root more than the owner of its files.
 * Where these can't be taken away, it is run as somebody else, who must be let through to the project.
 */
function unprivileged(
  command: string,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  if (process.getuid?.() !== 0) return spawn(command, args, { stdio });
  const { uid } = statSync(project);
  if (uid !== 0) return spawn(command, args, { stdio, uid });
  const without = "-dac_override,-dac_read_search";
  const less = [`--inh-caps=${without}`, `--bounding-set=${without}`, "--"];
  if (spawnSync("setpriv", [...less, "true"]).status === 0)
    return spawn("setpriv", [...less, command, ...args], { stdio });
  const nobody = Number(execFileSync("id", ["-u", "nobody"], { encoding: "utf8" }));
  return spawn(command, args, { stdio, uid: nobody });
}

/** The sandbox's command over a file with one handler, which it may read but not write. */
async function spawnedReadOnly(key: string, logMode = 0o666) {
  const before = await open();
  const id = await before.create(numbered(1));
  await before.close();
  chmodSync(db, 0o444);
  for (const suffix of ["-wal", "-shm"]) if (existsSync(db + suffix)) chmodSync(db + suffix, logMode);
  chmodSync(folder, 0o777);
  const options = ["--port", "0", "--db", db, "--api-key", key, "--log", "none"];
  const script = [...nodeArguments("src/cli/sandbox.ts"), instance, ...options];
  return { child: unprivileged(process.execPath, script), id };
}

function readyLine({
  stdout,
  stderr,
}: ChildProcessByStdio<null, Readable, Readable>): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    stdout.on("data", (chunk) => {
      text += chunk;
      const match = /(http:\S+)/.exec(text);
      if (match !== null) resolve(match);
    });
    stderr.on("data", (chunk) => reject(new Error(String(chunk))));
  });
}

test("a read-only file serves reads and answers writes with 500", async () => {
  const { child, id } = await spawnedReadOnly(apiKey);
  const [, baseUrl = ""] = await readyLine(child);
  const sandbox = client(instance, { baseUrl, apiKey, close: async () => {} });
  expect((await sandbox.read(id)).data.name).toBe("name 1");
  expect((await sandbox.ask("POST", "/notification-handlers", numbered(2))).status).toBe(500);
  expect((await sandbox.update(id, numbered(3))).status).toBe(500);
  expect((await sandbox.remove(id)).status).toBe(500);
  expect((await sandbox.list()).data.map((it) => it.name)).toEqual(["name 1"]);
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("a read-only file whose log is read-only, too, is served, and left with exit code 0", async () => {
  const { child, id } = await spawnedReadOnly(apiKey, 0o444);
  const [, baseUrl = ""] = await readyLine(child);
  const sandbox = client(instance, { baseUrl, apiKey, close: async () => {} });
  expect((await sandbox.read(id)).data.name).toBe("name 1");
  expect((await sandbox.remove(id)).status).toBe(500);
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test.each(triesAll("SANDBOX_FILES") ? [0o666, 0o444] : [0o444])(
  "a read-only file can't be started with a key that it does not know; what to do is said (log: %o)",
  async (mode) => {
    const { child } = await spawnedReadOnly("an-unknown-key", mode);
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(2);
    expect(said).toMatch(
      /^The database is read-only and knows no such API key: start with .*, or make the file writable\.\n$/,
    );
    expect(said).not.toContain("an-unknown-key");
  },
);
