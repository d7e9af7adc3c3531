import { useState } from "preact/hooks";
import { Banner, Behave, useBehaviour } from "./behave/index.ts";
import { say } from "./boot.ts";
import { Data } from "./data/index.ts";
import { Docs } from "./docs.tsx";
import { FirstCall } from "./first-call.tsx";
import { Head } from "./head.tsx";
import { useModel } from "./instance-model.ts";
import { useKey } from "./key.ts";
import { baseUrlOf, type Place, usePlace } from "./place.ts";
import { Problem } from "./problem.tsx";
import { noFilters, Requests, useRequests } from "./requests/index.ts";
import { useReturns } from "./returns.ts";
import { Tabs } from "./tabs.tsx";

/** The workbench: what is looked at, what is switched on, and the tabs. */
export function App() {
  const [place, go] = usePlace();
  if (place === undefined) return <p class="empty">{say("nothingServed")}</p>;
  return <Workbench place={place} go={go} />;
}

function Workbench({ place, go }: { place: Place; go(change: Partial<Place>): void }) {
  const apiKey = useKey();
  const [filters, setFilters] = useState(noFilters);
  const model = useModel(place.instance.name);
  const found = useRequests(place, apiKey.value, filters.isEverywhere);
  const own = found.list.filter(
    ({ instance, server }) => instance === place.instance.name && server === place.server,
  );
  const changed = own.find(({ operation, status }) => isWrite(operation) && status < 400)?.id ?? 0;
  const switched = own.find(({ behaviour }) => behaviour !== null)?.id ?? 0;
  const known = model instanceof Error ? undefined : model;
  const tab = place.tab === "docs" && place.instance.docs === undefined ? "requests" : place.tab;
  // Others change things, too. Everything is reloaded when the reader returns to the tab or the page, or the server comes back.
  const visit = `${useReturns()} ${found.isLive} ${tab}`;
  const behaving = useBehaviour(place, apiKey.value, `${switched} ${visit}`);
  // If mocks are served, any text may follow requests. Only the sandbox's own paths show that it does not know the key.
  const refused = place.server === "sandbox" ? behaving.problem : undefined;
  const shown =
    refused === undefined ? found : { ...found, isLive: false, problem: found.problem ?? refused };
  const scope = `${place.instance.name} ${place.server} ${apiKey.value}`;
  return (
    <>
      <h1 class="visually-hidden">{say("title")}</h1>
      <Head place={place} go={go} apiKey={apiKey} model={known} />
      <Tabs
        tab={tab}
        has={(each) => each !== "docs" || place.instance.docs !== undefined}
        go={(next) => go({ tab: next })}
      />
      <Banner behaving={behaving} model={known} />
      <Problem failure={model instanceof Error ? { text: say("noModel"), isServers: false } : undefined} />
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <h2 class="visually-hidden">{say(tab)}</h2>
        {apiKey.value === "" && tab !== "docs" && <p class="empty">{say("needsKey")}</p>}
        {apiKey.value !== "" && tab === "requests" && (
          <Requests
            key={scope}
            found={shown}
            apiKey={apiKey.value}
            filters={filters}
            setFilters={setFilters}
            first={known && <FirstCall model={known} baseUrl={baseUrlOf(place)} apiKey={apiKey.value} />}
          />
        )}
        {apiKey.value !== "" && tab === "data" && known && (
          <Data
            key={scope}
            place={place}
            apiKey={apiKey.value}
            model={known}
            version={`${changed} ${visit}`}
            reloadBehaviour={behaving.reload}
          />
        )}
        {apiKey.value !== "" && tab === "behave" && known && (
          <Behave key={scope} behaving={behaving} model={known} />
        )}
        {tab === "docs" && <Docs place={place} model={known} />}
      </div>
    </>
  );
}

function isWrite(operation: string | null): boolean {
  return operation === "create" || operation === "update" || operation === "delete";
}
