import { type Description, familyName } from "../../description/index.ts";
import type { Reading } from "../reading.ts";

/** The title of an instance's reference. */
export function titleOf({ name }: Description, reading: Reading): string {
  return name === familyName ? reading.say("familyTitle") : reading.say("title", { instance: name });
}
