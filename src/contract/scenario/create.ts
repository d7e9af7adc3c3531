import type { Exchange, Pair } from "../exchange.ts";
import { runOf } from "../journal.ts";
import { accepted, refused } from "../judge.ts";
import { objectOf } from "../model.ts";
import { ask, type Created, type Run, rawData, rawItems, readList, resourceOf, type Update } from "../run.ts";
import { requires } from "../statements.ts";
import { fieldsOf, hardTexts, nameOf, unknownType } from "../values.ts";

/** So many creates of which no handler can be found end the creating: each might leave one behind. */
const lostAtMost = 2;

/** One handler of each type, and as many more as it takes for a second page; each is switched off as soon as it is known. */
export async function create(run: Run): Promise<void> {
  const { model } = run;
  const [first] = run.readings;
  const isWhole = first?.content !== undefined && first.content.items.length === first.content.meta.total;
  run.before = isWhole
    ? first
    : await readList(run, {
        purpose: "the list before anything is created",
        page: 1,
        size: model.sizes.at(-1),
      });
  if (!listIsThere(run)) return;
  const present = run.before.content?.meta.total ?? 0;
  const wanted = Math.max(model.types.length, (model.sizes[0] ?? 0) + 1 - present);
  const texts = [undefined, ...hardTexts.keys()];
  for (let index = 0; index < wanted; index++) {
    const type = model.types[index % model.types.length] ?? "";
    const created = await createOne(run, type, texts[index % texts.length]);
    run.created.push(created);
    if (wasDenied(created.exchange)) return;
    if (created.id !== undefined) await switchOff(run, created, run.updates.length === 0);
    if (run.created.filter((it) => it.id === undefined).length >= lostAtMost) return;
  }
}

async function createOne(run: Run, type: string, text: string | undefined): Promise<Created> {
  const { names, operations } = run.model;
  const name = nameOf(run.id, numberOf(run), text && hardTexts.get(text));
  const fields = fieldsOf(run.model, type);
  const form: Pair[] = [[names.type, type], [names.name, name], ...fields];
  const started = Math.floor(run.clock.now() / 1_000);
  run.journal.intend(name);
  const exchange = await ask(run, {
    purpose: `a create of type ${type}`,
    operation: operations.create,
    form,
  });
  const between = [started, Math.ceil(run.clock.now() / 1_000)] as const;
  const created = { type, name, text, fields, exchange, between };
  if (isRefusal(exchange)) {
    run.journal.void(name);
    return { ...created, id: undefined, read: undefined };
  }
  const claimed = objectOf(rawData(exchange))?.[names.id];
  if (typeof claimed !== "number" && typeof claimed !== "string") {
    return { ...created, id: await locate(run, name), read: undefined };
  }
  const expect = accepted(operations.read, "ensure_resource_availability");
  const read = await ask(run, {
    purpose: `the new handler of type ${type}`,
    operation: operations.read,
    id: claimed,
    expect,
  });
  const data = objectOf(rawData(read));
  // The id in an answer is no proof: it is the run's own handler only if its name says so.
  if (typeof claimed === "number" && runOf(data?.[names.name]) === run.id) {
    run.journal.own(claimed, name);
    return { ...created, id: claimed, read };
  }
  return { ...created, id: await locate(run, name), read };
}

/** Looks for a handler in the list by its name; what is found is the run's own. */
async function locate(run: Run, name: string): Promise<number | undefined> {
  if (!run.journal.open.includes(name)) return undefined;
  const size = run.model.sizes.at(-1);
  const { exchange } = await readList(run, {
    purpose: "the list, for a handler that was not found",
    page: 1,
    size,
  });
  for (const item of rawItems(exchange)) {
    const id = item[run.model.names.id];
    if (item[run.model.names.name] !== name || typeof id !== "number") continue;
    run.journal.own(id, name);
    return id;
  }
  return undefined;
}

/** Nothing goes out to a handler that is off. For the first one it is looked at what that changes. */
async function switchOff(run: Run, created: Created, look: boolean): Promise<void> {
  const { model } = run;
  const sent: Pair[] = [[model.names.enabled, model.flag(false)]];
  const before = resourceOf(created.read);
  if (look && before !== undefined) await change(run, created, "off", sent, before);
  else
    await ask(run, {
      purpose: "an update that switches off",
      operation: model.operations.update,
      id: created.id as number,
      form: sent,
    });
}

/** Changes a handler and reads it again. */
export async function change(
  run: Run,
  created: Created,
  kind: Update["kind"],
  sent: readonly Pair[],
  before: Update["before"],
): Promise<Update> {
  const { operations } = run.model;
  const id = created.id as number;
  const exchange = await ask(run, {
    purpose: `an update (${purposes[kind]})`,
    operation: operations.update,
    id,
    form: sent,
  });
  const read = await ask(run, { purpose: "the handler after an update", operation: operations.read, id });
  const update = { created, kind, sent, before, exchange, read };
  run.updates.push(update);
  return update;
}

const purposes: Record<Update["kind"], string> = {
  off: "switch off",
  on: "rename and switch on",
  field: "one field",
  type: "another type",
};

/** The number that tells the handlers of a run apart. */
export function numberOf(run: Run): number {
  return ++run.lastNumber;
}

/** Nothing came of a create that was turned down, or sent elsewhere by a redirect, which is not followed. */
export function isRefusal({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && outcome.status >= 300 && outcome.status < 500;
}

/** Without any list that can be read, what is created could not be found again. */
export function listIsThere(run: Run): boolean {
  return run.readings.some((it) => Array.isArray(rawData(it.exchange)));
}

/** The account may not create: more creates would tell nothing. */
function wasDenied({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && [401, 403, 429].includes(outcome.status);
}

/** Creates that must be refused: without what is required, and of types that the instance does not have. */
export async function refuseCreates(run: Run): Promise<void> {
  const { names, types, lacking } = run.model;
  const type = types[0] ?? "";
  if (!listIsThere(run)) return;
  await refuseCreate(run, `without ${names.name}`, `${names.name} missing`, [[names.type, type]]);
  await refuseCreate(run, `without ${names.type}`, `${names.type} missing`, "name");
  await refuseCreate(run, "of an unknown type", `${names.type} unknown`, "name", unknownType);
  if (lacking !== undefined) {
    await refuseCreate(
      run,
      "of a type that the instance lacks",
      `${names.type} of another instance`,
      "name",
      lacking,
    );
  }
}

async function refuseCreate(
  run: Run,
  what: string,
  subject: string,
  form: readonly Pair[] | "name",
  type?: string,
): Promise<void> {
  const { names, operations } = run.model;
  const name = nameOf(run.id, numberOf(run));
  const named: Pair[] = [...(type === undefined ? [] : [[names.type, type] as const]), [names.name, name]];
  if (form === "name") run.journal.intend(name);
  const missing = [names.name, names.type].filter((it) => subject === `${it} missing`);
  const exchange = await ask(run, {
    purpose: `a create ${what}`,
    operation: operations.create,
    form: form === "name" ? named : form,
    expect: {
      ...refused(run.model, operations.create, 400, "negative_data_rejection", subject),
      statements: missing.map((it) => requires(operations.create, it)),
    },
  });
  if (isRefusal(exchange)) run.journal.void(name);
}
