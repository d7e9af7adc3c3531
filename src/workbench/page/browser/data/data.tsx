import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
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

/** One opening of the form: for a handler, or undefined for a new one. */
interface Edited {
  readonly handler: Handler | undefined;
}

/** The handlers of a sandbox. A mock stores nothing, so its examples are read-only. */
export function Data({ place, apiKey, model, version, reloadBehaviour }: DataProps) {
  const baseUrl = baseUrlOf(place);
  const isMock = place.server === "mock";
  const api = useMemo(() => handlersApi(model, baseUrl, apiKey), [model, baseUrl, apiKey]);
  const [number, setNumber] = useState(1);
  const [found, setFound] = useState<Outcome<Page>>();
  const [edited, setEdited] = useState<Edited>();
  const shown = useRef(number);
  shown.current = number;
  const asked = useRef(0);
  /** Reads the page that is shown now. Of answers that overtake each other the one to the last question counts. */
  const reload = useCallback(async () => {
    asked.current += 1;
    const question = asked.current;
    const answer = await api.list(shown.current);
    if (question !== asked.current) return;
    setFound(answer);
    // The page that was shown may be gone.
    const last = "value" in answer ? answer.value.pages : 0;
    if (last > 0) setNumber((before) => (before > last ? last : before));
  }, [api]);
  useEffect(() => void reload(), [reload, number, version]);
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
          isEmptyNow={async () => {
            const answer = await api.list(1);
            return "value" in answer && answer.value.total === 0;
          }}
          openForm={() => setEdited({ handler: undefined })}
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
          edit={isMock ? undefined : (handler) => setEdited({ handler })}
          remove={isMock ? undefined : (id) => change(api.remove(id))}
        />
      )}
      {edited !== undefined && (
        <HandlerForm
          model={model}
          handler={edited.handler}
          send={(form) =>
            change(
              edited.handler === undefined
                ? api.create(form)
                : api.update(Number(edited.handler[model.properties.id]), form),
            )
          }
          // A form that was left while its answer was on its way must not close the next one.
          close={() => setEdited((now) => (now === edited ? undefined : now))}
        />
      )}
    </>
  );
}
