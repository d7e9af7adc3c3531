import type { FastifyInstance } from "fastify";

/** Delays an answer. When the server closes, delayed answers are sent at once. */
export function holdBack(app: FastifyInstance): (milliseconds: number, then: () => void) => void {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  let closing = false;
  app.addHook("preClose", (closed) => {
    closing = true;
    for (const [timer, then] of waiting) {
      clearTimeout(timer);
      then();
    }
    waiting.clear();
    closed();
  });
  return (milliseconds, then) => {
    if (closing) {
      then();
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(timer);
      then();
    }, milliseconds);
    waiting.set(timer, then);
  };
}
