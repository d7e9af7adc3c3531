import { nearest } from "../description/index.ts";
import { Refusal } from "../http/index.ts";
import {
  type Behaviour,
  type Behaviours,
  checkBehaviour,
  choicesOf,
  type OwnRequest,
  ownerOf,
  readJson,
  type Seed,
} from "../workbench/index.ts";
import { type Answer, empty, json } from "./answer.ts";
import { switchableFaults } from "./faults/index.ts";
import type { Model } from "./model.ts";
import { seedRecords } from "./seed.ts";
import { after, type Eventual, mostSnapshots, type Snapshot, type Store } from "./store/index.ts";

/** What the workbench shows and changes of an instance. */
interface Served {
  readonly model: Model;
  readonly store: Store;
  readonly behaviours: Behaviours;
}

/** Who sent a request to the workbench, and to which instance. */
interface Asked {
  readonly instance: Served;
  readonly account: number;
  readonly key: string;
  readonly body: unknown;
}

/** Answers a request to one of the workbench's own operations (src/workbench/openapi.yaml). Throws a Refusal for what can't be done. */
export function answerOwn({ operation, parameters }: OwnRequest, asked: Asked): Eventual<Answer> {
  const answer = answers[operation.id];
  if (answer === undefined) throw new Error(`nothing answers ${operation.id}`);
  return answer(asked, parameters.name ?? "", operation);
}

type Own = (asked: Asked, name: string, operation: OwnRequest["operation"]) => Eventual<Answer>;

/** By operation id. */
const answers: Readonly<Record<string, Own>> = {
  getBehaviour({ instance, key }) {
    const { model, behaviours } = instance;
    const behaviour = behaviours.get(model.description.name, ownerOf(key));
    return said({ behaviour, choices: choicesOf(model.description, faultsOf(instance)) });
  },
  setBehaviour({ instance, key, body }, _name, operation) {
    const { model, behaviours } = instance;
    const behaviour = readJson(operation, body) as Behaviour;
    checkBehaviour(behaviour, model.description, faultsOf(instance));
    behaviours.set(model.description.name, ownerOf(key), behaviour);
    return empty(204);
  },
  clearBehaviour(asked) {
    clearBehaviour(asked);
    return empty(204);
  },
  reset(asked) {
    clearBehaviour(asked);
    return after(asked.instance.store.clear(asked.account), () => empty());
  },
  seed({ instance: { model, store }, account, body }, _name, operation) {
    const { count, value = 1 } = readJson(operation, body) as Partial<Seed> & { readonly count: number };
    const created = store.createMany(account, seedRecords(model, count, value));
    return after(created, (ids) => said({ handlers: ids.length }));
  },
  listSnapshots: ({ instance: { store }, account }) =>
    after(store.snapshots(account), (snapshots) => said({ snapshots: snapshots.map(shown) })),
  saveSnapshot: ({ instance: { store }, account }, name) =>
    after(store.saveSnapshot(account, name, Date.now()), (snapshot) => {
      if (snapshot !== undefined) return said(shown(snapshot));
      throw new Refusal(
        400,
        `There are ${mostSnapshots} snapshots already: delete one, or save under its name.`,
      );
    }),
  restoreSnapshot: ({ instance: { store }, account }, name) =>
    after(store.restoreSnapshot(account, name), (snapshot) =>
      snapshot === undefined ? noSnapshot(store, account, name) : said(shown(snapshot)),
    ),
  deleteSnapshot: ({ instance: { store }, account }, name) =>
    after(store.removeSnapshot(account, name), (found) =>
      found ? empty(204) : noSnapshot(store, account, name),
    ),
};

function faultsOf({ model }: Served) {
  return (kind: Parameters<typeof switchableFaults>[1]) => switchableFaults(model, kind);
}

function clearBehaviour({ instance: { model, behaviours }, key }: Asked): void {
  behaviours.set(model.description.name, ownerOf(key), {});
}

function said(value: object): Answer {
  return json(200, JSON.stringify(value));
}

function shown({ name, taken, handlers }: Snapshot): object {
  return { name, taken: new Date(taken).toISOString(), handlers };
}

function noSnapshot(store: Store, account: number, name: string): Eventual<never> {
  return after(store.snapshots(account), (snapshots) => {
    const known = snapshots.map((it) => it.name);
    throw new Refusal(
      404,
      `There is no snapshot ${JSON.stringify(name)} of this key: ${nearest(name, known)}.`,
    );
  });
}
