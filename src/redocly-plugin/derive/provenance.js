import { texts } from "../texts.js";

/**
 * States whose contract the document is, the instance's base URL, and the page that it was read from.
 *
 * @param {import("../document.js").Node} document
 * @param {string} name
 * @param {import("../options.js").InstanceOptions} options
 */
export function deriveProvenance(document, name, { base_url: url, source }) {
  document.info.title = `${document.info.title} of ${name}`;
  document.servers = [{ url, description: name }];
  const language = new Intl.DisplayNames("en", { type: "language" }).of(source.language) ?? source.language;
  document.externalDocs =
    source.url === undefined
      ? { url: `${new URL(url).origin}/`, description: texts.pageWithoutAddress(language, source.seen) }
      : { url: source.url, description: texts.page(language, source.seen) };
}
