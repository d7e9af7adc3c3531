import { useState } from "preact/hooks";
import { shellWord } from "../../../docs/samples/shell.ts";
import type { InstanceModel } from "../boot.ts";
import { boot, say } from "./boot.ts";
import { clientSource } from "./client-call.ts";
import { Copy } from "./copy.tsx";
import { type Key, masked } from "./key.ts";
import { baseUrlOf, type Place, serversOf } from "./place.ts";

interface HeadProps {
  readonly place: Place;
  go(change: Partial<Place>): void;
  readonly apiKey: Key;
  readonly model: InstanceModel | undefined;
}

/** The head of the page: instance, server, base URL, key, and a first call. */
export function Head({ place, go, apiKey, model }: HeadProps) {
  const { instance, server } = place;
  const baseUrl = baseUrlOf(place);
  const servers = serversOf(instance);
  return (
    <section class="head" aria-label={say("place")}>
      <div class="choose">
        <label>
          <span class="visually-hidden">{say("instance")}</span>
          <select
            class="instance"
            value={instance.name}
            onChange={({ currentTarget }) =>
              go({ instance: boot.instances.find(({ name }) => name === currentTarget.value) ?? instance })
            }
          >
            {boot.instances.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {servers.length > 1 ? (
          <fieldset class="segments">
            <legend class="visually-hidden">{say("server")}</legend>
            {servers.map((each) => (
              <label key={each}>
                <input
                  type="radio"
                  name="server"
                  value={each}
                  checked={each === server}
                  onChange={() => go({ server: each })}
                />
                {say(each)}
              </label>
            ))}
          </fieldset>
        ) : (
          <span class="only">{say(server)}</span>
        )}
        <span class="push" />
        {instance.docs !== undefined && (
          <a class="action primary" href={instance.docs}>
            {say("openDocs")}
          </a>
        )}
      </div>
      <dl class="facts">
        <div>
          <dt>{say("baseUrl")}</dt>
          <dd>
            <code class="url">{baseUrl}</code> <Copy text={baseUrl} label={say("copyUrl")} />
          </dd>
        </div>
        <div>
          <dt>{say("apiKey")}</dt>
          <dd>
            <KeyField apiKey={apiKey} isAny={server === "mock"} />
          </dd>
        </div>
        <div class="calls">
          <dt>{say("firstCall")}</dt>
          <dd>
            {model !== undefined && (
              <>
                <Copy
                  text={curlLine(model, baseUrl, apiKey.value)}
                  label={say("copyCurl")}
                  hint={say("withKey")}
                />{" "}
                <Copy
                  text={clientSource(model, baseUrl, { operation: "list", id: undefined, values: [] })}
                  label={say("copyClient")}
                />
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** A curl command that works as pasted. */
export function curlLine(model: InstanceModel, baseUrl: string, key: string): string {
  const path = model.operations.find(({ kind }) => kind === "list")?.path ?? "";
  return `curl --header ${shellWord(`Authorization: Bearer ${key}`)} ${shellWord(baseUrl + path)}`;
}

function KeyField({ apiKey, isAny }: { apiKey: Key; isAny: boolean }) {
  const [isShown, setShown] = useState(false);
  const [isTyped, setTyped] = useState(apiKey.value === "");
  if (isTyped) return <KeyForm apiKey={apiKey} isAny={isAny} close={() => setTyped(false)} />;
  return (
    <>
      <code class="key">{isShown ? apiKey.value : masked(apiKey.value)}</code>{" "}
      <button type="button" class="small" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {say(isShown ? "hideKey" : "showKey")}
      </button>{" "}
      <Copy text={apiKey.value} label={say("copyKey")} />{" "}
      <button type="button" class="small quiet" onClick={() => setTyped(true)}>
        {say("otherKey")}
      </button>
    </>
  );
}

function KeyForm({ apiKey, isAny, close }: { apiKey: Key; isAny: boolean; close(): void }) {
  const [value, setValue] = useState("");
  const [isKept, setKept] = useState(false);
  const isGood = /^[\x21-\x7e]+$/.test(value.trim());
  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isGood) return;
        apiKey.set(value.trim(), isKept);
        close();
      }}
    >
      <input
        type="password"
        autocomplete="off"
        aria-label={say("apiKey")}
        placeholder={say(isAny ? "anyKey" : "apiKey")}
        value={value}
        onInput={({ currentTarget }) => setValue(currentTarget.value)}
      />
      <button type="submit" class="small" disabled={!isGood}>
        {say("useKey")}
      </button>
      <label>
        <input
          type="checkbox"
          checked={isKept}
          onChange={({ currentTarget }) => setKept(currentTarget.checked)}
        />{" "}
        {say("keepKey")}
      </label>
      {apiKey.value !== "" && (
        <button type="button" class="small quiet" onClick={close}>
          {say("cancel")}
        </button>
      )}
    </form>
  );
}
