import { fold } from "./fold.ts";
import type { HandlerRecord, StoredHandler } from "./store.ts";

/** The column values of a handler besides its account and id: type, folded name, enabled (0, 1), created, changed, document. */
export type HandlerValues = [string, string, 0 | 1, number, number | null, string];

/** The column values of a handler that is created or changed. */
export function recordValues(record: HandlerRecord, id: number): HandlerValues {
  const { type, name, enabled, created, changed } = record;
  return [type, fold(name), enabled ? 1 : 0, created, changed, record.document(id)];
}

/** The column values of a handler that another store exported. */
export function storedValues(handler: StoredHandler): HandlerValues {
  const { type, foldedName, enabled, created, changed, document } = handler;
  return [type, foldedName, enabled ? 1 : 0, created, changed, document];
}
