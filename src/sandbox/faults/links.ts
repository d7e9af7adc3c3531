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
    answer: links((url) => url.replace(/^http:\/\/[^/]+/, "https://elsewhere.example")),
  },
  {
    name: "links-relative",
    description: "Links are paths without scheme and host.",
    operations: ["list"],
    answer: links((url) => url.replace(/^http:\/\/[^/]+/, "")),
  },
  {
    name: "links-other-form",
    description:
      "Links are written in the form of the other instances: with the ampersand before the page, or without it.",
    operations: ["list"],
    answer: links((url, _link, { model }) =>
      model.roles.pageQuery.includes("&") ? url.replace("?&", "?") : url.replace("?", "?&"),
    ),
  },
  {
    name: "links-lose-the-query",
    description: "Links lack the query that was asked for, but for the page.",
    operations: ["list"],
    answer: links((url, _link, { model }) => url.replace(/\?.*?(\d+)$/, `${model.roles.pageQuery}$1`)),
  },
  {
    name: "links-next-stuck",
    description: "The next page is the page itself.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      if (it.next) it.next = it.self ?? null;
    }),
  },
  {
    name: "links-next-never",
    description: "There is never a next page.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? null : url)),
  },
  {
    name: "links-next-always",
    description: "The last page has a next one, too.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.next ??= toPage(it.self ?? "", pageOf(it.self ?? "") + 1);
    }),
  },
  {
    name: "links-next-skips",
    description: "The next page is the one after the next.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-prev-on-first",
    description: "The first page has a previous one, with number 0.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.prev ??= toPage(it.self ?? "", 0);
    }),
  },
  {
    name: "links-prev-never",
    description: "There is never a previous page.",
    operations: ["list"],
    answer: links((url, link) => (link === "prev" ? null : url)),
  },
  {
    name: "links-first-wrong",
    description: "The first page is said to be number 2.",
    operations: ["list"],
    answer: links((url, link) => (link === "first" ? toPage(url, 2) : url)),
  },
  {
    name: "links-last-wrong",
    description: "The last page is said to be one after the last.",
    operations: ["list"],
    answer: links((url, link) => (link === "last" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-self-wrong",
    description: "Every page says of itself that it is the first.",
    operations: ["list"],
    answer: links((url, link) => (link === "self" ? toPage(url, 1) : url)),
  },
  {
    name: "links-without-self",
    description: "Links do not name the page itself.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      delete it.self;
    }),
  },
];
