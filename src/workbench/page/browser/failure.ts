import { say } from "./boot.ts";

/** Why something failed. */
export interface Failure {
  readonly text: string;
  /** Whether it is the server's message, which is English whatever the reader's language. */
  readonly isServers: boolean;
}

/** The sentences of an error answer, or a description of what else went wrong. */
export function failureOf(error: unknown, status?: number): Failure {
  if (error instanceof Error) return { text: say("unreachable"), isServers: false };
  const { errors } = Object(error) as { errors?: { title?: unknown }[] };
  const titles = Array.isArray(errors) ? errors.map(({ title }) => String(title)) : [];
  if (titles.length > 0) return { text: titles.join(" "), isServers: true };
  return { text: say("failed", { status: status ?? 0 }), isServers: false };
}
