import type { InstanceModel } from "../boot.ts";
import { say } from "./boot.ts";
import { Copy } from "./copy.tsx";
import { curlLine } from "./head.tsx";
import { masked } from "./key.ts";

interface FirstCallProps {
  readonly model: InstanceModel;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Shown while there are no requests: a call to paste, and a button that makes it. */
export function FirstCall({ model, baseUrl, apiKey }: FirstCallProps) {
  const path = model.operations.find(({ kind }) => kind === "list")?.path ?? "";
  // Its result shows in the list.
  const send = () =>
    void fetch(baseUrl + path, { headers: { authorization: `Bearer ${apiKey}` } }).catch(() => undefined);
  return (
    <>
      <p>{say("noRequests")}</p>
      <pre>
        <code>{curlLine(model, baseUrl, masked(apiKey))}</code>
      </pre>
      <p class="buttons">
        <button type="button" class="action primary" onClick={send}>
          {say("sendFirst")}
        </button>
        <Copy text={curlLine(model, baseUrl, apiKey)} label={say("copyCurl")} hint={say("withKey")} />
      </p>
    </>
  );
}
