import type { Failure } from "./failure.ts";
import { Text } from "./text.tsx";

/** What the server says is English: it is marked for those who hear it, and for lines that run from right to left. */
export const english = { lang: "en", dir: "ltr" } as const;

/** Why something was not done, told at once. */
export function Problem({ failure }: { failure: Failure | undefined }) {
  if (failure === undefined) return null;
  return (
    <p class="problem" role="alert" {...(failure.isServers && english)}>
      <Text value={failure.text} most={2000} />
    </p>
  );
}
