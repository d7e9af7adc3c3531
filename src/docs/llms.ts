import type { InstanceEntry } from "../description/index.ts";
import { publicPath } from "./frame.ts";
import { inEnglish, type Language } from "./languages.ts";
import { referenceFolder } from "./site-page.ts";

/** llms.txt (llmstxt.org): an overview for language models, in English, with links to the Markdown versions. */
export function renderLlms(
  instances: ReadonlyMap<string, InstanceEntry>,
  languages: ReadonlyMap<string, Language>,
  address: string | undefined,
): string {
  const at = (path: string) => (address === undefined ? path : new URL(publicPath(path), address).href);
  const lines = [...instances].map(([name, { language, types, baseUrl }]) => {
    const folder = referenceFolder(languages, { name, language }, inEnglish(languages));
    return `- [${name}](${at(`${folder}index.md`)}): ${baseUrl}, handler types ${types.join(", ")}; [OpenAPI](${at(`${name}/openapi.yaml`)})`;
  });
  return `# notification-handlers API

> Where an account's notifications go: e-mail, webhook, Slack, Telegram and so on. Independently run instances of one product serve it, and
> hardly two agree on every detail: read the reference of the instance that you call.

Requests carry \`Authorization: Bearer <key>\`; creates and updates are multipart forms; answers are JSON. What is marked "Inferred" is stated
by no documentation.

## Instances

${lines.join("\n")}

## Any other instance

- [The family](${at("family/index.md")}): the union of all of them; [OpenAPI](${at("family/openapi.yaml")})
`;
}
