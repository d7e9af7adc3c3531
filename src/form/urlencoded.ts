import { isUtf8 } from "node:buffer";
import { FormError } from "./errors.ts";
import type { Form } from "./form.ts";
import { checkFieldCount, checkFieldSize, type FormLimits } from "./limits.ts";

/** Parses a whole `application/x-www-form-urlencoded` body as the WHATWG URL standard says, but refuses what is not UTF-8. */
export function parseUrlencoded(body: Buffer, limits: FormLimits): Form {
  const text = body.toString("latin1");
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (!isUtf8(Buffer.from(bytes, "latin1"))) throw new FormError("encoding", "The form is not valid UTF-8.");
  const fields = [...new URLSearchParams(body.toString("utf8"))];
  checkFieldCount(fields.length, limits);
  for (const [index, [name, value]] of fields.entries()) {
    checkFieldSize(index, Buffer.byteLength(name), Buffer.byteLength(value), limits);
  }
  return { fields, files: [] };
}
