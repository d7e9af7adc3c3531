import type { Operation } from "../../description/index.ts";
import { type Pair, unknownId, unknownType } from "../instance/index.ts";
import { nameOf } from "../journal/index.ts";
import { refused } from "../judging/index.ts";
import { ask, type Run } from "../run/index.ts";
import type { Call, Credential } from "../wire/index.ts";
import { isRefusal, listIsThere, numberOf } from "./create.ts";

const withKey: Partial<Record<Credential, string>> = {
  none: "without a key",
  wrong: "with a wrong key",
  scheme: "with the key under another scheme",
};

/** Reads without a key and with a wrong one. */
export async function refuseReaders(run: Run): Promise<void> {
  const { list, listByLink, read } = run.model.operations;
  await denied(run, list, "none", "the list");
  await denied(run, list, "wrong", "the list");
  if (!run.write) return;
  if (read !== undefined) await denied(run, read, "none", "a handler", { id: someId(run) });
  await denied(run, listByLink, "scheme", "the list by link");
}

/** Updates that must be refused: to an unknown type, if the types are closed, and with an invalid flag. */
export async function refuseUpdates(run: Run): Promise<void> {
  const { operations, names, open } = run.model;
  const id = probeOf(run);
  const { update: operation } = operations;
  if (id === undefined || operation === undefined) return;
  const wrong: Pair[] = [...(open ? [] : [[names.type, unknownType] as const]), [names.enabled, "7"]];
  for (const [name, value] of wrong) {
    await ask(run, {
      purpose: `an update with ${name}=${value}`,
      operation,
      id,
      form: [[name, value]],
      expect: refused(run.model, operation, 400, "negative_data_rejection", `${name} unknown`),
    });
  }
}

/** Writes without a key and with a wrong one, to a handler of the run. */
export async function refuseWriters(run: Run): Promise<void> {
  const { create, update, delete: remove } = run.model.operations;
  const target = probeOf(run);
  if (!listIsThere(run) || create === undefined) return;
  const type = run.model.types[0] ?? "";
  const name = nameOf(run.id, numberOf(run));
  run.journal.intend(name);
  const form = [
    [run.model.names.type, type],
    [run.model.names.name, name],
  ] as const;
  const made = await denied(run, create, "none", "a create", { form });
  if (isRefusal(made)) run.journal.void(name);
  if (target === undefined) return;
  const rename = [[run.model.names.name, nameOf(run.id, numberOf(run))]] as const;
  if (update !== undefined) await denied(run, update, "none", "an update", { id: target, form: rename });
  if (remove !== undefined) await denied(run, remove, "none", "a delete", { id: target });
}

async function denied(
  run: Run,
  operation: Operation,
  credential: Credential,
  what: string,
  rest: Partial<Call> = {},
) {
  const purpose = `${what} ${withKey[credential]}`;
  const expect = refused(run.model, operation, 401, "ignored_auth");
  return ask(run, { ...rest, purpose, operation, credential, expect });
}

function someId(run: Run): number {
  return Number(run.readings[0]?.content?.items[0]?.[run.model.names.id] ?? unknownId);
}

/** The handler that is the target of writes that must be refused. Nothing else is concluded from it afterwards. */
export function probeOf(run: Run): number | undefined {
  return run.created.findLast((it) => it.id !== undefined && !run.deleted.has(it.id))?.id;
}
