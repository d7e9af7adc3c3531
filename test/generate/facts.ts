/**
 * What the five instances' documentation pages state, transcribed by hand from the pages: facts, not sentences. The
 * contract is compared with this table cell by cell; where they disagree, one of them misread a page.
 */
export interface InstanceFacts {
  baseUrl: string;
  language: string;
  /** The handler types that the page allows. */
  types: string[];
  /** The fields that the page documents for each of those types, on create and on update alike. */
  fields: Record<string, string[]>;
  /** The query parameters of the list, in no particular order. */
  listParameters: string[];
  /** How the page's example writes the URL of page 1. */
  firstPageUrl: string;
}

const email = ["email"];
const webhook = ["webhook"];
const slack = ["slack"];
const discord = ["discord"];
const telegram = ["telegram", "telegram_chat_id"];
const x = ["x_consumer_key", "x_consumer_secret", "x_access_token", "x_access_token_secret"];

export const facts: Record<string, InstanceFacts> = {
  "tistos.com": {
    baseUrl: "https://tistos.com/api",
    language: "id",
    types: ["email", "webhook", "slack", "discord", "telegram", "microsoft_teams"],
    fields: { email, webhook, slack, discord, telegram, microsoft_teams: [] },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://tistos.com/api/notification-handlers?&page=1",
  },
  "dmpilot.ru": {
    baseUrl: "https://dmpilot.ru/api",
    language: "ko",
    types: ["email", "webhook", "slack", "discord", "telegram", "microsoft_teams"],
    fields: { email, webhook, slack, discord, telegram, microsoft_teams: [] },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://dmpilot.ru/api/notification-handlers?&page=1",
  },
  "bitpeak.ru": {
    baseUrl: "https://bitpeak.ru/api",
    language: "uz",
    types: [
      "email",
      "webhook",
      "slack",
      "discord",
      "telegram",
      "microsoft_teams",
      "x",
      "google_chat",
      "internal_notification",
    ],
    fields: {
      email,
      webhook,
      slack,
      discord,
      telegram,
      microsoft_teams: ["microsoft_teams"],
      x,
      google_chat: ["google_chat"],
      internal_notification: [],
    },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://bitpeak.ru/api/notification-handlers?page=1",
  },
  "k.aws.bj": {
    baseUrl: "https://k.aws.bj/api",
    language: "fr",
    types: [
      "email",
      "webhook",
      "slack",
      "discord",
      "telegram",
      "microsoft_teams",
      "twilio",
      "x",
      "google_chat",
      "internal_notification",
    ],
    fields: {
      email,
      webhook,
      slack,
      discord,
      telegram,
      microsoft_teams: ["microsoft_teams"],
      twilio: ["twilio"],
      x,
      google_chat: ["google_chat"],
      internal_notification: [],
    },
    listParameters: [
      "page",
      "results_per_page",
      "search",
      "search_by",
      "is_enabled",
      "type",
      "datetime_field",
      "datetime_start",
      "datetime_end",
      "order_by",
      "order_type",
    ],
    firstPageUrl: "https://k.aws.bj/api/notification-handlers?page=1",
  },
  "app.conecto.ir": {
    baseUrl: "https://app.conecto.ir/api",
    language: "fa",
    types: ["email", "webhook", "slack", "microsoft_teams", "google_chat", "internal_notification"],
    fields: {
      email,
      webhook,
      slack,
      microsoft_teams: ["microsoft_teams"],
      google_chat: ["google_chat"],
      internal_notification: [],
    },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://app.conecto.ir/api/notification-handlers?page=1",
  },
};

/** What the pages agree on. */
export const shared = {
  results_per_page: { values: [10, 25, 50, 100, 250, 500, 1000], default: 25 },
  page: { default: 1 },
  resourceProperties: ["id", "type", "name", "settings", "is_enabled", "last_datetime", "datetime"],
  metaProperties: ["page", "results_per_page", "total", "total_pages"],
  linksProperties: ["first", "last", "next", "prev", "self"],
  operations: [
    ["get", "/notification-handlers/", "listNotificationHandlers"],
    ["get", "/notification-handlers", "listNotificationHandlersByLink"],
    ["get", "/notification-handlers/{notification_handler_id}", "getNotificationHandler"],
    ["post", "/notification-handlers", "createNotificationHandler"],
    ["post", "/notification-handlers/{notification_handler_id}", "updateNotificationHandler"],
    ["delete", "/notification-handlers/{notification_handler_id}", "deleteNotificationHandler"],
  ],
  /** The error answers that each operation can give, by the product family's general pages. */
  errors: {
    listNotificationHandlers: ["400", "401", "429", "500"],
    listNotificationHandlersByLink: ["400", "401", "429", "500"],
    getNotificationHandler: ["401", "404", "429", "500"],
    createNotificationHandler: ["400", "401", "429", "500"],
    updateNotificationHandler: ["400", "401", "404", "429", "500"],
    deleteNotificationHandler: ["401", "404", "429", "500"],
  },
  datetime: {
    good: "2026-05-13 15:01:12",
    bad: ["2026-05-13T15:01:12Z", "13-05-2026 15:01:12", "2026-05-13"],
  },
};

/** The list filters, on the one page that has them. */
export const filters: Record<string, { values?: string[]; good?: unknown; bad?: unknown }> = {
  search: { good: "work" },
  search_by: { values: ["name"] },
  is_enabled: { good: 1, bad: 7 },
  type: { values: facts["k.aws.bj"]!.types },
  datetime_field: { values: ["datetime", "last_datetime"] },
  datetime_start: { good: "13-05-2026 15:01:12", bad: "2026-05-13 15:01:12" },
  datetime_end: { good: "13-05-2026 15:01:12", bad: "2026-05-13 15:01:12" },
  order_by: { values: ["notification_handler_id", "datetime", "last_datetime", "name"] },
  order_type: { values: ["ASC", "DESC"] },
};
