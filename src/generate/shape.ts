import type { InstanceOptions } from "../redocly-plugin/options.js";
import type { Bundle } from "./bundle.ts";
import type { OpenApiDocument } from "./document.ts";
import { digestOf } from "./memo.ts";

/** Placeholders for values that only one instance has. */
const standIn = {
  baseUrl: "https://shape.example/api",
  name: "Example",
  datetime: "2000-01-01 00:00:00",
};

/** A bundle in a form that it shares with similar instances. */
export interface Shape {
  /** The same for bundles that differ only in the instance's name, base URL and page. */
  key: string;
  /** Made at each call: many shapes are kept, and few are looked at. */
  document(): OpenApiDocument;
  /** Replaces the placeholders in a text that was made from the shape. */
  own(text: string): string;
}

/**
 * The shape of a bundle. Instances with the same version of the product differ in little more than their base URL. What is derived from one
 * bundle (its types), or checked (its lint result), holds for all bundles of its shape.
 */
export function shapeOf({ document }: Bundle, options: InstanceOptions | undefined): Shape {
  const baseUrl = options?.base_url;
  const { name, datetime } = options?.source.example ?? {};
  const withoutAddress = (value: unknown) =>
    typeof value === "string" && baseUrl !== undefined && value.startsWith(`${baseUrl}/`)
      ? standIn.baseUrl + value.slice(baseUrl.length)
      : value;
  /** The values of examples with the page's own handler are under this key. */
  const withoutHandler = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_key, text) =>
        text === name ? standIn.name : text === datetime ? standIn.datetime : text,
      ),
    );
  const text = JSON.stringify(
    {
      ...document,
      info: { ...document.info, title: standIn.name },
      ...(options !== undefined && { servers: [{ url: standIn.baseUrl }], externalDocs: undefined }),
    },
    (key, value) => withoutAddress(key === "value" ? withoutHandler(value) : value),
  );
  return {
    key: digestOf(text),
    document: () => JSON.parse(text) as OpenApiDocument,
    own: (made) => (baseUrl === undefined ? made : made.replaceAll(standIn.baseUrl, () => baseUrl)),
  };
}
