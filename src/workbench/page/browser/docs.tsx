import type { InstanceModel } from "../boot.ts";
import { boot, say } from "./boot.ts";
import type { Place } from "./place.ts";

/** Links into the docs of the instance. */
export function Docs({ place, model }: { place: Place; model: InstanceModel | undefined }) {
  const { docs, name } = place.instance;
  if (docs === undefined || boot.docs === undefined || boot.docsHome === undefined) return null;
  return (
    <ul class="docs-links">
      <li>
        <a href={docs}>{say("reference", { instance: name })}</a>
        <ul>
          {[...new Map(model?.operations.map((each) => [each.kind, each])).values()].map(
            ({ kind, summary }) => (
              <li key={kind}>
                <a href={`${docs}#${kind}`}>{summary}</a>
              </li>
            ),
          )}
        </ul>
      </li>
      <li>
        <a href={`${boot.docsHome}differences.html#${name}..`}>{say("differences")}</a>
      </li>
      <li>
        <a href={`${boot.docs}${name}/openapi.yaml`}>OpenAPI</a>
      </li>
      <li>
        <a href={boot.docsHome}>{say("allDocs")}</a>
      </li>
    </ul>
  );
}
