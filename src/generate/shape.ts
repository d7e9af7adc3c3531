import type { InstanceOptions } from "../redocly-plugin/options.js";
import type { Bundle } from "./bundle.ts";
import type { OpenApiDocument } from "./document.ts";

/** What stands for the values that are an instance's own. */
const standIn = {
  baseUrl: "https://shape.example/api",
  name: "Example",
  datetime: "2000-01-01 00:00:00",
};

/** A bundle without what tells it from others of the same shape. */
export interface Shape {
  /** The same for bundles that differ in the instance's name and address, and in the page that they were read from, alone. */
  key: string;
  document: OpenApiDocument;
  /** Puts the instance's own address into a text that was made from the shape. */
  own(text: string): string;
}

/**
 * The shape of a bundle. Instances of one version of the product differ in little more than where they are: what is true of one bundle, as
 * that it keeps the rules, and what is made of it, as its types, holds for all of its shape.
 */
export function shapeOf({ document }: Bundle, options: InstanceOptions | undefined): Shape {
  const baseUrl = options?.base_url;
  const { name, datetime } = options?.source.example ?? {};
  const withoutAddress = (value: unknown) =>
    typeof value === "string" && baseUrl !== undefined && value.startsWith(`${baseUrl}/`)
      ? standIn.baseUrl + value.slice(baseUrl.length)
      : value;
  /** The page's own handler is shown in examples, whose values stand under this key. */
  const withoutHandler = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_key, text) =>
        text === name ? standIn.name : text === datetime ? standIn.datetime : text,
      ),
    );
  const key = JSON.stringify(
    {
      ...document,
      info: { ...document.info, title: standIn.name },
      ...(options !== undefined && { servers: [{ url: standIn.baseUrl }], externalDocs: undefined }),
    },
    (key, value) => withoutAddress(key === "value" ? withoutHandler(value) : value),
  );
  return {
    key,
    document: JSON.parse(key) as OpenApiDocument,
    own: (text) => (baseUrl === undefined ? text : text.replaceAll(standIn.baseUrl, () => baseUrl)),
  };
}
