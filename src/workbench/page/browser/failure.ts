import { say } from "./boot.ts";

/** Why something was not done. */
export interface Failure {
  readonly text: string;
  /** Whether these are words of the server: they are English, whatever the reader's language is. */
  readonly isServers: boolean;
}

/** The sentences of an errors body; what else went wrong in words. */
export function failureOf(error: unknown, status?: number): Failure {
  if (error instanceof Error) return { text: say("unreachable"), isServers: false };
  const { errors } = Object(error) as { errors?: { title?: unknown }[] };
  const titles = Array.isArray(errors) ? errors.map(({ title }) => String(title)) : [];
  if (titles.length > 0) return { text: titles.join(" "), isServers: true };
  return { text: say("failed", { status: status ?? 0 }), isServers: false };
}
