import { say } from "./boot.ts";

/** The sentences of an errors body; what else went wrong in words. */
export function wordsOf(error: unknown, status?: number): string {
  if (error instanceof Error) return say("unreachable");
  const { errors } = Object(error) as { errors?: { title?: unknown }[] };
  const titles = Array.isArray(errors) ? errors.map(({ title }) => String(title)) : [];
  return titles.length > 0 ? titles.join(" ") : say("failed", { status: status ?? 0 });
}
