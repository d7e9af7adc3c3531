import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
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
  /** Asks the server: what is shown may be outdated. */
  isEmptyNow(): Promise<boolean>;
  openForm(): void;
  reload(): Promise<unknown>;
}

/** Actions on all handlers: seed, delete, snapshots. */
export function Stock({ place, apiKey, isEmpty, version, isEmptyNow, openForm, reload }: StockProps) {
  const { instance } = place;
  const [snapshots, setSnapshots] = useState<readonly Snapshot[]>([]);
  const [said, setSaid] = useState<Failure>();
  const [failed, setFailed] = useState(false);
  const api = useMemo(() => accountCalls(instance.name, apiKey), [instance.name, apiKey]);
  const asked = useRef(0);
  const load = useCallback(async () => {
    asked.current += 1;
    const question = asked.current;
    const answer = await api.snapshots();
    if (question === asked.current) setSnapshots(answer);
  }, [api]);
  useEffect(() => void load(), [load, version]);

  const isActing = useRef(false);
  const [isBusy, setBusy] = useState(false);

  /**
   * Reloads everything afterwards, even after a failure. A press while another is carried out does nothing: the second of a double click
   * on "Delete all" would keep what the first has left, in place of what was there.
   */
  const act: RunCalls = async (text, ...calls) => {
    if (isActing.current) return;
    isActing.current = true;
    setBusy(true);
    try {
      const failure = await callInOrder(calls);
      setFailed(failure !== undefined);
      setSaid(failure ?? { text: typeof text === "string" ? text : text(), isServers: false });
      await Promise.all([load(), reload()]);
    } finally {
      isActing.current = false;
      setBusy(false);
    }
  };
  let wasEmpty = isEmpty;
  const keep = async () => {
    wasEmpty = await isEmptyNow();
    return wasEmpty ? undefined : api.save(beforeReset)();
  };
  const count = seedCount;
  const kept = { count, name: beforeReset };
  const clear = [keep, api.clear];
  return (
    <section aria-label={say("stock")} aria-busy={isBusy}>
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
          onClick={() =>
            void act(() => say(wasEmpty ? "seeded" : "begunAnew", kept), ...clear, api.seed(count))
          }
        >
          {say("beginAnew", kept)}
        </button>
        <span class="push" />
        <SaveForm isBusy={isBusy} save={(name) => void act(say("saved", { name }), api.save(name))} />
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
function SaveForm({ isBusy, save }: { isBusy: boolean; save(name: string): void }) {
  const [name, setName] = useState("");
  return (
    <form
      class="save"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = name.trim();
        if (wanted === "" || isBusy) return;
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
