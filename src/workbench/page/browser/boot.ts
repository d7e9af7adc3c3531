import { Messages } from "../../../docs/messages.ts";
import type { Boot } from "../boot.ts";

/** The data that the server has embedded in this page. */
export const boot: Boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}");

const messages = new Messages(boot.language, "workbench", boot.words);

/** A message in the reader's language. */
export const say = messages.say.bind(messages);
