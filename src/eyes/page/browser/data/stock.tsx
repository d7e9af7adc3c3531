import { useCallback, useEffect, useState } from "preact/hooks";
import { say } from "../boot.ts";
import { wordsOf } from "../failure.ts";
import type { Place } from "../place.ts";
import { Text } from "../text.tsx";
import { type Snapshot, workbenchApi } from "../workbench-api.ts";

/** So many handlers are made at a time. */
const seedCount = 20;

/** What is deleted stands under this name first, so that it can be had again. */
const beforeReset = "before-delete-all";

interface StockProps {
  readonly place: Place;
  readonly apiKey: string;
  readonly isEmpty: boolean;
  openForm(): void;
  reload(): Promise<void>;
}

/** What is done to all handlers: seed, delete, snapshots. */
export function Stock({ place, apiKey, isEmpty, openForm, reload }: StockProps) {
  const { instance } = place;
  const [snapshots, setSnapshots] = useState<readonly Snapshot[]>([]);
  const [said, setSaid] = useState<{ readonly text: string; readonly isProblem: boolean }>();
  const [name, setName] = useState("");
  const path = { instance: instance.name };
  const api = workbenchApi(apiKey);
  const load = useCallback(async () => {
    const { data } = await workbenchApi(apiKey).GET("/sandbox/{instance}/_snapshot", {
      params: { path: { instance: instance.name } },
    });
    setSnapshots(data?.snapshots ?? []);
  }, [apiKey, instance.name]);
  useEffect(() => void load().catch(() => setSnapshots([])), [load]);

  /** Calls in turn; the first that fails ends it. Then all is read anew. */
  const act = async (text: string, ...calls: (() => Promise<{ error?: unknown; response: Response }>)[]) => {
    try {
      for (const call of calls) {
        const { response, error } = await call();
        if (!response.ok) {
          setSaid({ text: wordsOf(error, response.status), isProblem: true });
          return;
        }
      }
      setSaid({ text, isProblem: false });
    } catch (error) {
      setSaid({ text: wordsOf(error), isProblem: true });
    }
    await Promise.all([load(), reload()]);
  };
  const save = (as: string) =>
    api.PUT("/sandbox/{instance}/_snapshot/{name}", { params: { path: { ...path, name: as } } });
  const restore = (of: string) =>
    api.POST("/sandbox/{instance}/_snapshot/{name}", { params: { path: { ...path, name: of } } });
  const forget = (one: string) =>
    api.DELETE("/sandbox/{instance}/_snapshot/{name}", { params: { path: { ...path, name: one } } });
  const clear = () =>
    api.DELETE("/{server}/{instance}/_reset", { params: { path: { ...path, server: "sandbox" } } });
  // Other handlers each time.
  const value = Date.now() % 2 ** 32;
  const seed = () =>
    api.POST("/sandbox/{instance}/_seed", { params: { path }, body: { count: seedCount, value } });

  return (
    <section aria-label={say("stock")}>
      <div class="tools">
        <button type="button" class="action primary" onClick={openForm}>
          {say("newHandler")}
        </button>
        <button
          type="button"
          class="small"
          onClick={() => void act(say("seeded", { count: seedCount }), seed)}
        >
          {say("seed", { count: seedCount })}
        </button>
        <button
          type="button"
          class="small"
          disabled={isEmpty}
          onClick={() => void act(say("deletedAll", { name: beforeReset }), () => save(beforeReset), clear)}
        >
          {say("deleteAll")}
        </button>
        <span class="push" />
        <form
          class="save"
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = name.trim();
            if (wanted === "") return;
            setName("");
            void act(say("saved", { name: wanted }), () => save(wanted));
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
      </div>
      <p class={said?.isProblem ? "problem" : "said"} role="status" hidden={said === undefined}>
        {said !== undefined && <Text value={said.text} most={1000} />}
      </p>
      {snapshots.length > 0 && (
        <ul class="snapshots" aria-label={say("snapshots")}>
          {snapshots.map((each) => (
            <li key={each.name}>
              <strong>
                <Text value={each.name} most={40} />
              </strong>{" "}
              <span class="soft">{say("handlerCount", { count: each.handlers })}</span>
              <button
                type="button"
                class="small"
                aria-label={say("restoreWhat", { name: each.name })}
                onClick={() => void act(say("restored", { name: each.name }), () => restore(each.name))}
              >
                {say("restore")}
              </button>
              <button
                type="button"
                class="small quiet"
                aria-label={say("forgetWhat", { name: each.name })}
                onClick={() => void act(say("forgotten", { name: each.name }), () => forget(each.name))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
