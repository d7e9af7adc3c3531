import { failure } from "../answer.ts";
import { handlerRecord } from "../service.ts";
import { idle, is, memory, when } from "./edits.ts";
import type { Fault } from "./fault.ts";
import { shown } from "./handler.ts";

const removed = memory(() => new Map<string, string>());
const hidden = memory(() => new Set<string>());

/** Deletes that delete nothing, or not everywhere. */
export const deleteFaults: readonly Fault[] = [
  {
    name: "delete-does-nothing",
    description: "A delete answers 200 and deletes nothing.",
    operations: ["delete"],
    store: idle,
  },
  {
    name: "delete-disables",
    description: "A delete disables the handler instead of deleting it.",
    operations: ["delete"],
    store: (store, { model }) => ({
      ...store,
      remove: (account, id) =>
        store.update(account, id, (document) =>
          handlerRecord(model, { ...shown(model, document), enabled: false }),
        ),
    }),
  },
  {
    name: "delete-leaves-readable",
    description: "A deleted handler is not in the list any more, but can still be read.",
    operations: ["delete", "read"],
    store: (store) => ({
      ...store,
      remove: async (account, id) => {
        const document = await store.read(account, id);
        if (document !== undefined) removed(store).set(`${account} ${id}`, document);
        return store.remove(account, id);
      },
      read: async (account, id) => (await store.read(account, id)) ?? removed(store).get(`${account} ${id}`),
    }),
  },
  {
    name: "delete-leaves-listed",
    description: "A deleted handler can't be read any more, but is still in the list.",
    operations: ["delete", "read", "update"],
    store: (store) => ({
      ...store,
      update: (account, id, change) =>
        hidden(store).has(`${account} ${id}`) ? false : store.update(account, id, change),
      remove: async (account, id) => {
        const key = `${account} ${id}`;
        if (hidden(store).has(key) || (await store.read(account, id)) === undefined) return false;
        hidden(store).add(key);
        return true;
      },
      read: (account, id) => (hidden(store).has(`${account} ${id}`) ? undefined : store.read(account, id)),
    }),
  },
  {
    name: "delete-refused",
    description: "A delete answers 405 and deletes nothing.",
    operations: ["delete"],
    store: idle,
    answer: when(is(200), () => failure(405, "The method is not allowed.")),
  },
];
