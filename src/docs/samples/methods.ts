import type { OperationKind } from "../../description/index.ts";

/** What the samples of one kind of operation call on the client. */
export const methods: Readonly<Record<OperationKind, string>> = {
  list: "list",
  read: "get",
  create: "create",
  update: "update",
  delete: "delete",
};
