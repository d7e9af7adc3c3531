import type { ComponentChildren } from "preact";
import { at, familyName, isNode } from "../../description/index.ts";
import type { Reading } from "../reading.ts";
import { homeOf } from "../site-page.ts";
import { Raw } from "./parts.tsx";
import { localKey, localOrigin, type ReferencePage } from "./reference-page.ts";

interface OverviewProps {
  readonly page: ReferencePage;
  readonly reading: Reading;
  readonly title: string;
  /** Shown below the title on narrow screens, which have no contents at the side. */
  readonly children: ComponentChildren;
}

/** The introduction: what the API is, its URL, how to authenticate, and the sources of the page. */
export function Overview({ page, reading, title, children }: OverviewProps) {
  const { description, folder, downloads } = page;
  const { document, name, baseUrl } = description;
  const info = isNode(document.info) ? document.info : {};
  const licence = isNode(info.license) ? String(info.license.name) : "";
  const scheme = at(document, "#/components/securitySchemes/api_key");
  const isInstance = name !== familyName;
  return (
    <section class="operation" id="overview" aria-labelledby="overview.title">
      <div class="words">
        <h1 id="overview.title">{title}</h1>
        {children}
        <Raw as="div" html={reading.blocks(String(info.description ?? ""))} />
        <Provenance page={page} reading={reading} />
      </div>
      <div class="aside">
        <section class="card">
          <h2 class="small">{reading.say("baseUrl")}</h2>
          <pre dir="ltr" data-label={reading.say("baseUrl")}>
            <code>{baseUrl}</code>
          </pre>
          <h2 class="small">{reading.say("authentication")}</h2>
          <Raw as="p" html={reading.sayHtml("bearer", { header: "Authorization: Bearer …" })} />
          {isNode(scheme) && typeof scheme.description === "string" && (
            <Raw as="p" class="soft" html={reading.inline(scheme.description)} />
          )}
          <h2 class="small">{reading.say("downloads")}</h2>
          <ul class="downloads">
            {downloads.map(({ file, name }) => (
              <li key={file}>
                <a href={`${folder}${file}`} dir="ltr" title={file}>
                  {name}
                </a>
              </li>
            ))}
            <li>
              <a href="index.md">{reading.say("markdown")}</a>
            </li>
          </ul>
          {isInstance && (
            <p>
              <a href={`${homeOf(page)}differences.html#${name}..`}>{reading.say("compare")}</a>
              <br />
              <a href="changelog.html">{reading.say("changelog")}</a>
            </p>
          )}
          <p class="soft">{reading.say("contract", { version: String(info.version ?? ""), licence })}</p>
          {isInstance && <Servers name={name} />}
        </section>
      </div>
    </section>
  );
}

/** The URLs of mock and sandbox, if a server of this project serves the page. */
function Servers({ name }: { name: string }) {
  return (
    <data
      hidden
      id="servers"
      value={localOrigin}
      data-mock={`${localOrigin}/mock/${name}/api`}
      data-sandbox={`${localOrigin}/sandbox/${name}/api`}
      data-key={localKey}
    />
  );
}

/** The documentation page that the contract was read from. */
function Provenance({ page: { description }, reading }: { page: ReferencePage; reading: Reading }) {
  const { externalDocs } = description.document;
  if (!isNode(externalDocs) || typeof externalDocs.description !== "string") return null;
  return (
    <p class="source">
      <strong>{reading.say("source")}.</strong> <Raw html={reading.inline(externalDocs.description)} />{" "}
      <a href={String(externalDocs.url)} dir="ltr">
        {String(externalDocs.url)}
      </a>
    </p>
  );
}
