import type { OperationKind } from "../../description/index.ts";

/** The client's method for each kind of operation. */
export const methods: Readonly<Record<OperationKind, string>> = {
  list: "list",
  read: "get",
  create: "create",
  update: "update",
  delete: "delete",
};
