import { publicPath } from "./frame.ts";
import { escapeHtml } from "./html.ts";

/** A sitemap (sitemaps.org). It requires absolute URLs. */
export function sitemap(pages: readonly string[], address: string): string {
  const urls = pages.map((path) => {
    return `<url><loc>${escapeHtml(new URL(publicPath(path), address).href)}</loc></url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("\n")}
</urlset>
`;
}

/** robots.txt: robots may read everything. */
export function robots(address: string | undefined): string {
  const map = address === undefined ? "" : `\nSitemap: ${new URL("sitemap.xml", address).href}\n`;
  return `User-agent: *\nAllow: /\n${map}`;
}
