import type { Reading } from "../reading.ts";
import type { Field } from "./fields.ts";
import { Badges, Notes, Raw } from "./parts.tsx";

interface FieldListProps {
  readonly fields: readonly Field[];
  readonly reading: Reading;
  /** Where the request carries the fields; try.js builds requests from them. */
  readonly carrier?: "path" | "query" | "form";
  /** Pointer of the handler, which has its own section. */
  readonly handler?: string;
  /** If the fields' values are handler types: the operation that their links lead to. */
  readonly types?: { readonly name: string; readonly slug: string } | undefined;
}

/** A list of fields. The fields of an object are nested below it. */
export function FieldList({ fields, ...rest }: FieldListProps) {
  if (fields.length === 0) return null;
  return (
    <dl class="fields">
      {fields.map((field) => (
        <FieldItem key={field.id} field={field} {...rest} />
      ))}
    </dl>
  );
}

function FieldItem({ field, ...rest }: Omit<FieldListProps, "fields"> & { field: Field }) {
  const { reading, carrier, handler, types } = rest;
  const { id, name, type, isRequired, description, marks, children, forms, target } = field;
  const isHandler = handler !== undefined && target === handler;
  return (
    <div id={id} {...(carrier && { "data-in": carrier, "data-name": name })}>
      <dt>
        <a class="self" href={`#${id}`}>
          <code>{name}</code>
        </a>{" "}
        <span class="type" dir="ltr">
          {type}
        </span>{" "}
        {isRequired && <span class="required">{reading.say("required")}</span>}{" "}
        <Badges marks={marks} reading={reading} />
      </dt>
      <dd>
        {description && <Raw as="p" html={reading.inline(description)} />}
        {isHandler && (
          <p>
            <a href="#handler">{reading.say("handlerLink")}</a>
          </p>
        )}
        {forms.map((form) => (
          <Raw key={form} as="p" html={reading.inline(form)} />
        ))}
        <Limits field={field} reading={reading} types={types?.name === name ? types.slug : undefined} />
        <Notes marks={marks} reading={reading} />
        {!isHandler && <FieldList {...rest} fields={children} />}
      </dd>
    </div>
  );
}

/** The values that a field may have. */
function Limits({ field, reading, types }: { field: Field; reading: Reading; types: string | undefined }) {
  const { values, preset, minimum, pattern, format } = field;
  const limits = [
    ...(preset === undefined ? [] : [reading.sayHtml("preset", { value: written(preset) })]),
    ...(minimum === undefined ? [] : [reading.sayHtml("minimum", { value: String(minimum) })]),
    ...(format === undefined ? [] : [reading.sayHtml("format", { value: format })]),
    ...(pattern === undefined ? [] : [reading.sayHtml("pattern", { value: pattern })]),
  ];
  return (
    <>
      {values.length > 0 && (
        <p class="values">
          {reading.say("values", { count: values.length })}{" "}
          {values.map((value) => {
            const code = <code key={String(value)}>{written(value)}</code>;
            return types === undefined ? (
              <>{code} </>
            ) : (
              <>
                <a href={`#${types}/${value}`}>{code}</a>{" "}
              </>
            );
          })}
        </p>
      )}
      {limits.map((html) => (
        <Raw key={html} as="p" class="limit" html={html} />
      ))}
    </>
  );
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
