import { useMemo, useState } from "preact/hooks";
import { say } from "../boot.ts";
import { Problem } from "../problem.tsx";
import { choicesOf, type Filters, matchesFilters, noFilters } from "./filters.ts";
import { Row } from "./row.tsx";
import type { Requests as Found } from "./use-requests.ts";

/** How many rows are shown at first, and more on request. */
const step = 100;

interface RequestsProps {
  readonly found: Found;
  readonly apiKey: string;
  readonly filters: Filters;
  setFilters(filters: Filters): void;
  /** Shown while no request has come. */
  readonly first: preact.ComponentChildren;
}

/** The requests as they come in, the newest first. */
export function Requests({ found, apiKey, filters, setFilters, first }: RequestsProps) {
  const [most, setMost] = useState(step);
  const [halted, setHalted] = useState<Found["list"]>();
  const list = halted ?? found.list;
  const wanted = useMemo(() => list.filter((request) => matchesFilters(filters, request)), [list, filters]);
  const held = halted === undefined ? 0 : found.list.findIndex(({ id }) => id === halted[0]?.id);
  return (
    <>
      <div class="tools">
        <FilterFields filters={filters} setFilters={setFilters} list={found.list} />
        <span class="push" />
        <span class={found.isLive ? "live" : "live off"} role="status">
          {say(found.isLive ? (halted ? "halted" : "live") : "notLive")}
        </span>
        <button type="button" class="small" onClick={() => setHalted(halted ? undefined : found.list)}>
          {halted ? say("goOn", { count: Math.max(0, held) }) : say("halt")}
        </button>
        <button type="button" class="small" onClick={() => void found.forget()} disabled={list.length === 0}>
          {say("forget")}
        </button>
      </div>
      <Problem failure={found.problem} />
      {found.missed > 0 && <p class="soft">{say("missed", { count: found.missed })}</p>}
      {list.length === 0 && found.problem === undefined && first && <div class="empty">{first}</div>}
      {list.length > 0 && wanted.length === 0 && (
        <p class="empty">
          {say("noneFits")}{" "}
          <button type="button" class="small" onClick={() => setFilters(noFilters)}>
            {say("allRequests")}
          </button>
        </p>
      )}
      <ol class="requests" aria-label={say("requests")}>
        {wanted.slice(0, most).map((request) => (
          <Row key={request.id} request={request} apiKey={apiKey} showsPlace={filters.isEverywhere} />
        ))}
      </ol>
      {wanted.length > most && (
        <button type="button" class="small" onClick={() => setMost(most + step)}>
          {say("moreRequests", { count: wanted.length - most })}
        </button>
      )}
    </>
  );
}

interface FilterProps {
  readonly filters: Filters;
  setFilters(filters: Filters): void;
  readonly list: Found["list"];
}

function FilterFields({ filters, setFilters, list }: FilterProps) {
  const { methods, statuses } = choicesOf(list);
  const set = (change: Partial<Filters>) => setFilters({ ...filters, ...change });
  return (
    <search class="filters">
      <input
        type="search"
        aria-label={say("filterText")}
        placeholder={say("filterText")}
        value={filters.text}
        onInput={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      <select
        aria-label={say("method")}
        value={filters.method}
        onChange={({ currentTarget }) => set({ method: currentTarget.value })}
      >
        <option value="">{say("anyMethod")}</option>
        {[...new Set([...methods, ...(filters.method === "" ? [] : [filters.method])])].map((method) => (
          <option key={method}>{method}</option>
        ))}
      </select>
      <select
        aria-label={say("status")}
        value={filters.status}
        onChange={({ currentTarget }) => set({ status: currentTarget.value })}
      >
        <option value="">{say("anyStatus")}</option>
        <option value="ok">{say("answered")}</option>
        <option value="refused">{say("refused")}</option>
        {statuses.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </select>
      <label>
        <input
          type="checkbox"
          checked={filters.isEverywhere}
          onChange={({ currentTarget }) => set({ isEverywhere: currentTarget.checked })}
        />{" "}
        {say("everywhere")}
      </label>
    </search>
  );
}
