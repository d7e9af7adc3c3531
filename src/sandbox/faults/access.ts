import type { OperationKind } from "../../description/index.ts";
import { empty, failure } from "../answer.ts";
import { hashKey } from "../keys.ts";
import type { Store } from "../store/index.ts";
import { answerWith, is, serverError, status, when } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";
import { everyKind } from "./transport.ts";

const firstAccount = async ({ store, instance }: FaultContext) => (await store.accounts(instance))[0]?.id;

/** The account of a handler, whichever key it belongs to. */
async function ownerOf({ store, instance }: FaultContext, own: number, id: number): Promise<number> {
  if ((await store.read(own, id)) !== undefined) return own;
  for (const account of await store.accounts(instance)) {
    if ((await store.read(account.id, id)) !== undefined) return account.id;
  }
  return own;
}

function foreign(make: (store: Store, context: FaultContext) => Partial<Store>): NonNullable<Fault["store"]> {
  return (store, context) => ({ ...store, ...make(store, context) });
}

/** Keys, accounts and missing handlers. */
export const accessFaults: readonly Fault[] = [
  ...everyKind.map(
    (kind: OperationKind): Fault => ({
      name: `${kind}-without-key`,
      description: `A request to ${kind} is accepted without an API key.`,
      operations: [kind],
      admit: (context) => (context.authorization === undefined ? firstAccount(context) : undefined),
    }),
  ),
  {
    name: "wrong-key-accepted",
    description: "Any text is accepted as an API key.",
    operations: everyKind,
    admit: (context) => (/^bearer ./i.test(context.authorization ?? "") ? firstAccount(context) : undefined),
  },
  {
    name: "other-scheme-accepted",
    description: "The API key is accepted with any authorization scheme, not only Bearer.",
    operations: everyKind,
    admit: ({ authorization, store, instance }) =>
      store.account(instance, hashKey(authorization?.replace(/^\S+\s+/, "") ?? "")),
  },
  {
    name: "unauthorized-as-403",
    description: "A missing or wrong key is answered with 403 instead of 401, also in the errors body.",
    operations: everyKind,
    answer: when(is(401), () => failure(403, "Forbidden.")),
  },
  {
    name: "unauthorized-as-404",
    description: "A missing or wrong key is answered with 404 instead of 401, also in the errors body.",
    operations: everyKind,
    answer: when(is(401), () => failure(404, "Not found.")),
  },
  {
    name: "unauthorized-as-login-page",
    description: "A request with a missing or wrong key is redirected to a login page.",
    operations: everyKind,
    answer: when(is(401), () => ({ status: 302, headers: { location: "/login" }, body: "" })),
  },
  {
    name: "foreign-handler-readable",
    description: "A handler of another account can be read.",
    reachesOthers: true,
    operations: ["read"],
    store: foreign((store, context) => ({
      read: async (account, id) => store.read(await ownerOf(context, account, id), id),
    })),
  },
  {
    name: "foreign-handler-changeable",
    description: "A handler of another account can be changed.",
    reachesOthers: true,
    operations: ["update"],
    store: foreign((store, context) => ({
      read: async (account, id) => store.read(await ownerOf(context, account, id), id),
      update: async (account, id, change) => store.update(await ownerOf(context, account, id), id, change),
    })),
  },
  {
    name: "foreign-handler-deletable",
    description: "A handler of another account can be deleted.",
    reachesOthers: true,
    operations: ["delete"],
    store: foreign((store, context) => ({
      remove: async (account, id) => store.remove(await ownerOf(context, account, id), id),
    })),
  },
  {
    name: "read-missing-as-null",
    description: "Reading a handler that does not exist answers 200 with null.",
    operations: ["read"],
    answer: when(is(404), answerWith(200, { data: null })),
  },
  {
    name: "read-missing-as-empty-list",
    description: "Reading a handler that does not exist answers 200 with an empty list.",
    operations: ["read"],
    answer: when(is(404), answerWith(200, { data: [] })),
  },
  {
    name: "read-missing-as-400",
    description: "Reading a handler that does not exist answers 400, also in the errors body.",
    operations: ["read"],
    answer: when(is(404), () => failure(400, "The id is invalid.")),
  },
  {
    name: "read-missing-as-500",
    description: "Reading a handler that does not exist answers 500, also in the errors body.",
    operations: ["read"],
    answer: when(is(404), serverError),
  },
  {
    name: "read-missing-as-html",
    description: "Reading a handler that does not exist answers 404 with an HTML page.",
    operations: ["read"],
    answer: when(is(404), () => ({
      status: 404,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: "<!doctype html><title>Not found</title><h1>Not found</h1>",
    })),
  },
  {
    name: "update-missing-as-200",
    description: "Updating a handler that does not exist answers 200 with its id.",
    operations: ["update"],
    answer: when(is(404), (answer, { call, model }) =>
      answerWith(200, { data: { [model.names.id]: call?.id ?? 0 } })(answer),
    ),
  },
  {
    name: "update-missing-as-500",
    description: "Updating a handler that does not exist answers 500, also in the errors body.",
    operations: ["update"],
    answer: when(is(404), serverError),
  },
  {
    name: "delete-missing-as-200",
    description: "Deleting a handler that does not exist, or no longer exists, answers 200.",
    operations: ["delete"],
    answer: when(is(404), () => empty()),
  },
  {
    name: "delete-missing-as-500",
    description: "Deleting a handler that does not exist answers 500, also in the errors body.",
    operations: ["delete"],
    answer: when(is(404), serverError),
  },
  {
    name: "missing-as-410",
    description: "A handler that does not exist is answered with 410, while the errors body says 404.",
    operations: ["read", "update", "delete"],
    answer: when(is(404), status(410)),
  },
];
