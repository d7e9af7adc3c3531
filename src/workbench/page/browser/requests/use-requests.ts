import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../failure.ts";
import type { Place } from "../place.ts";
import { type RequestSummary, workbenchApi } from "../workbench-api.ts";
import { follow } from "./follow.ts";

/** How many requests the page keeps: as many as the server keeps of a key. */
const most = 500;

/** The requests to a place, the newest first. */
export interface Requests {
  readonly list: readonly RequestSummary[];
  /** How many came too fast to be listed. */
  readonly missed: number;
  readonly isLive: boolean;
  /** Why none arrive, or why they can't be cleared. */
  readonly problem: Failure | undefined;
  forget(): Promise<void>;
}

interface State {
  readonly list: readonly RequestSummary[];
  readonly missed: number;
}

const nothing: State = { list: [], missed: 0 };

/** Follows the requests with a key: to one server of an instance, or to all. */
export function useRequests({ instance, server }: Place, key: string, isEverywhere: boolean): Requests {
  const [state, setState] = useState(nothing);
  const [isLive, setLive] = useState(false);
  const [problem, setProblem] = useState<Failure>();
  /** How often the requests were forgotten. Afterwards they are read anew: some came before the server forgot, others after. */
  const [times, setTimes] = useState(0);
  useEffect(() => {
    setState(nothing);
    setProblem(undefined);
    if (key === "") return;
    const end = new AbortController();
    void follow(
      { key, query: isEverywhere ? {} : { server, instance: instance.name } },
      {
        onRequests(news) {
          setState(({ list, missed }) => ({ list: [...news.toReversed(), ...list].slice(0, most), missed }));
          // The connection works again.
          setProblem(undefined);
        },
        onMissed: (count) => setState(({ list, missed }) => ({ list, missed: missed + count })),
        onState: (now, refusal) => {
          setLive(now);
          setProblem(refusal === undefined ? undefined : failureOf(refusal));
        },
      },
      end.signal,
    );
    return () => end.abort();
  }, [instance.name, server, key, isEverywhere, times]);
  const shown = useRef(key);
  shown.current = key;
  const forget = async () => {
    try {
      const { response, error } = await workbenchApi(key).DELETE("/_requests");
      if (shown.current !== key) return;
      if (!response.ok) return setProblem(failureOf(error, response.status));
      setTimes((before) => before + 1);
    } catch (error) {
      if (shown.current === key) setProblem(failureOf(error));
    }
  };
  return { ...state, isLive, problem, forget };
}
