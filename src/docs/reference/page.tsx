import { render } from "preact-render-to-string";
import { isNode } from "../../description/index.ts";
import { assetPath } from "../assets.ts";
import { pageFrame } from "../frame.ts";
import { html, raw, scriptJson } from "../html.ts";
import { languageName } from "../languages.ts";
import { type Reading, readingOf } from "../reading.ts";
import { homeOf } from "../site-page.ts";
import { inferredOf } from "./inferred.ts";
import { referenceOf } from "./model.ts";
import { ErrorsSection, HandlerSection, OperationSection } from "./operation.tsx";
import { Overview } from "./overview.tsx";
import { Raw } from "./parts.tsx";
import type { ReferencePage } from "./reference-page.ts";
import { titleOf } from "./title.ts";
import type { Reference } from "./views.ts";

/** Messages of a reference's scripts, besides what they find on the page. */
const scriptWords = [
  "copy",
  "copied",
  "notCopied",
  "copyWhat",
  "searchNone",
  "tryBase",
  "tryKey",
  "tryPrivacy",
  "tryChanges",
  "trySend",
  "trySending",
  "tryAnswered",
  "tryFailed",
  "tryBadUrl",
  "tryNotSet",
];

/** The reference of an instance in a language. It is complete without scripts. */
export function renderReference(page: ReferencePage): string {
  const { description, language, root } = page;
  const reference = referenceOf(description);
  const reading = readingOf(description, language);
  const title = titleOf(description, reading);
  const info = isNode(description.document.info) ? description.document.info : {};
  return pageFrame({
    ...page,
    title,
    description: reading.text(String(info.summary ?? "")),
    styles: ["reference.css"],
    bodyClass: "reference",
    types: reference.types,
    mayConnect: true,
    body: html`${raw(render(<Page page={page} reference={reference} reading={reading} title={title} />))}
<script type="application/json" id="words">${raw(scriptJson(Object.fromEntries(scriptWords.map((key) => [key, language.page.text(key)]))))}</script>
<script src="${root}${assetPath("site.js")}" defer></script>
<script src="${root}${assetPath("reference.js")}" defer></script>`,
  });
}

interface PageProps {
  readonly page: ReferencePage;
  readonly reference: Reference;
  readonly reading: Reading;
  readonly title: string;
}

function Page({ page, reference, reading, title }: PageProps) {
  const { description, root } = page;
  return (
    <>
      <a class="skip" href="#content">
        {reading.say("skip")}
      </a>
      <header class="bar">
        <a class="home" href={`${homeOf(page)}index.html`}>
          {reading.say("home")}
        </a>
        <strong dir="ltr">{description.name}</strong>
        <Search reading={reading} root={root} />
        <Languages page={page} reading={reading} />
        <button type="button" id="mode" hidden aria-label={reading.say("colours")}>
          ◐
        </button>
      </header>
      <div class="columns">
        <Contents reference={reference} reading={reading} />
        <main id="content" tabIndex={-1}>
          {page.isUntranslated && (
            <p class="banner">
              {reading.say("untranslated", { language: languageName(description.about.language) })}
            </p>
          )}
          <Overview page={page} reading={reading} title={title}>
            <ul class="places">
              <Places reference={reference} reading={reading} />
            </ul>
          </Overview>
          {reference.operations.map((view) => (
            <OperationSection key={view.slug} view={view} reference={reference} reading={reading} />
          ))}
          <HandlerSection reference={reference} reading={reading} />
          <ErrorsSection reference={reference} reading={reading} />
          <InferredSection reference={reference} reading={reading} />
        </main>
      </div>
    </>
  );
}

function Search({ reading, root }: { reading: Reading; root: string }) {
  return (
    <search hidden>
      <input
        type="search"
        id="search"
        autocomplete="off"
        aria-label={reading.say("search")}
        placeholder={reading.say("searchHint")}
        data-engine={root + assetPath("minisearch.js")}
      />
      <div id="results" hidden data-label={reading.say("search")} />
    </search>
  );
}

function Languages({ page: { language, others }, reading }: { page: ReferencePage; reading: Reading }) {
  if (others.length === 0) return null;
  return (
    <details class="languages">
      <summary aria-label={`${reading.say("languages")}: ${language.name}`}>{language.name}</summary>
      <ul>
        {others.map(({ language: each, href }) => (
          <li key={each.code}>
            <a href={href} lang={each.code} hreflang={each.code} dir={each.direction}>
              {each.name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Contents({ reference, reading }: { reference: Reference; reading: Reading }) {
  return (
    <nav class="side" id="contents" aria-label={reading.say("contents")}>
      <details>
        <summary>{reading.say("contents")}</summary>
        <ul>
          <li>
            <a href="#overview">{reading.say("overview")}</a>
          </li>
          <Places reference={reference} reading={reading} />
        </ul>
      </details>
    </nav>
  );
}

/** The table of contents of a reference. */
function Places({ reference, reading }: { reference: Reference; reading: Reading }) {
  return (
    <>
      {reference.operations.map(({ slug, summary, operation: { method } }) => (
        <li key={slug}>
          <a href={`#${slug}`}>
            <span>{reading.text(summary)}</span>{" "}
            <span class={`method ${method.toLowerCase()}`} dir="ltr">
              {method}
            </span>
          </a>
        </li>
      ))}
      <li>
        <a href="#handler">{reading.say("handler")}</a>
      </li>
      <li>
        <a href="#errors">{reading.say("errors")}</a>
      </li>
      <li>
        <a href="#inferred">{reading.say("inferredTitle")}</a>
      </li>
    </>
  );
}

function InferredSection({ reference, reading }: { reference: Reference; reading: Reading }) {
  const inferred = inferredOf(reference);
  return (
    <section class="operation wide" id="inferred" aria-labelledby="inferred.title">
      <h2 id="inferred.title">
        <a class="self" href="#inferred">
          {reading.say("inferredTitle")}
        </a>
      </h2>
      <p>{reading.say("inferredCount", { count: inferred.length })}</p>
      <table class="assumptions">
        <thead>
          <tr>
            <th scope="col">{reading.say("assumption")}</th>
            <th scope="col">{reading.say("places")}</th>
          </tr>
        </thead>
        <tbody>
          {inferred.map(({ assumption, places }) => (
            <tr key={assumption}>
              <Raw as="td" html={reading.inline(assumption)} />
              <td>
                {places.map((id) => (
                  <>
                    <a key={id} href={`#${id}`} dir="ltr">
                      {id}
                    </a>{" "}
                  </>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
