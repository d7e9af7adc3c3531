import { useState } from "preact/hooks";
import type { InstanceModel } from "../../boot.ts";
import { say } from "../boot.ts";
import type { Failure } from "../failure.ts";
import { Problem } from "../problem.tsx";
import { Text } from "../text.tsx";
import type { Handler, Outcome, Page } from "./handlers-api.ts";

interface HandlerListProps {
  readonly model: InstanceModel;
  readonly page: Page;
  readonly number: number;
  go(page: number): void;
  /** Undefined if handlers can't be changed. */
  readonly edit: ((handler: Handler) => void) | undefined;
  readonly remove: ((id: number) => Promise<Outcome<undefined>>) | undefined;
}

/** A page of handlers, one row each. */
export function HandlerList({ model, page, number, go, edit, remove }: HandlerListProps) {
  const { id, name, type, enabled, settings, changed, created } = model.properties;
  const [problem, setProblem] = useState<Failure>();
  const removeOne = async (number: number) => {
    const outcome = await remove?.(number);
    setProblem(outcome !== undefined && "problem" in outcome ? outcome.problem : undefined);
  };
  if (page.total === 0) return <p class="empty">{say("noHandlers")}</p>;
  const text = (value: unknown) => <Text value={value === null ? "–" : String(value)} most={120} />;
  return (
    <>
      <Problem failure={problem} />
      <table class="handlers">
        <caption class="visually-hidden">{say("handlers")}</caption>
        <thead>
          <tr>
            {[id, name, type, enabled, settings, changed, created].map((each) => (
              <th key={each} scope="col">
                <code>{each}</code>
              </th>
            ))}
            {edit !== undefined && (
              <th scope="col">
                <span class="visually-hidden">{say("actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {page.handlers.map((handler) => (
            <tr key={String(handler[id])}>
              <td class="number" data-label={id}>
                {text(handler[id])}
              </td>
              <th scope="row" data-label={name}>
                {text(handler[name])}
              </th>
              <td data-label={type}>{text(handler[type])}</td>
              <td data-label={enabled}>{handler[enabled] === true ? "✓" : "–"}</td>
              <td data-label={settings}>
                <Settings value={handler[settings]} />
              </td>
              <td class="moment" data-label={changed}>
                {text(handler[changed])}
              </td>
              <td class="moment" data-label={created}>
                {text(handler[created])}
              </td>
              {edit !== undefined && (
                <td class="row-actions">
                  <button
                    type="button"
                    class="small"
                    onClick={() => edit(handler)}
                    aria-label={say("editHandler", { id: String(handler[id]) })}
                  >
                    {say("edit")}
                  </button>
                  <Sure
                    label={say("remove")}
                    name={say("removeHandler", { id: String(handler[id]) })}
                    act={() => void removeOne(Number(handler[id]))}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {page.pages > 1 && <Pages number={number} page={page} go={go} />}
    </>
  );
}

function Settings({ value }: { value: unknown }) {
  const entries = Object.entries(Object(value) as Record<string, unknown>);
  if (entries.length === 0) return <span class="soft">–</span>;
  return (
    <ul class="settings">
      {entries.map(([name, setting]) => (
        <li key={name}>
          <code>
            <Text value={name} most={60} />
          </code>{" "}
          <Text value={setting === null ? "null" : String(setting)} most={80} />
        </li>
      ))}
    </ul>
  );
}

function Pages({ number, page, go }: { number: number; page: Page; go(number: number): void }) {
  return (
    <nav class="pages" aria-label={say("pages")}>
      <button type="button" class="small" disabled={number <= 1} onClick={() => go(number - 1)}>
        {say("previous")}
      </button>
      <span>{say("pageOf", { number, pages: page.pages, total: page.total })}</span>
      <button type="button" class="small" disabled={number >= page.pages} onClick={() => go(number + 1)}>
        {say("next")}
      </button>
    </nav>
  );
}

/** A button for what can't be undone: it acts on the second press. */
function Sure({ label, name, act }: { label: string; name: string; act(): void }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <button
      type="button"
      class={isAsked ? "small danger" : "small"}
      aria-label={isAsked ? say("sure", { what: name }) : name}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (isAsked) act();
        setAsked(!isAsked);
      }}
    >
      {isAsked ? say("sureShort") : label}
    </button>
  );
}
