/**
 * What the instances' documentation pages state, transcribed by hand from the pages: facts, not sentences. The
 * contract is compared with this table cell by cell; where they disagree, one of them misread a page.
 */
export interface InstanceFacts {
  baseUrl: string;
  language: string;
  /** Where the page is; undefined where that is not known. */
  page: string | undefined;
  /** The datetime of the handler in the page's examples. */
  datetime: string;
  /** The handler types that the page allows. */
  types: string[];
  /** The fields that the page documents for each of those types, on create and on update alike. */
  fields: Record<string, string[]>;
  /** Fields that the page documents for types that it does not allow. */
  inertFields: Record<string, string[]>;
  /** Page sizes, their default and the default page, where they are not those of most pages (`shared`). */
  pages?: { sizes?: number[]; size?: number; page?: number };
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
    page: "https://tistos.com/id/api-documentation/notification-handlers",
    datetime: "2025-07-27 05:45:55",
    types: ["email", "webhook", "slack", "discord", "telegram", "microsoft_teams"],
    fields: { email, webhook, slack, discord, telegram, microsoft_teams: [] },
    inertFields: { x },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://tistos.com/api/notification-handlers?&page=1",
  },
  "dmpilot.ru": {
    baseUrl: "https://dmpilot.ru/api",
    language: "ko",
    page: "https://dmpilot.ru/ko/api-documentation/notification-handlers",
    datetime: "2025-06-07 02:07:50",
    types: ["email", "webhook", "slack", "discord", "telegram", "microsoft_teams"],
    fields: { email, webhook, slack, discord, telegram, microsoft_teams: [] },
    inertFields: { x },
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://dmpilot.ru/api/notification-handlers?&page=1",
  },
  "bitpeak.ru": {
    baseUrl: "https://bitpeak.ru/api",
    language: "uz",
    page: "https://bitpeak.ru/uz/api-documentation/notification-handlers",
    datetime: "2025-12-05 14:25:37",
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
    inertFields: {},
    listParameters: ["page", "results_per_page"],
    firstPageUrl: "https://bitpeak.ru/api/notification-handlers?page=1",
  },
  "k.aws.bj": {
    baseUrl: "https://k.aws.bj/api",
    language: "fr",
    page: undefined,
    datetime: "2026-05-13 23:51:49",
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
    inertFields: {},
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
    page: undefined,
    datetime: "2026-05-13 15:01:12",
    types: ["email", "webhook", "slack", "microsoft_teams", "google_chat", "internal_notification"],
    fields: {
      email,
      webhook,
      slack,
      microsoft_teams: ["microsoft_teams"],
      google_chat: ["google_chat"],
      internal_notification: [],
    },
    inertFields: {},
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
    listNotificationHandlers: ["400", "401", "429", "500", "default"],
    listNotificationHandlersByLink: ["400", "401", "429", "500", "default"],
    getNotificationHandler: ["401", "404", "429", "500", "default"],
    createNotificationHandler: ["400", "401", "429", "500", "default"],
    updateNotificationHandler: ["400", "401", "404", "429", "500", "default"],
    deleteNotificationHandler: ["401", "404", "429", "500", "default"],
  },
  /** The forms that every page sends, with the address that those show which don't hide it. */
  create: { type: "email", name: "Example", email: "hello@example.com" },
  update: { name: "Example new name", is_enabled: 1 },
  /** The handler that every page shows, but for its datetime. */
  handler: {
    id: 1,
    type: "email",
    name: "Work email",
    settings: { email: "hey@example.com" },
    is_enabled: true,
    last_datetime: null,
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

/**
 * The sentences that the contract says without a mark, each held against the pages: they say what a page says in words, by a name or in
 * an example, and no more. `{type}` stands for a handler type in backquotes. Whoever adds a sentence reads the pages first.
 */
export const sentences: readonly string[] = [
  // What the API is, and how it is called.
  "Where an account's notifications go.",
  "A notification handler is a destination for an account's notifications. This API lists, reads, creates, changes and deletes them.",
  "**Authentication.** Every request carries `Authorization: Bearer {api_key}`.",
  "**Bodies.** Requests that create or change a handler are forms (`multipart/form-data`); the fields depend on `type`. Answers are JSON.",
  "**Datetimes** in answers are `YYYY-MM-DD HH:MM:SS`, assumed to be UTC.",
  "**Evidence.** This contract was written from the documentation of the instances. What it does not say is inferred, and marked `x-evidence: inferred` with the assumption in `x-assumption`, or listed under an operation's `x-assumptions`. What only general documentation of the product says, such as the status codes and the error body, is marked `x-evidence: family`. Examples are made for this contract, unless they are marked `x-evidence: documented`.",
  "The destinations for an account's notifications.",
  "The API key, which every call in the documentation sends.",

  // Operations, their bodies and their answers.
  "List the handlers",
  "Answers with one page of the handlers.",
  "One page of the handlers.",
  "The handlers on this page.",
  "Read a handler",
  "Answers with one handler.",
  "One handler.",
  "The handler.",
  "Create a handler",
  "Creates a handler of the type in `type`. `name` and `type` are required. Each field of the type is optional. The answer contains only the new id.",
  "The handler to create, in the shape of its type.",
  "The form that creates a handler, one shape per type.",
  "Creates a handler of type {type}. Each field of the type is optional.",
  "Creates a handler of type {type}, for which no field is documented.",
  "The handler is created.",
  "Read the new handler.",
  "Change the new handler.",
  "Delete the new handler.",
  "Change a handler",
  "Changes what the form contains. Everything in it is optional. The answer contains only the id.",
  "What to change.",
  "The form that changes a handler. With `type` it has the shape of that type; there is one more shape without it.",
  "Changes a handler and sends its type, {type}.",
  "The handler is changed.",
  "The id of the handler that was created or changed. Read the handler to see the rest.",
  "The reference.",
  "Delete a handler",
  "Deletes the handler.",

  // The handler and its fields.
  "A notification handler. `type` says of which kind it is.",
  "A handler of type {type}.",
  "The types of handlers that are documented.",
  "The id of the handler.",
  "The name of the handler.",
  "Whether the handler is enabled.",
  "The settings of a handler of type {type}.",
  "The e-mail address.",
  "The URL of the webhook.",
  "The URL of the Slack webhook.",
  "The URL of the Discord webhook.",
  "The Telegram API token.",
  "The id of the Telegram chat.",
  "The URL of the Teams webhook.",
  "The phone number.",
  "The URL of the Google Chat webhook.",
  // A field of a type that the family does not have: its name is the page's.
  "The field {field} of type {type}.",

  // Lists.
  "The number of the page to return.",
  "How many handlers a page holds. Only these sizes are allowed.",
  "Where in the list this page is, and how long the list is.",
  "The number of this page.",
  "How many handlers a full page holds.",
  "How many handlers there are on all pages.",
  "How many pages there are.",
  "The URLs of this page of the list and of others.",
  "The first page.",
  "The last page.",
  "This page.",
  "The page after this one, or null.",
  "The page before this one, or null.",
  "The URL of one page of the list.",
  "The URL of one page of the list. Its query begins with its first parameter.",
  "The URL of one page of the list. Its page number follows an ampersand, even where nothing stands before it.",

  // Filters, on the pages that have them.
  "The field that `search` looks in.",
  "The field that the list is ordered by.",
  "The direction of the order: ascending or descending.",
];
