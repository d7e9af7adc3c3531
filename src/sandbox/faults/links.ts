import { list } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

type Link = "first" | "last" | "next" | "prev" | "self";

/** Changes each URL in `links` that is not null. */
function links(edit: (url: string, link: Link, context: FaultContext) => string | null) {
  return list((body, context) => {
    for (const [name, url] of Object.entries(body.links)) {
      if (url !== null) body.links[name] = edit(url, name as Link, context);
    }
  });
}

/** Replaces the page number at the end of a URL. */
const toPage = (url: string, page: number) => url.replace(/\d+$/, String(page));
const pageOf = (url: string) => Number(/\d+$/.exec(url)?.[0]);

/** The URLs in `links`: missing, of another page, size, form or host. */
export const linkFaults: readonly Fault[] = [
  {
    name: "links-to-another-host",
    description: "Links lead to another host.",
    operations: ["list"],
    answer: links((url) => url.replace(/^https?:\/\/[^/]+/, "https://elsewhere.example")),
  },
  {
    name: "links-relative",
    description: "Links are paths without scheme and host.",
    operations: ["list"],
    answer: links((url) => url.replace(/^https?:\/\/[^/]+/, "")),
  },
  {
    name: "links-other-form",
    description: "Links have the form of other instances: with an ampersand before the page, or without.",
    operations: ["list"],
    answer: links((url, _link, { model }) =>
      model.roles.pageQuery.includes("&") ? url.replace("?&", "?") : url.replace("?", "?&"),
    ),
  },
  {
    name: "links-lose-the-query",
    description: "Links lose the query of the request, except for the page.",
    operations: ["list"],
    answer: links((url, _link, { model }) => url.replace(/\?.*?(\d+)$/, `${model.roles.pageQuery}$1`)),
  },
  {
    name: "links-next-stuck",
    description: "The link to the next page leads to the same page again.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      if (it.next) it.next = it.self ?? null;
    }),
  },
  {
    name: "links-next-never",
    description: "No page has a link to the next one.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? null : url)),
  },
  {
    name: "links-next-always",
    description: "Even the last page has a link to a next one.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.next ??= toPage(it.self ?? "", pageOf(it.self ?? "") + 1);
    }),
  },
  {
    name: "links-next-skips",
    description: "The link to the next page skips one page.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-prev-on-first",
    description: "The first page has a link to a previous one, page 0.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.prev ??= toPage(it.self ?? "", 0);
    }),
  },
  {
    name: "links-prev-never",
    description: "No page has a link to the previous one.",
    operations: ["list"],
    answer: links((url, link) => (link === "prev" ? null : url)),
  },
  {
    name: "links-first-wrong",
    description: "The link to the first page leads to page 2.",
    operations: ["list"],
    answer: links((url, link) => (link === "first" ? toPage(url, 2) : url)),
  },
  {
    name: "links-last-wrong",
    description: "The link to the last page leads to the page after it.",
    operations: ["list"],
    answer: links((url, link) => (link === "last" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-self-wrong",
    description: "The link to the page itself leads to page 1, on every page.",
    operations: ["list"],
    answer: links((url, link) => (link === "self" ? toPage(url, 1) : url)),
  },
  {
    name: "links-without-self",
    description: "There is no link to the page itself.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      delete it.self;
    }),
  },
];
