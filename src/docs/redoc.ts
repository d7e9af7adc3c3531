import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DocsError } from "./error.ts";

/** The folder of the installed Redocly CLI, which carries the Redoc that its pages run. */
function redoclyFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json"));
  } catch {
    throw new DocsError("Redocly, which renders the references, is not installed: npm install @redocly/cli.");
  }
}

/** A place in Redoc's script that this site needs otherwise. */
interface Change {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** How often it is there; once, unless said. */
  readonly times?: number;
}

const logo =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='44' height='12'%3E%3Ctext y='10' font-family='sans-serif' font-size='11' fill='%235b7fe0'%3ERedoc%3C/text%3E%3C/svg%3E";

/**
 * Redoc asks its CDN for a logo and for icons and sends telemetry; these pages ask nobody for anything. Its words can't be set from
 * outside, so it is made to look them up in `redocLabels`. A code sample is one text for all examples of a body; here it may be a map
 * from the examples' names, so that choosing an example changes the sample too. Alternatives are in a menu; here they stand side by
 * side, one click apart. And it is a module, which browsers don't load from
 * `file://`.
 */
const changes: readonly Change[] = [
  { what: "the logo", from: "https://cdn.redoc.ly/redoc/logo-mini-full.svg", to: logo },
  { what: "the small logo", from: "https://cdn.redoc.ly/redoc/logo-mini.svg", to: logo },
  { what: "the icons of Font Awesome", from: "https://cdn.redocly.com/icons/fa/7.0.0", to: "data:," },
  { what: "the icons of languages", from: "https://cdn.redocly.com/icons/code/5.24.0", to: "data:," },
  { what: "the telemetry", from: "https://otel.cloud.redocly.com/v1/traces", to: "data:," },
  {
    what: "the words",
    from: "useTranslate:()=>({translate:(e,t)=>(",
    to: "useTranslate:()=>({translate:(e,t)=>globalThis.redocLabels?.[e]||(",
  },
  {
    what: "the word above alternatives",
    from: "`One of:`",
    to: "(globalThis.redocLabels?.oneOf||`One of:`)",
    times: 2,
  },
  {
    what: "the words beside values",
    from: "t===1?`Value:`:`Enum:`",
    to: "(t===1?globalThis.redocLabels?.value||`Value`:globalThis.redocLabels?.enum||`Enum`)+`:`",
  },
  {
    what: "the name of the choice of an example, which must hold what is seen",
    from: '"aria-label":`Example`,options:e.map(',
    to: '"aria-label":(globalThis.redocLabels?.example||`Example`)+`: `+(r[e[t]]?.summary??``),options:e.map(',
  },
  {
    what: "the choice of an alternative",
    from: '(0,V.jsx)(cM,{optionEntries:f,activeIndex:_,onChange:v,"data-testid":`one-of-schema`})',
    to: '(0,V.jsx)(`div`,{className:`choices`,role:`group`,"aria-label":t.label,children:f.map(([e],t)=>(0,V.jsx)(`button`,{type:`button`,"aria-pressed":t===_,onClick:()=>v(t),children:e},e))})',
  },
  {
    what: "the code samples",
    from: "return e?e.source:",
    to: "return e?e.source[String(ne).split(`/`).pop()]??e.source:",
  },
  { what: "what the code samples depend on", from: "},[ee,O,n])", to: "},[ee,O,n,ne])" },
  { what: "the module's address", from: "import.meta", to: "({url:document.baseURI})", times: 4 },
  {
    what: "the module's start",
    from: "const{RedocStandalone,hydrate,init}=(()=>{",
    to: "globalThis.Redoc=(()=>{",
  },
  { what: "the module's end", from: "export{RedocStandalone,hydrate,init};", to: "" },
];

/**
 * Redoc as a classic script that sets `globalThis.Redoc`, out of the installed Redocly CLI, whose `build-docs` made the pages: both are
 * of one version.
 *
 * @param labels Redoc's names for its words, as the translations have them
 * @param words  words that Redoc writes and has no names for, which the pages look for
 * @throws {DocsError} when the installed Redoc is not as this expects it: a new version has to be looked at
 */
export function redocScript(labels: readonly string[], words: readonly string[] = []): string {
  let script = readFileSync(join(redoclyFolder(), "lib", "chunks", "redoc.standalone.js"), "utf8");
  for (const { what, from, to, times = 1 } of changes) {
    const parts = script.split(from);
    if (parts.length - 1 !== times) {
      throw new DocsError(
        `The installed Redoc has ${parts.length - 1} places for ${what}, not ${times}. Look at src/docs/redoc.ts after an update of @redocly/cli.`,
      );
    }
    script = parts.join(to);
  }
  const unknown = labels.filter(
    (label) => !script.includes(`\`${label}\``) && !script.includes(`redocLabels?.${label}|`),
  );
  if (unknown.length > 0) {
    throw new DocsError(
      `The installed Redoc has no words named ${unknown.join(", ")}; remove them from redoc in openapi/i18n/*.yaml.`,
    );
  }
  const gone = words.filter((word) => !script.includes(`\`${word}\``));
  if (gone.length > 0) {
    throw new DocsError(
      `The installed Redoc does not write ${gone.join(", ")}; look at search in openapi/i18n/*.yaml.`,
    );
  }
  return script;
}

/** The licences of Redoc and of what it is bundled with. */
export function redocLicences(): string {
  return ["LICENSE", "THIRD_PARTY_NOTICES"]
    .map((file) => readFileSync(join(redoclyFolder(), file), "utf8"))
    .join("\n\n");
}
