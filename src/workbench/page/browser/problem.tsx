import type { Failure } from "./failure.ts";
import { Text } from "./text.tsx";

/** The server's messages are English. They are marked so for screen readers and for right-to-left pages. */
export const english = { lang: "en", dir: "ltr" } as const;

/** A failure, announced at once. */
export function Problem({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined) return null;
  return (
    <p class="problem" role="alert" {...(failure.isServers && english)}>
      <Text value={failure.text} most={2000} />
    </p>
  );
}
