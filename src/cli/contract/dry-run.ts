import type { Plan } from "../../contract-lab/index.ts";
import { aligned } from "../table.ts";
import type { Chosen } from "./members.ts";
import type { Options } from "./options.ts";
import { refuseUnwritable, save } from "./output.ts";
import { overwrite } from "./progress.ts";

/** The version of the JSON. Within a version properties are only added. */
const version = 1;

/** Prints what a run would send to each member, and sends nothing. */
export async function showDryRun({ members }: Chosen, options: Options): Promise<void> {
  refuseUnwritable(options.json);
  const { dryRun } = await import("../../contract-lab/index.ts");
  const { stderr } = process;
  const say = (text: string) => {
    if (stderr.isTTY && members.length > 1) overwrite(stderr, text);
  };
  const plans: Plan[] = [];
  for (const member of members) {
    say(`${plans.length + 1} of ${members.length}: ${member.name}`);
    plans.push(await dryRun(member, options.only));
  }
  say("");
  const isLong = options.details || plans.length === 1;
  for (const plan of plans) console.log(isLong ? `${headOf(plan)}\n\n${requestsOf(plan)}\n` : headOf(plan));
  console.log(
    plans.length === 0
      ? "This shard has no instance."
      : "Nothing was sent. Ids, names and the number of pages depend on the account.",
  );
  save(options.json, `${JSON.stringify({ version, plans }, null, 2)}\n`);
}

/** What the run does to the account, in one or two lines. */
function headOf({ name, baseUrl, write, readsOnly, requests, most, seconds }: Plan): string {
  const count = (effect: string) => requests.filter((it) => it.effect === effect).length;
  const pace = seconds === 0 ? "" : `, at least ${seconds} s`;
  const does = write
    ? `creates ${count("creates")} handlers, sends ${count("changes")} updates to them, deletes ${count("deletes")}; changes nothing else`
    : "reads only";
  const why = readsOnly === undefined ? "" : ` ${readsOnly}`;
  return `${name} at ${baseUrl}: ${requests.length} requests, ${most} at most${pace}\n  ${does}.${why}`;
}

function requestsOf({ requests }: Plan): string {
  const header = ["", "method", "path", "does", "why"];
  const rows = requests.map(({ method, path, effect, purpose, form }, index) => [
    String(index + 1).padStart(String(requests.length).length),
    method,
    shortened(path),
    effect,
    form === undefined ? purpose : `${purpose}: ${form.map(([field]) => field).join(", ")}`,
  ]);
  return aligned([header, ...rows]);
}

const longest = 60;

function shortened(path: string): string {
  return path.length <= longest ? path : `${path.slice(0, longest - 1)}…`;
}
