import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import { boot, say } from "../boot.ts";
import { english } from "../problem.tsx";
import { Text } from "../text.tsx";
import type { RequestSummary } from "../workbench-api.ts";
import { Detail } from "./detail.tsx";
import { reasonInLine } from "./filters.ts";

const clock = new Intl.DateTimeFormat(`${boot.language}-u-nu-latn`, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

interface RowProps {
  readonly request: RequestSummary;
  readonly apiKey: string;
  /** Whether the row names the server and the instance. */
  readonly showsPlace: boolean;
}

/** A request as a row, with the reason if it was refused. It opens to show the details. */
export const Row = memo(function Row({ request, apiKey, showsPlace }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, method, path, status, milliseconds, time, reason, behaviour } = request;
  const below = path.replace(/^\/(mock|sandbox)\/[^/?]*\/api(?=[/?]|$)/, "") || path;
  const details = `request-${id}`;
  return (
    <li class={isOpen ? "open" : undefined}>
      <button
        type="button"
        class="line"
        aria-expanded={isOpen}
        aria-controls={details}
        onClick={() => setOpen(!isOpen)}
      >
        <span class={`status s${Math.floor(status / 100)}`}>{status === 0 ? "–" : status}</span>
        <span class="method">
          <Text value={method} most={12} />
        </span>
        <span class="path" dir="ltr">
          <Text value={showsPlace ? path : below} most={160} />
        </span>
        {behaviour !== null && <span class="switched">{say("switched")}</span>}
        <span class="when">
          <span class="took">{say("took", { milliseconds: Math.round(milliseconds) })}</span>
          <time dateTime={time}>{clock.format(new Date(time))}</time>
        </span>
        {reason !== null && (
          <span class="reason" {...english}>
            <Text value={reason} most={reasonInLine} />
          </span>
        )}
      </button>
      <div id={details} hidden={!isOpen}>
        {isOpen && <Detail summary={request} apiKey={apiKey} />}
      </div>
    </li>
  );
});
