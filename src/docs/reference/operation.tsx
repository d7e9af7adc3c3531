import type { Reading } from "../reading.ts";
import { FieldList } from "./field-list.tsx";
import { Badges, Code, Heading, Note, Notes, Raw } from "./parts.tsx";
import { ExampleList, SampleList } from "./sample-list.tsx";
import { type AnswerView, type OperationView, otherType, type Reference, type Shape } from "./views.ts";

interface SectionProps {
  readonly reference: Reference;
  readonly reading: Reading;
}

/** An operation: its input and answers next to its samples. On narrow screens the samples are in between. */
export function OperationSection({ view, reference, reading }: SectionProps & { view: OperationView }) {
  const { operation, slug, summary, description, marks, assumptions, parameters, like } = view;
  const alike = reference.operations.find((each) => each.slug === like);
  return (
    <section class="operation" id={slug} aria-labelledby={`${slug}.title`}>
      <div class="words">
        <h2 id={`${slug}.title`}>
          <a class="self" href={`#${slug}`}>
            {reading.text(summary)}
          </a>{" "}
          <Badges marks={marks} reading={reading} />
        </h2>
        <p class="endpoint" dir="ltr">
          <span class={`method ${operation.method.toLowerCase()}`}>{operation.method}</span>{" "}
          <code>{operation.path}</code>
        </p>
        {description && <Raw as="p" html={reading.inline(description)} />}
        <Notes marks={marks} reading={reading} />
        {assumptions.map((assumption) => (
          <Note key={assumption} assumption={assumption} reading={reading} />
        ))}
        {alike && (
          <p>
            {reading.say("alike")} <a href={`#${alike.slug}`}>{reading.text(alike.summary)}</a>
          </p>
        )}
        {parameters.map(({ location, fields }) => (
          <section key={location}>
            <h3>{reading.say(`${location}Parameters`)}</h3>
            <FieldList fields={fields} reading={reading} carrier={location} />
          </section>
        ))}
        <Body view={view} reading={reading} />
      </div>
      <div class="aside">
        <SampleList view={view} reading={reading} />
        <ExampleList view={view} reading={reading} />
        <details class="try" hidden data-method={operation.method} data-path={operation.path}>
          <summary>{reading.say("tryIt")}</summary>
        </details>
      </div>
      <div class="words">
        <Answers view={view} reference={reference} reading={reading} />
      </div>
    </section>
  );
}

function Body({ view: { body, slug }, reading }: { view: OperationView; reading: Reading }) {
  if (body === undefined) return null;
  return (
    <section>
      <h3>
        {reading.say("body")} <code>{body.mediaType}</code> <Badges marks={body.marks} reading={reading} />
      </h3>
      {body.description && <Raw as="p" html={reading.inline(body.description)} />}
      <Notes marks={body.marks} reading={reading} />
      <FieldList
        fields={body.shared}
        reading={reading}
        carrier="form"
        types={{ name: body.property, slug }}
      />
      <TypeList shape={body} slug={slug} reading={reading} carrier="form" />
    </section>
  );
}

/** The fields of each handler type, below one choice of the type. */
export function TypeList({
  shape,
  slug,
  reading,
  carrier,
  level = 4,
}: {
  shape: Shape;
  slug: string;
  reading: Reading;
  carrier?: "form";
  /** The level of the headings: one below that of their parent. */
  level?: 3 | 4;
}) {
  if (shape.byType.length === 0) return null;
  return (
    <>
      <div class="types">
        <span class="label">{reading.say("chooseType")}</span>{" "}
        {shape.byType.map(({ type }) => (
          <>
            <a key={type} href={`#${slug}/${type}`} data-choose={type}>
              {nameOf(type, reading)}
            </a>{" "}
          </>
        ))}
      </div>
      {shape.byType.map(({ type, description, marks, fields }) => (
        <section key={type} id={`${slug}/${type}`} class="type-fields" data-type={type}>
          <Heading id={`${slug}/${type}`} level={level}>
            {type === otherType ? (
              nameOf(type, reading)
            ) : (
              <Raw html={reading.sayHtml("fieldsOf", { type })} />
            )}
          </Heading>
          {description && <Raw as="p" html={reading.inline(description)} />}
          {fields.length === 0 && <p>{reading.say("noFields")}</p>}
          <FieldList fields={fields} reading={reading} {...(carrier && { carrier })} />
          <Notes marks={marks} reading={reading} />
        </section>
      ))}
    </>
  );
}

