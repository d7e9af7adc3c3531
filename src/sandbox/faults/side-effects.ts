import { handlerRecord } from "../service.ts";
import { after, type Eventual, type Store } from "../store/index.ts";
import type { Fault, FaultContext } from "./fault.ts";
import { type Handler, shown } from "./handler.ts";

/** Changes a handler that the request does not name. */
function changeOther(
  store: Store,
  { model }: FaultContext,
  account: number,
  id: number,
  edit: (handler: Handler) => Handler,
): Eventual<boolean> {
  return store.update(account, id, (document) => handlerRecord(model, edit(shown(model, document))));
}

const renamed = (handler: Handler): Handler => ({ ...handler, name: "Changed by the way" });
const enabled = (handler: Handler): Handler => ({ ...handler, enabled: true });

const updates: readonly Fault[] = [
  { name: "update-renames-another", what: "renames", edit: renamed },
  { name: "update-enables-another", what: "enables", edit: enabled },
].map(({ name, what, edit }) => ({
  name,
  description: `An update also ${what} the handler that was created before it.`,
  operations: ["update"],
  store: (store, context) => ({
    ...store,
    update: (account, id, change) =>
      after(store.update(account, id, change), (isDone) =>
        isDone ? after(changeOther(store, context, account, id - 1, edit), () => true) : false,
      ),
  }),
}));

const deletes: readonly Fault[] = [
  { name: "delete-removes-the-one-before", distance: -1, what: "before" },
  { name: "delete-removes-the-one-after", distance: 1, what: "after" },
].map(({ name, distance, what }) => ({
  name,
  description: `A delete also deletes the handler that was created ${what} it.`,
  operations: ["delete"],
  store: (store) => ({
    ...store,
    remove: (account, id) =>
      after(store.remove(account, id), (isDone) =>
        isDone ? after(store.remove(account, id + distance), () => true) : false,
      ),
  }),
}));

/** Effects of a write on handlers that it does not name. */
export const sideEffectFaults: readonly Fault[] = [
  {
    name: "create-renames-another",
    description: "A create also renames the handler that was created before it.",
    operations: ["create"],
    store: (store, context) => ({
      ...store,
      create: (account, record) =>
        after(store.create(account, record), (id) =>
          after(changeOther(store, context, account, id - 1, renamed), () => id),
        ),
    }),
  },
  ...updates,
  ...deletes,
];
