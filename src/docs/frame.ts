import { createHash } from "node:crypto";
import { asset, assetPath } from "./assets.ts";
import { type Html, html, raw } from "./html.ts";
import { english, type Language } from "./languages.ts";
import type { Translation } from "./site-page.ts";

/** What differs between the pages of the site. */
export interface Frame {
  readonly language: Language;
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  /** The relative path to the site's folder, with a final slash; empty in that folder. */
  readonly root: string;
  /** The page's path in the site; undefined for a page without a URL of its own. */
  readonly path?: string | undefined;
  /** The absolute URL of the site, with a final slash, if it is known. */
  readonly address?: string | undefined;
  /** The same page in other languages. */
  readonly others?: readonly Translation[];
  /** Style sheets: files of assets/, or paths on the server, which begin with a slash. */
  readonly styles: readonly string[];
  readonly bodyClass?: string;
  /** The handler types to choose from. */
  readonly types?: readonly string[];
  /** Whether the page may send requests to a URL that the reader types. */
  readonly mayConnect?: boolean;
  readonly body: Html;
}

/** Runs before the first paint: applies colours and the reader's choices. */
const early = asset("early.js");
const earlyDigest = `'sha256-${createHash("sha256").update(early).digest("base64")}'`;

/** The digests of inline scripts, for a Content-Security-Policy. */
export const scriptDigests: readonly string[] = [earlyDigest];

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230b6b5d' d='M8 1a4.5 4.5 0 0 0-4.5 4.5V9L2 11.5h12L12.5 9V5.5A4.5 4.5 0 0 0 8 1zM6 13a2 2 0 0 0 4 0z'/%3E%3C/svg%3E";

/** A complete page of the site. It loads nothing from other hosts, and only the site's own scripts. */
export function pageFrame(frame: Frame): string {
  const { language, title, description, root, styles, bodyClass, types, body } = frame;
  const connect = frame.mayConnect ? "'self' http: https:" : "'self'";
  const policy = `default-src 'none'; script-src 'self' ${earlyDigest}; style-src 'self'; img-src 'self' data:; connect-src ${connect}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${language.code}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${types && html`<meta name="handler-types" content="${types.join(" ")}">`}
<title>${title}</title>
${addresses(frame)}
<link rel="icon" href="${raw(icon)}">
${styles.map((file) => html`<link rel="stylesheet" href="${file.startsWith("/") ? file : root + assetPath(file)}">\n`)}<script>${raw(early)}</script>
</head>
<body${bodyClass && html` class="${bodyClass}"`}>
${body}
</body>
</html>
`.html;
}

/** Metadata for search engines and previews. They need absolute URLs, so there are none if the site's URL is unknown. */
function addresses(frame: Frame): Html {
  const { language, title, description, path, address } = frame;
  if (path === undefined) return html`<meta name="robots" content="noindex">`;
  return html`${address !== undefined && wholeAddresses(frame, new URL(publicPath(path), address))}<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:locale" content="${language.code}">`;
}

/** The absolute URLs of the page and of its translations. */
function wholeAddresses({ language, others = [] }: Frame, own: URL): Html {
  const all = others.length === 0 ? [] : [{ language, href: own.href }, ...others];
  return html`<link rel="canonical" href="${own.href}">
<meta property="og:url" content="${own.href}">
${all.map((each) => {
  const href = new URL(publicPath(each.href), own).href;
  const isDefault = each.language.code === english;
  return html`<link rel="alternate" hreflang="${each.language.code}" href="${href}">
${isDefault && html`<link rel="alternate" hreflang="x-default" href="${href}">\n`}`;
})}`;
}

/** The path of a page as hosts serve it: without `index.html`. */
export function publicPath(path: string): string {
  return path.replace(/(^|\/)index\.html$/, "$1");
}
