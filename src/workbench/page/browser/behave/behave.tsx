import { useEffect, useState } from "preact/hooks";
import type { InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import { english, Problem } from "../problem.tsx";
import type { Operation, Switch } from "../workbench-api.ts";
import { type Behaving, operations } from "./use-behaviour.ts";

/** A switch per operation: error, fault, delay, and for how many requests. */
export function Behave({ behaving, model }: { behaving: Behaving; model: InstanceModel }) {
  const { state, problem } = behaving;
  return (
    <>
      <p class="soft">{say("behaveIntro")}</p>
      <Problem failure={problem} />
      {state !== undefined && (
        <ul class="switches">
          {operations.map(
            (operation) =>
              state.choices[operation] !== undefined && (
                <OperationSwitch key={operation} operation={operation} behaving={behaving} model={model} />
              ),
          )}
        </ul>
      )}
    </>
  );
}

interface OperationSwitchProps {
  readonly operation: Operation;
  readonly behaving: Behaving;
  readonly model: InstanceModel;
}

function OperationSwitch({ operation, behaving, model }: OperationSwitchProps) {
  const { statuses = [], faults = [] } = behaving.state?.choices[operation] ?? {};
  const now = behaving.state?.behaviour[operation];
  const found = model.operations.find(({ kind }) => kind === operation);
  // Undefined values are dropped; a switch with no values is off.
  const set = (change: { [name in keyof Switch]: Switch[name] | undefined }) => {
    void behaving.set(operation, (before) => {
      const entries = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
      const next: Switch = Object.fromEntries(entries);
      const { times: _times, ...does } = next;
      return Object.keys(does).length === 0 ? undefined : next;
    });
  };
  const fault = faults.find(({ name }) => name === now?.fault);
  const label = (what: string) =>
    say("switchedOperation", { operation: found?.summary ?? operation, what: say(what) });
  return (
    <li class={now === undefined ? undefined : "on"}>
      <h3>
        {found?.summary ?? operation}{" "}
        <code dir="ltr">
          {found?.method} {found?.path}
        </code>
      </h3>
      <div class="controls">
        <label>
          {say("status")}
          <select
            aria-label={label("status")}
            value={now?.status ?? ""}
            onChange={({ currentTarget: { value } }) =>
              set({
                status: value === "" ? undefined : Number(value),
                ...(value !== "" && { fault: undefined }),
              })
            }
          >
            <option value="">{say("asItShould")}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {status}
              </option>
            ))}
          </select>
        </label>
        {faults.length > 0 && (
          <label>
            {say("fault")}
            <select
              aria-label={label("fault")}
              class="faults"
              value={now?.fault ?? ""}
              onChange={({ currentTarget: { value } }) =>
                set({ fault: value === "" ? undefined : value, ...(value !== "" && { status: undefined }) })
              }
            >
              <option value="">{say("none")}</option>
              {faults.map(({ name, description }) => (
                <option key={name} value={name} title={description} lang="en">
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <Milliseconds label={label("latency")} value={now?.latency} set={(latency) => set({ latency })} />
        <label>
          {say("times")}
          <select
            aria-label={label("times")}
            disabled={now === undefined}
            value={now?.times === undefined ? "" : "once"}
            onChange={({ currentTarget: { value } }) => set({ times: value === "" ? undefined : 1 })}
          >
            <option value="">{say("always")}</option>
            <option value="once">{say("once", { count: now?.times ?? 1 })}</option>
          </select>
        </label>
      </div>
      {fault !== undefined && (
        <p class="soft" {...english}>
          {fault.description}
        </p>
      )}
    </li>
  );
}

const longest = 60_000;

/** A number field that takes effect when the reader leaves it. */
function Milliseconds({
  label,
  value,
  set,
}: {
  label: string;
  value: number | undefined;
  set(value: number | undefined): void;
}) {
  const [text, setText] = useState("");
  useEffect(() => setText(value === undefined ? "" : String(value)), [value]);
  return (
    <label>
      {say("latency")}
      <input
        type="number"
        aria-label={label}
        min={0}
        max={longest}
        step={100}
        placeholder="0"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onChange={({ currentTarget }) => {
          const wanted = Math.min(longest, Math.max(0, Math.round(Number(currentTarget.value) || 0)));
          set(wanted === 0 ? undefined : wanted);
        }}
      />
    </label>
  );
}
