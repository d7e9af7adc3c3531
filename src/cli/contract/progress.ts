import type { createLogUpdate } from "log-update";
import type pc from "picocolors";
import { countsOf, type Member, type Report, remarksOf } from "../../contract/index.ts";

type LogUpdate = ReturnType<typeof createLogUpdate>;
type Colors = ReturnType<typeof pc.createColors>;

/** Shows the progress of a run. */
export interface Progress {
  begin(member: Member): void;
  step(member: Member, text: string): void;
  end(member: Member, report: Report): void;
  close(): void;
}

/** The interval between updates, in milliseconds. */
const frame = 100;

/** A table that is redrawn: what is done, and what each running member is doing. */
class LiveTable implements Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #draw: LogUpdate;
  readonly #colors: Colors;
  readonly #total: number;
  readonly #running = new Map<Member, { readonly since: number; requests: number; text: string }>();
  readonly #done: Report[] = [];
  readonly #timer: NodeJS.Timeout;
  #changed = true;

  constructor(stream: NodeJS.WriteStream, draw: LogUpdate, total: number, colors: Colors) {
    this.#stream = stream;
    this.#total = total;
    this.#colors = colors;
    this.#draw = draw;
    this.#timer = setInterval(() => this.#show(), frame);
  }

  begin(member: Member): void {
    this.#running.set(member, { since: Date.now(), requests: 0, text: "" });
    this.#changed = true;
  }

  step(member: Member, text: string): void {
    const row = this.#running.get(member);
    if (row === undefined) return;
    row.text = text;
    row.requests++;
    this.#changed = true;
  }

  end(member: Member, report: Report): void {
    this.#running.delete(member);
    this.#done.push(report);
    this.#changed = true;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#draw.clear();
    this.#draw.done();
  }

  #show(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const { columns = 80, rows = 24 } = this.#stream;
    const counts = this.#done.length === 0 ? "" : `: ${countsOf(this.#done)}`;
    const running = [...this.#running];
    const room = Math.max(1, rows - 4);
    const width = Math.min(32, Math.max(...running.map(([{ name }]) => name.length), 8));
    const lines = running.slice(0, room).map(([{ name }, { since, requests, text }]) => {
      const seconds = Math.round((Date.now() - since) / 1_000);
      return `${name.slice(0, width).padEnd(width)} ${String(requests).padStart(4)} requests ${String(seconds).padStart(4)} s  ${text}`;
    });
    const more = running.length - lines.length;
    this.#draw(
      [
        this.#colors.bold(`${this.#done.length} of ${this.#total} checked${counts}`),
        ...lines.map((it) => it.slice(0, columns - 1)),
        ...(more > 0 ? [`and ${more} more at work`] : []),
      ].join("\n"),
    );
  }
}

/** For logs: one line for each finished member. */
class Lines implements Progress {
  readonly #write: (line: string) => void;
  readonly #total: number;
  #done = 0;

  constructor(write: (line: string) => void, total: number) {
    this.#write = write;
    this.#total = total;
  }

  begin(): void {
    // A start is not reported.
  }

  step(): void {
    // Steps would flood a log.
  }

  end(_: Member, report: Report): void {
    this.#done++;
    const count = String(this.#done).padStart(String(this.#total).length);
    const remarks = remarksOf(report).join(", ");
    const seconds = (report.milliseconds / 1_000).toFixed(1);
    const what = `${report.requests} ${report.requests === 1 ? "request" : "requests"}, ${seconds} s${remarks === "" ? "" : `; ${remarks}`}`;
    this.#write(`[${count}/${this.#total}] ${report.name}: ${report.verdict}; ${what}`);
  }

  close(): void {
    // Nothing to close.
  }
}

/** Writes a text over the line that a terminal shows, cut to its width. */
export function overwrite(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
}

/** For a run on one instance: one line that is overwritten. */
class OneLine implements Progress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  begin(): void {
    // The first request follows at once.
  }

  step(_: Member, text: string): void {
    overwrite(this.#stream, text);
  }

  end(): void {
    this.close();
  }

  close(): void {
    overwrite(this.#stream, "");
  }
}

/** No progress output. */
const silence: Progress = {
  begin: () => undefined,
  step: () => undefined,
  end: () => undefined,
  close: () => undefined,
};

/** The right kind of progress for the number of instances and the terminal. */
export async function progressOf(
  count: number,
  stderr: NodeJS.WriteStream,
  colors: Colors,
): Promise<Progress> {
  if (count === 1) return stderr.isTTY ? new OneLine(stderr) : silence;
  if (!stderr.isTTY) return new Lines((line) => console.error(line), count);
  const { createLogUpdate } = await import("log-update");
  return new LiveTable(stderr, createLogUpdate(stderr, { showCursor: true }), count, colors);
}