function nameOf(type: string, reading: Reading): string {
  return type === otherType ? reading.say("otherType") : type;
}

function Answers({ view, reference, reading }: SectionProps & { view: OperationView }) {
  if (view.answers.length === 0) return null;
  return (
    <section>
      <h3>{reading.say("answers")}</h3>
      <dl class="answers">
        {view.answers.map((answer) => (
          <Answer key={answer.id} answer={answer} reference={reference} reading={reading} />
        ))}
      </dl>
    </section>
  );
}

function Answer({ answer, reference, reading }: SectionProps & { answer: AnswerView }) {
  const { status, id, description, marks, headers, fields, isError, links } = answer;
  return (
    <div id={id}>
      <dt>
        <a class="self" href={`#${id}`}>
          <code class={`status s${status.slice(0, 1)}`}>
            {status === "default" ? reading.say("anyStatus") : status}
          </code>
        </a>{" "}
        <Badges marks={marks} reading={reading} />
      </dt>
      <dd>
        {description && <Raw as="p" html={reading.inline(description)} />}
        <Notes marks={marks} reading={reading} />
        {isError && (
          <p class="soft">
            <a href="#errors">{reading.say("errorBody")}</a>
          </p>
        )}
        {headers.length > 0 && <FieldList fields={headers} reading={reading} />}
        <FieldList fields={fields} reading={reading} handler={reference.handler.pointer} />
        {links.length > 0 && (
          <p class="soft">
            {links.map(({ text, slug }) => (
              <>
                <a href={`#${slug}`}>{reading.text(text)}</a>{" "}
              </>
            ))}
          </p>
        )}
      </dd>
    </div>
  );
}

/** The handler as in answers. */
export function HandlerSection({ reference, reading }: SectionProps) {
  const { handler } = reference;
  return (
    <section class="operation" id="handler" aria-labelledby="handler.title">
      <div class="words">
        <h2 id="handler.title">
          <a class="self" href="#handler">
            {reading.say("handler")}
          </a>
        </h2>
        {handler.description && <Raw as="p" html={reading.inline(handler.description)} />}
        <Notes marks={handler.marks} reading={reading} />
        <FieldList
          fields={handler.shared}
          reading={reading}
          types={{ name: handler.property, slug: "handler" }}
        />
        <TypeList shape={handler} slug="handler" reading={reading} level={3} />
      </div>
    </section>
  );
}

/** The body of all errors, and the meaning of each. */
export function ErrorsSection({ reference, reading }: SectionProps) {
  const { errors, operations } = reference;
  if (errors === undefined) return null;
  const answers = new Map(
    operations
      .flatMap((each) => each.answers)
      .filter(({ isError, examples }) => isError && examples.length > 0)
      .map((answer) => [answer.examples[0]?.summary, answer] as const),
  );
  return (
    <section class="operation" id="errors" aria-labelledby="errors.title">
      <div class="words">
        <h2 id="errors.title">
          <a class="self" href="#errors">
            {reading.say("errors")}
          </a>{" "}
          <Badges marks={errors.marks} reading={reading} />
        </h2>
        <p>{reading.say("errorsIntro")}</p>
        {errors.description && <Raw as="p" html={reading.inline(errors.description)} />}
        <Notes marks={errors.marks} reading={reading} />
        <FieldList fields={errors.fields} reading={reading} />
      </div>
      <div class="aside">
        <section class="examples">
          <h3>{reading.say("answer")}</h3>
          {[...answers.values()].map(({ status, examples: [example] }, index) => (
            <details key={status} class="example" open={index === 0}>
              <summary>
                <code>{status === "default" ? "" : status}</code> {reading.text(example?.summary ?? "")}
              </summary>
              <Code
                code={JSON.stringify(example?.value, null, 2)}
                language="json"
                label={`${reading.say("answer")}: ${reading.text(example?.summary ?? "")}`}
              />
            </details>
          ))}
        </section>
      </div>
    </section>
  );
}
