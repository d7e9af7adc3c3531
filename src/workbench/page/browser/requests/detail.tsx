import { useEffect, useState } from "preact/hooks";
import { boot, say } from "../boot.ts";
import { clientSource } from "../client-call.ts";
import { Copy } from "../copy.tsx";
import { type Failure, failureOf } from "../failure.ts";
import { useModel } from "../instance-model.ts";
import { baseUrlOf } from "../place.ts";
import { english, Problem } from "../problem.tsx";
import { Text } from "../text.tsx";
import {
  type Body,
  type Pair,
  type RequestDetails,
  type RequestSummary,
  workbenchApi,
} from "../workbench-api.ts";
import { reasonInLine } from "./filters.ts";

/** Everything that is kept of a request, loaded when it is opened. */
export function Detail({ summary, apiKey }: { summary: RequestSummary; apiKey: string }) {
  const [record, setRecord] = useState<RequestDetails>();
  const [problem, setProblem] = useState<Failure>();
  useEffect(() => {
    workbenchApi(apiKey)
      .GET("/_requests/{request_id}", { params: { path: { request_id: summary.id } } })
      .then(({ data, error, response }) => {
        setRecord(data);
        if (error !== undefined) setProblem(failureOf(error, response.status));
      })
      .catch((error: unknown) => setProblem(failureOf(error)));
  }, [summary.id, apiKey]);
  if (problem !== undefined) return <Problem failure={problem} />;
  if (record === undefined) return <p class="soft">{say("loading")}</p>;
  const { query, form, body, headers, answer, curl } = record;
  return (
    <div class="detail">
      <p class="buttons">
        <Copy text={curl} label={say("copyCurl")} />
        <CopyClient record={record} />
      </p>
      {(record.reason ?? "").length > reasonInLine && (
        <p class="why">
          <strong>{say("why")}</strong>{" "}
          <span {...english}>
            <Text value={record.reason ?? ""} most={4000} />
          </span>
        </p>
      )}
      <div class="halves">
        <section>
          <h3>{say("sent")}</h3>
          {query.length > 0 && <Pairs title={say("query")} pairs={query} />}
          {form !== null && form.length > 0 && <Pairs title={say("form")} pairs={form} />}
          {body !== null && <BodyText body={body} />}
          {query.length === 0 && (form ?? []).length === 0 && body === null && (
            <p class="soft">{say("nothingSent")}</p>
          )}
          <Headers pairs={headers} />
        </section>
        <section>
          <h3>{say("answerOf", { status: record.status })}</h3>
          {answer.body === null ? <p class="soft">{say("noBody")}</p> : <BodyText body={answer.body} />}
          <Headers pairs={answer.headers} />
        </section>
      </div>
    </div>
  );
}

/** The request as client code, if the client can make it and all its values are kept. */
function CopyClient({ record }: { record: RequestDetails }) {
  const { operation, server, form, query, path } = record;
  const instance = boot.instances.find(({ name }) => name === record.instance);
  const model = useModel(instance?.name ?? boot.instances[0]?.name ?? "");
  if (operation === null || server === null || instance === undefined) return null;
  if (model === undefined || model instanceof Error) return null;
  const values = form ?? (operation === "list" ? query : []);
  if (values.some(({ more }) => more > 0)) return <span class="soft">{say("tooLongToCopy")}</span>;
  const id = model.operations.some(({ kind, path }) => kind === operation && path.includes("{"))
    ? /\/(\d+)\/?(?:\?|$)/.exec(path)?.[1]
    : undefined;
  const source = clientSource(model, baseUrlOf({ instance, server }), { operation, id, values });
  return <Copy text={source} label={say("copyClient")} />;
}

function Pairs({ title, pairs }: { title: string; pairs: readonly Pair[] }) {
  return (
    <>
      <h4>{title}</h4>
      <dl class="pairs">
        {pairs.map(({ name, value, more }, index) => (
          <div key={index}>
            <dt>
              <Text value={name} most={100} />
            </dt>
            <dd>
              {value === "" ? (
                <span class="soft">{say("emptyValue")}</span>
              ) : (
                <Text value={value} more={more} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Headers({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <details>
      <summary>{say("headers", { count: pairs.length })}</summary>
      <Pairs title={say("headerFields")} pairs={pairs} />
    </details>
  );
}

const firstLook = 3000;

/** A body; JSON is pretty-printed. */
function BodyText({ body }: { body: Body }) {
  const [most, setMost] = useState(firstLook);
  const text = body.more === 0 ? prettyJson(body.text) : body.text;
  return (
    <>
      <p class="soft">{say("bodySize", { type: body.type ?? "?", bytes: body.bytes })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <pre class="body" tabIndex={0}>
        <Text value={text} most={most} more={body.more} hasLines />
      </pre>
      {text.length > most && (
        <button type="button" class="small" onClick={() => setMost(Number.POSITIVE_INFINITY)}>
          {say("showAll")}
        </button>
      )}
    </>
  );
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
