import type { Description } from "../description/index.ts";

/** An instance as the page shows it. */
export interface PageInstance {
  readonly description: Description;
  /** Base URL of its mock, at the origin that the reader addressed. */
  readonly mockUrl: string;
  /** Base URL of its sandbox, where there is one; its API key is told to the person who started it. */
  readonly sandboxUrl?: string | undefined;
}

/** Text as it may stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A call that works when it is pasted into a shell: the first list that the contract has, with a key that any mock takes. */
export function curlLine({ description, mockUrl }: PageInstance): string {
  const list = description.operations.find(({ method, path }) => method === "GET" && !path.includes("{"));
  return `curl --header 'Authorization: Bearer any-key' '${mockUrl}${list?.path ?? "/"}'`;
}

/** The page at `/`: the instances, where their mocks are, what they have, and a call to begin with. */
export function renderPage(instances: readonly PageInstance[]): string {
  const sandboxes = instances.some((instance) => instance.sandboxUrl !== undefined)
    ? "<p>Sandboxes remember what is created, until the server stops. Their API key was printed when it started.</p>\n"
    : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>notification-handlers API: mocks</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>notification-handlers API</h1>
<p>Mocks of ${instances.length} instances, answering every call of their documentation with the contract's examples. They remember
nothing; any API key will do. Ask for other answers with a header: <code>Prefer: code=429</code> for an error,
<code>Prefer: dynamic=true</code> for generated data.</p>
${sandboxes}${instances.map(renderInstance).join("\n")}
</main>
</body>
</html>
`;
}

function renderInstance(instance: PageInstance): string {
  const { name, handlerTypes } = instance.description;
  const types = handlerTypes.map((type) => `<li><code>${escapeHtml(type)}</code></li>`).join("");
  const { sandboxUrl } = instance;
  const sandbox =
    sandboxUrl === undefined ? "" : `<dt>Sandbox</dt><dd><code>${escapeHtml(sandboxUrl)}</code></dd>\n`;
  return `<section aria-labelledby="${escapeHtml(name)}">
<h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>
<dl>
<dt>Mock</dt><dd><code>${escapeHtml(instance.mockUrl)}</code></dd>
${sandbox}<dt>Instance</dt><dd><code>${escapeHtml(instance.description.baseUrl)}</code></dd>
<dt>Handler types</dt><dd><ul>${types}</ul></dd>
</dl>
<pre><code>${escapeHtml(curlLine(instance))}</code></pre>
</section>`;
}

const style = `
:root { font: 1rem/1.6 system-ui, sans-serif; color: #1b1f24; background: #fff; --line: #d5dae0; --soft: #f3f5f7 }
@media (prefers-color-scheme: dark) { :root { color: #e4e7eb; background: #14171a; --line: #3a4149; --soft: #1f2429 } }
body { margin: 0 }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
h1 { line-height: 1.2 }
section { border-top: 1px solid var(--line); padding: .5rem 0 1rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 }
dd { margin: 0; min-width: 0 }
ul { display: flex; flex-wrap: wrap; gap: .25rem .5rem; list-style: none; margin: 0; padding: 0 }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
pre { background: var(--soft); padding: .75rem; white-space: pre-wrap; border-radius: .25rem }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
`;
