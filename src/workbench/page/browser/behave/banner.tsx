import type { InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import type { Switch } from "../workbench-api.ts";
import { type Behaving, switchedOn } from "./use-behaviour.ts";

/** What is switched on, shown above each tab, so that nobody hunts for a fault that was switched on. */
export function Banner({ behaving, model }: { behaving: Behaving; model: InstanceModel | undefined }) {
  const on = switchedOn(behaving.state);
  return (
    <div class="banner" role="status" hidden={on.length === 0}>
      {on.length > 0 && (
        <>
          <strong>{say("switchedOn")}</strong>
          <ul>
            {on.map(([operation, how]) => (
              <li key={operation}>
                {say("switchedOperation", {
                  operation: model?.operations.find(({ kind }) => kind === operation)?.summary ?? operation,
                  what: wordsOf(how),
                })}
              </li>
            ))}
          </ul>
          <button type="button" class="small" onClick={() => void behaving.clear()}>
            {say("switchOff")}
          </button>
        </>
      )}
    </div>
  );
}

function wordsOf({ status, fault, latency, times }: Switch): string {
  return [
    status === undefined ? undefined : say("answers", { status }),
    fault,
    latency === undefined ? undefined : say("waits", { milliseconds: latency }),
    times === undefined ? undefined : say("switchedTimes", { count: times }),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}
