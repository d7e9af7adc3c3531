import { say } from "../boot.ts";
import { Text } from "../text.tsx";
import type { Snapshot } from "../workbench-api.ts";
import type { AccountCalls, Call } from "./account-calls.ts";

/** Makes calls one after the other. Shows the text if all succeed; a function tells it afterwards. */
export type RunCalls = (text: string | (() => string), ...calls: Call[]) => Promise<void>;

interface SnapshotsProps {
  readonly snapshots: readonly Snapshot[];
  readonly api: AccountCalls;
  readonly act: RunCalls;
}

/** The snapshots, to be restored or deleted. */
export function Snapshots({ snapshots, api, act }: SnapshotsProps) {
  if (snapshots.length === 0) return null;
  return (
    <ul class="snapshots" aria-label={say("snapshots")}>
      {snapshots.map(({ name, handlers }) => (
        <li key={name}>
          <strong>
            <Text value={name} most={40} />
          </strong>{" "}
          <span class="soft">{say("handlerCount", { count: handlers })}</span>
          <button
            type="button"
            class="small"
            aria-label={say("restoreWhat", { name })}
            onClick={() => void act(say("restored", { name }), api.restore(name))}
          >
            {say("restore")}
          </button>
          <button
            type="button"
            class="small quiet"
            aria-label={say("forgetWhat", { name })}
            onClick={() => void act(say("forgotten", { name }), api.forget(name))}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
