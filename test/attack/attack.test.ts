import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, start } from "../cli/command.ts";
import { filtered, plain } from "../instances.ts";
import { timesOf } from "../scope.ts";
import { type Answer, readAnswers } from "./answers.ts";
import { type Attack, attacksOn } from "./attacks.ts";

/*
 * Bytes against `start` as a developer runs it: nothing ends it, no connection hangs, and every refusal can be read. ATTACK_RUNS=100000 sends
 * as many as the nightly run; without it nothing is sent. ATTACK_SEED repeats a run.
 */
const runs = timesOf("ATTACK_RUNS", { usual: 0, all: 20_000 });
const seed = Number(process.env.ATTACK_SEED ?? Date.now() % 2 ** 31);
const instances = [filtered, plain];
const [many, batch] = [24, 1000];
/** So long a connection may be open before it is held against others, in milliseconds. */
const patience = 20_000;
/** So many requests of others are answered, one after the other, while a connection that hangs is open. A machine that is busy answers neither. */
const others = 200;

let command: Running;
let port: number;

beforeAll(async () => {
  if (runs === 0) return;
  const keys = ["--api-key", "guard", "--api-key", "k"];
  command = start("src/cli/index.ts", "start", ...instances, "--port", "0", "--log", "none", ...keys);
  const [, found] = await command.printed(/Open http:\/\/127\.0\.0\.1:(\d+)\//);
  port = Number(found);
});
afterAll(() => void command?.process.kill("SIGTERM"));

/** Sends an attack and reads until the server closes. Rejects when it doesn't. */
async function send({ pieces, isWhole }: Attack): Promise<Buffer> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  // A server that has answered may reset the rest: what has arrived by then is judged.
  socket.on("error", () => undefined);
  socket.on("end", () => socket.destroySoon());
  const closed = new Promise((resolve) => socket.once("close", resolve));
  let isLate = false;
  const late = setTimeout(async () => {
    for (let answered = 0; answered < others && !socket.closed; answered += 1) await askPlainly();
    isLate = !socket.closed;
    socket.destroy();
  }, patience);
  for (const piece of pieces) {
    if (socket.destroyed) break;
    socket.write(piece);
    if (pieces.length > 1) await wait(1);
  }
  // Nobody knows where the requests end: the server is told that nothing more comes.
  if (!isWhole) socket.end();
  await closed;
  clearTimeout(late);
  if (isLate) throw new Error(`hangs: ${others} requests of others were answered meanwhile`);
  return Buffer.concat(chunks);
}

/** Waits for the answer to a plain request; a server that has ended answers none. */
async function askPlainly(): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/_health/live`)
    .then((answer) => answer.arrayBuffer())
    .catch(() => undefined);
}

/** Throws where answers to an attack can't be read, are missing, or are a fault of the server. */
function judge(attack: Attack, received: Buffer): readonly Answer[] {
  const { methods, isWhole, isServerErrorWanted } = attack;
  const answers = readAnswers(received, methods);
  for (const [index, { status, headers, body }] of answers.entries()) {
    if (status >= 500 && !isServerErrorWanted) throw new Error(`fault: ${status} ${body}`);
    if (status < 400 || methods[index] === "HEAD") continue;
    if (/^text\/html/.test(headers.get("content-type") ?? "") && body.includes("</html>")) continue;
    const { errors } = JSON.parse(body) as { errors: { title: string; status: number }[] };
    const isReadable = errors.length > 0 && errors.every((it) => it.title.length > 5 && it.status === status);
    if (!isReadable) throw new Error(`${status} says nothing: ${body}`);
  }
  // Requests behind an answer that closes the connection are not answered (RFC 9112, section 9.6).
  if (isWhole && answers.length < methods.length) {
    const last = answers.at(-1)?.headers.get("connection");
    if (last !== "close") throw new Error(`${answers.length} answers to ${methods.length} requests`);
  }
  return answers;
}

test.runIf(runs > 0)(
  `${runs} hostile requests to start: it lives, no connection hangs, and every refusal can be read`,
  async () => {
    const tally = new Map<string, number>();
    const failures: string[] = [];
    const attacks = attacksOn(instances);
    let [sent, slowest] = [0, 0];
    const one = async (attack: Attack) => {
      const begun = performance.now();
      try {
        const answers = judge(attack, await send(attack));
        const kind = answers.length === 0 ? "closed" : answers.map(({ status }) => status).sort()[0];
        tally.set(String(kind), (tally.get(String(kind)) ?? 0) + 1);
      } catch (error) {
        const bytes = Buffer.concat(attack.pieces).toString("latin1");
        failures.push(
          `${(error as Error).message.slice(0, 300)}\n  ${attack.methods} ${JSON.stringify(bytes.slice(0, 700))}`,
        );
      }
      slowest = Math.max(slowest, performance.now() - begun);
    };
    const begun = performance.now();
    for (let number = 0; sent < runs && failures.length < 20; number += 1) {
      const waiting = fc.sample(attacks, { numRuns: Math.min(batch, runs - sent), seed: seed + number });
      sent += waiting.length;
      const work = async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await one(next);
      };
      await Promise.all(Array.from({ length: many }, work));
      if (command.process.exitCode !== null || command.process.signalCode !== null) break;
    }
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(
      `${process.version}, seed ${seed}: ${sent} attacks in ${seconds} s, the slowest ${Math.round(slowest)} ms,`,
      Object.fromEntries([...tally].sort()),
    );
    expect(failures, `seed ${seed}`).toEqual([]);
    expect([command.process.exitCode, command.process.signalCode, command.stderr()]).toEqual([
      null,
      null,
      "",
    ]);
    // Another account's handlers are all there.
    for (const name of instances) {
      const url = `http://127.0.0.1:${port}/sandbox/${name}/api/notification-handlers/`;
      const answer = await fetch(url, { headers: { authorization: "Bearer guard" } });
      expect(await answer.json()).toMatchObject({ meta: { total: 20 } });
    }
  },
  60_000 + runs * 30,
);
