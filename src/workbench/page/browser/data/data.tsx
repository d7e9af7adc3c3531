import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import { baseUrlOf, type Place } from "../place.ts";
import { Problem } from "../problem.tsx";
import { HandlerForm } from "./handler-form.tsx";
import { HandlerList } from "./handler-list.tsx";
import { type Handler, handlersApi, type Outcome, type Page } from "./handlers-api.ts";
import { Stock } from "./stock.tsx";

interface DataProps {
  readonly place: Place;
  readonly apiKey: string;
  readonly model: InstanceModel;
  /** Changes when somebody else may have changed the data. */
  readonly version: string;
  reloadBehaviour(): Promise<void>;
}

/** The handlers of a sandbox. A mock stores nothing, so its examples are read-only. */
export function Data({ place, apiKey, model, version, reloadBehaviour }: DataProps) {
  const baseUrl = baseUrlOf(place);
  const isMock = place.server === "mock";
  const api = useMemo(() => handlersApi(model, baseUrl, apiKey), [model, baseUrl, apiKey]);
  const [number, setNumber] = useState(1);
  const [found, setFound] = useState<Outcome<Page>>();
  const [edited, setEdited] = useState<Handler | "new">();
  const reload = useCallback(async () => setFound(await api.list(number)), [api, number]);
  useEffect(() => {
    let isWanted = true;
    void api.list(number).then((page) => isWanted && setFound(page));
    return () => {
      isWanted = false;
    };
  }, [api, number, version]);
  const page = found !== undefined && "value" in found ? found.value : undefined;
  const change = async (call: Promise<Outcome<undefined>>) => {
    const outcome = await call;
    if ("value" in outcome) await reload();
    return outcome;
  };
  return (
    <>
      {isMock && <p class="note">{say("mockForgets")}</p>}
      {!isMock && (
        <Stock
          place={place}
          apiKey={apiKey}
          isEmpty={page?.total === 0}
          version={version}
          openForm={() => setEdited("new")}
          reload={() => Promise.all([reload(), reloadBehaviour()])}
        />
      )}
      <Problem failure={found !== undefined && "problem" in found ? found.problem : undefined} />
      {page !== undefined && (
        <HandlerList
          model={model}
          page={page}
          number={number}
          go={setNumber}
          edit={isMock ? undefined : setEdited}
          remove={isMock ? undefined : (id) => change(api.remove(id))}
        />
      )}
      {edited !== undefined && (
        <HandlerForm
          model={model}
          handler={edited === "new" ? undefined : edited}
          send={(form) =>
            change(
              edited === "new" ? api.create(form) : api.update(Number(edited[model.properties.id]), form),
            )
          }
          close={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
