import { type Description, familyName } from "../../description/index.ts";
import type { Reading } from "../reading.ts";

/** What the reference of an instance is called. */
export function titleOf({ name }: Description, reading: Reading): string {
  return name === familyName ? reading.say("familyTitle") : reading.say("title", { instance: name });
}
