import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Running, start } from "../../cli/command.ts";
import { plain } from "../../instances.ts";
import { type PostgresServer, postgresMissing, startPostgres } from "../../postgres.ts";
import { timesOf } from "../../scope.ts";
import { client, type Harness } from "../harness.ts";

/** How long the clients write; the nightly job gives them a minute. */
const seconds = timesOf("REPLICAS_SECONDS", { usual: 3, all: 60 });
const clients = 50;
const apiKey = "team-key";

interface Replica {
  readonly running: Running;
  readonly sandbox: Harness;
  isAlive: boolean;
}

/** What is known of a handler: the names that it may have, null for being gone. */
interface Known {
  acknowledged: number | null;
  sent: number | null;
}

const form = (number: number) => ({ name: `name ${number}`, type: "email", email: `${number}@example.com` });

describe.skipIf(postgresMissing !== undefined)("three replicas on PostgreSQL", () => {
  let server: PostgresServer;
  let folder: string;
  let replicas: Replica[];
  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), "replicas-"));
    const urlFile = join(folder, "url");
    writeFileSync(urlFile, await server.createDatabase(), { mode: 0o600 });
    const options = ["--db-url-file", urlFile, "--api-key", apiKey, "--log", "none", "--port", "0"];
    replicas = await Promise.all(
      [1, 2, 3].map(async () => {
        const running = start("src/cli/sandbox.ts", plain, ...options);
        const [, baseUrl = ""] = await running.printed(/(http:\S+)/);
        return { running, sandbox: client(plain, { baseUrl, apiKey, close: async () => {} }), isAlive: true };
      }),
    );
  }, 120_000);
  afterAll(() => {
    for (const { running } of replicas ?? []) running.process.kill("SIGKILL");
    server?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test(`${clients} clients write for ${seconds} s, a replica is killed, PostgreSQL is restarted: nothing that was acknowledged is lost, no id is given twice`, {
    timeout: seconds * 1000 + 180_000,
  }, async () => {
    const known = new Map<number, Known>();
    const sentNames = new Set<string>();
    const errorsAfter: string[] = [];
    let number = 0;
    let writes = 0;
    let failures = 0;
    /** When PostgreSQL served again; requests that begin later have to succeed. */
    let servedAgain = Number.POSITIVE_INFINITY;
    const begin = performance.now();
    const isOver = () => performance.now() > Math.max(begin + seconds * 1000, servedAgain + 1500);

    /** Makes a request to one of the replicas that live; undefined where it failed. */
    async function attempt<T>(request: (sandbox: Harness) => Promise<T>): Promise<T | undefined> {
      const alive = replicas.filter((it) => it.isAlive);
      const replica = alive[Math.floor(Math.random() * alive.length)] as Replica;
      const began = performance.now();
      try {
        const result = await request(replica.sandbox);
        writes += 1;
        return result;
      } catch (error) {
        failures += 1;
        if (began > servedAgain && replica.isAlive) errorsAfter.push(String(error));
        await setTimeout(20);
        return undefined;
      }
    }

    const expectOk = async (answer: Promise<{ status: number; text: string }>) => {
      const { status, text } = await answer;
      if (status !== 200) throw new Error(text);
      return true;
    };

    async function writer(): Promise<void> {
      while (!isOver()) {
        number += 1;
        const first = number;
        sentNames.add(`name ${first}`);
        const id = await attempt((sandbox) => sandbox.create(form(first)));
        if (id === undefined) continue;
        expect(known.has(id), `id ${id} was given twice`).toBe(false);
        const state: Known = { acknowledged: first, sent: first };
        known.set(id, state);
        if (id % 3 === 0) continue;
        number += 1;
        state.sent = number;
        sentNames.add(`name ${number}`);
        const next = number;
        if (!(await attempt((sandbox) => expectOk(sandbox.update(id, form(next)))))) continue;
        state.acknowledged = next;
        if (id % 3 === 1) continue;
        state.sent = null;
        if (await attempt((sandbox) => expectOk(sandbox.remove(id)))) state.acknowledged = null;
      }
    }

    const writing = Promise.all(Array.from({ length: clients }, writer));
    await setTimeout(seconds * 300);
    const [killed] = replicas as [Replica];
    killed.isAlive = false;
    killed.running.process.kill("SIGKILL");
    await setTimeout(seconds * 300);
    server.stop();
    await setTimeout(200);
    server.start();
    servedAgain = performance.now();
    await writing;

    expect(errorsAfter).toEqual([]);
    expect(failures).toBeGreaterThan(0);
    expect(known.size).toBeGreaterThan(clients);
    const listed = new Map<number, string>();
    const { sandbox } = replicas[1] as Replica;
    let total = Number.NaN;
    for (let next: string | null = "?results_per_page=1000"; next !== null; ) {
      const page = await sandbox.list(next);
      for (const { id, name } of page.data) listed.set(id, name);
      ({ total } = page.meta);
      next = page.links.next;
    }
    expect(listed.size).toBe(total);
    // Of what failed some may be there, but once, and as it was sent.
    expect(new Set(listed.values()).size).toBe(listed.size);
    for (const name of listed.values()) expect(sentNames.has(name), name).toBe(true);
    const lost: string[] = [];
    for (const [id, { acknowledged, sent }] of known) {
      const allowed = [acknowledged, sent].map((it) => (it === null ? undefined : `name ${it}`));
      if (!allowed.includes(listed.get(id)))
        lost.push(`${id}: ${listed.get(id)}, not ${allowed.join(" or ")}`);
    }
    expect(lost).toEqual([]);
    console.info(
      `${writes} requests were answered, ${failures} failed; ${total} handlers, ${known.size} created with an answer`,
    );
  });
});
