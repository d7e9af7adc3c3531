import { execFile, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StartedSandbox, startSandbox } from "../../../src/sandbox/index.ts";
import { type Running, start } from "../../cli/command.ts";
import { plain } from "../../instances.ts";
import { freePort, type PostgresServer, postgresMissing, startPostgres } from "../../postgres.ts";

/** Debian has it out of the PATH of those who are not root. */
const nginx = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"]
  .map((folder) => join(folder, "nginx"))
  .find((file) => existsSync(file));
if (nginx === undefined)
  console.warn(
    "nginx is not installed: its configuration is not tested (Debian: apt-get install nginx-light).",
  );

const [, configuration = ""] = /```nginx\n([\s\S]*?)```/.exec(readFileSync("docs/scale.md", "utf8")) ?? [];

/** A folder with a configuration that has these servers; everything that nginx writes is in there, too. */
function prepared(servers: string): { folder: string; options: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "nginx-"));
  chmodSync(folder, 0o755);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((it) => `${it}_temp_path ${folder}/${it};`)
    .join(" ");
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${paths}\n${servers}\n}`,
  );
  return { folder, options: ["-e", "stderr", "-p", folder, "-c", file] };
}

describe.skipIf(nginx === undefined)("nginx takes the configuration of docs/scale.md", () => {
  /** What `nginx -t` says of a configuration of servers. */
  async function verdict(servers: string): Promise<string> {
    const { folder, options } = prepared(servers);
    try {
      return (await promisify(execFile)(nginx as string, ["-t", "-q", ...options])).stderr;
    } catch (error) {
      // Without a word of nginx, it couldn't be started.
      const { stderr, message } = error as { stderr: string; message: string };
      return stderr || message;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test("nginx accepts it as it stands", async () => {
    expect(configuration).toContain("proxy_pass");
    expect(await verdict(configuration)).toBe("");
  });

  test("and would refuse it with a slip", async () => {
    expect(await verdict(configuration.replace("proxy_pass", "proxy_pas"))).toMatch(
      /unknown directive "proxy_pas"/,
    );
  });
});

describe.skipIf(nginx === undefined || postgresMissing !== undefined)("three replicas behind nginx", () => {
  const host = "sandbox.example.com";
  const list = `/sandbox/${plain}/api/notification-handlers/`;
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let postgres: PostgresServer;
  let replicas: StartedSandbox[];
  /** A third one, in a process of its own. */
  let killable: Running;
  let port: number;
  let stop: () => Promise<unknown>;

  beforeAll(async () => {
    postgres = await startPostgres({ fsync: "off" });
    const options = {
      instance: plain,
      apiKey: "k",
      db: await postgres.createDatabase(),
      publicUrl: `https://${host}`,
    };
    const urlFile = join(mkdtempSync(join(tmpdir(), "nginx-db-")), "url");
    writeFileSync(urlFile, options.db, { mode: 0o600 });
    const given = ["--db-url-file", urlFile, "--api-key", "k", "--public-url", options.publicUrl];
    killable = start("src/cli/sandbox.ts", plain, ...given, "--port", "0", "--log", "none");
    replicas = await Promise.all([1, 2].map(() => startSandbox(options)));
    const [, killableUrl = ""] = await killable.printed(/(http:\S+)/);
    await rm(dirname(urlFile), { recursive: true });
    port = await freePort();
    const ports = [killableUrl, ...replicas.map(({ baseUrl }) => baseUrl)].map((it) => new URL(it).port);
    const servers = configuration
      .replace(/10\.0\.0\.1\d:4020/g, () => `127.0.0.1:${ports.shift()}`)
      .replace("listen 8080", `listen 127.0.0.1:${port}`);
    const { folder, options: flags } = prepared(servers);
    const child = spawn(nginx as string, [...flags, "-g", "daemon off; master_process off;"], {
      stdio: "ignore",
    });
    stop = async () => {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    while ((await ask("GET", "/_health").catch(() => undefined)) === undefined);
  });
  afterAll(async () => {
    agent.destroy();
    killable?.process.kill("SIGKILL");
    await stop?.();
    for (const replica of replicas ?? []) await replica.close();
    postgres?.remove();
  });

  interface Answer {
    readonly status: number;
    readonly text: string;
  }

  /** Asks as a client that knows nginx alone. `form`: an urlencoded body. */
  function ask(method: string, path: string, form?: string): Promise<Answer> {
    const headers: Record<string, string> = { host, authorization: "Bearer k" };
    if (form !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
    return new Promise((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", method, path, headers, agent }, async (response) => {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        resolve({ status: response.statusCode ?? 0, text });
      });
      sent.on("error", reject);
      sent.end(form);
    });
  }
  const create = (name: string) => ask("POST", list.slice(0, -1), `type=email&name=${name}`);

  test("serve as one: links lead through nginx, and a body that is too large is told by the sandbox", async () => {
    const created = await Promise.all(Array.from({ length: 30 }, (_, each) => create(`n${each}`)));
    expect(new Set(created.map(({ text }) => JSON.parse(text).data.id)).size).toBe(30);
    for (let each = 0; each < 6; each += 1) {
      const { meta, links } = JSON.parse((await ask("GET", `${list}?results_per_page=10`)).text);
      expect(meta.total).toBe(30);
      expect(links.next).toMatch(`https://${host}${list.slice(0, -1)}?`);
    }
    const large = await create("x".repeat(1_500_000));
    expect([large.status, JSON.parse(large.text).errors[0].status]).toEqual([413, 413]);
  });

  test("when the database is away, each request says so in the errors body; when it is back, all go on", async () => {
    postgres.stop();
    for (let each = 0; each < 6; each += 1) {
      const [read, write] = [await ask("GET", list), await create("away")];
      expect([read, write].map(({ status, text }) => [status, JSON.parse(text).errors[0].status])).toEqual([
        [503, 503],
        [503, 503],
      ]);
    }
    postgres.start();
    expect((await ask("GET", list)).status).toBe(200);
  });

  test("when one is killed while 50 clients write, nothing that was acknowledged is lost or there twice, and reads go to the others", async () => {
    const { total } = JSON.parse((await ask("GET", list)).text).meta;
    const acknowledged = new Map<number, string>();
    const reads = new Set<number>();
    let sent = 0;
    let isKilled = false;
    const clients = Array.from({ length: 50 }, async (_, number) => {
      for (let each = 0; each < 5; each += 1) {
        const name = `killed-${number}-${each}`;
        sent += 1;
        const answer = await create(name).catch(() => undefined);
        if (answer?.status === 200) {
          const { id } = JSON.parse(answer.text).data;
          expect(acknowledged.has(id)).toBe(false);
          acknowledged.set(id, name);
        }
        reads.add((await ask("GET", list)).status);
        if (acknowledged.size > 80 && !isKilled) isKilled = killable.process.kill("SIGKILL");
      }
    });
    await Promise.all(clients);
    expect([isKilled, [...reads]]).toEqual([true, [200]]);
    expect(acknowledged.size).toBeGreaterThan(sent - 100);
    const there: string[] = [];
    for (let page = 1; ; page += 1) {
      const { data, meta } = JSON.parse((await ask("GET", `${list}?results_per_page=250&page=${page}`)).text);
      for (const { id, name } of data) {
        if (acknowledged.has(id)) expect(name).toBe(acknowledged.get(id));
        there.push(name);
        acknowledged.delete(id);
      }
      if (page < meta.total_pages) continue;
      expect(there).toHaveLength(meta.total);
      break;
    }
    expect([...acknowledged]).toEqual([]);
    const killed = there.filter((name) => name.startsWith("killed-"));
    expect(new Set(killed).size).toBe(killed.length);
    expect(there.length).toBe(total + killed.length);
  });

  test("when one stops while it is asked, no answer is lost, and nothing is created twice", async () => {
    const { total } = JSON.parse((await ask("GET", list)).text).meta;
    const ids: number[] = [];
    const statuses = new Set<number>();
    const clients = Array.from({ length: 10 }, async (_, number) => {
      for (let each = 0; each < 20; each += 1) {
        const { status, text } = await create(`c${number}`);
        if (status === 200) ids.push(JSON.parse(text).data.id);
        statuses.add((await ask("GET", list)).status);
        if (number === 0 && each === 5) void replicas.pop()?.close();
      }
    });
    await Promise.all(clients);
    expect([...statuses]).toEqual([200]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.parse((await ask("GET", list)).text).meta.total).toBeGreaterThanOrEqual(total + ids.length);
  });
});
