import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { say } from "../boot.ts";
import type { Failure } from "../failure.ts";
import type { Place } from "../place.ts";
import { english } from "../problem.tsx";
import { Text } from "../text.tsx";
import type { Snapshot } from "../workbench-api.ts";
import { accountCalls, callInOrder } from "./account-calls.ts";
import { type RunCalls, Snapshots } from "./snapshots.tsx";

/** How many handlers one press adds. */
const seedCount = 20;

/** The snapshot that is saved before all handlers are deleted, so that they can be restored. */
const beforeReset = "before-delete-all";

interface StockProps {
  readonly place: Place;
  readonly apiKey: string;
  readonly isEmpty: boolean;
  /** Changes when somebody else may have changed the data. */
  readonly version: string;
  openForm(): void;
  reload(): Promise<unknown>;
}

/** Actions on all handlers: seed, delete, snapshots. */
export function Stock({ place, apiKey, isEmpty, version, openForm, reload }: StockProps) {
  const { instance } = place;
  const [snapshots, setSnapshots] = useState<readonly Snapshot[]>([]);
  const [said, setSaid] = useState<Failure>();
  const [failed, setFailed] = useState(false);
  const api = useMemo(() => accountCalls(instance.name, apiKey), [instance.name, apiKey]);
  const load = useCallback(async () => setSnapshots(await api.snapshots()), [api]);
  useEffect(() => void load(), [load, version]);

  /** Reloads everything afterwards, even after a failure. */
  const act: RunCalls = async (text, ...calls) => {
    const failure = await callInOrder(calls);
    setFailed(failure !== undefined);
    setSaid(failure ?? { text, isServers: false });
    await Promise.all([load(), reload()]);
  };
  const count = seedCount;
  const kept = { count, name: beforeReset };
  const clear = [...(isEmpty ? [] : [api.save(beforeReset)]), api.clear];
  return (
    <section aria-label={say("stock")}>
      <div class="tools">
        <button type="button" class="action primary" onClick={openForm}>
          {say("newHandler")}
        </button>
        <button type="button" class="small" onClick={() => void act(say("seeded", kept), api.seed(count))}>
          {say("seed", kept)}
        </button>
        <button
          type="button"
          class="small"
          disabled={isEmpty}
          onClick={() => void act(say("deletedAll", kept), ...clear)}
        >
          {say("deleteAll")}
        </button>
        <button
          type="button"
          class="small"
          onClick={() => void act(say(isEmpty ? "seeded" : "begunAnew", kept), ...clear, api.seed(count))}
        >
          {say("beginAnew", kept)}
        </button>
        <span class="push" />
        <SaveForm save={(name) => void act(say("saved", { name }), api.save(name))} />
      </div>
      <p
        class={failed ? "problem" : "said"}
        role="status"
        hidden={said === undefined}
        {...(said?.isServers && english)}
      >
        {said !== undefined && <Text value={said.text} most={1000} />}
      </p>
      <Snapshots snapshots={snapshots} api={api} act={act} />
    </section>
  );
}

/** Saves the handlers under a name. */
function SaveForm({ save }: { save(name: string): void }) {
  const [name, setName] = useState("");
  return (
    <form
      class="save"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = name.trim();
        if (wanted === "") return;
        setName("");
        save(wanted);
      }}
    >
      <input
        type="text"
        aria-label={say("snapshotName")}
        placeholder={say("snapshotName")}
        autocomplete="off"
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <button type="submit" class="small">
        {say("saveSnapshot")}
      </button>
    </form>
  );
}
