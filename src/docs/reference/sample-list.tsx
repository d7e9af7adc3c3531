import type { Reading } from "../reading.ts";
import { type Tool, tools } from "../samples/index.ts";
import { Code, Raw } from "./parts.tsx";
import type { CallView, ExampleView, OperationView } from "./views.ts";

/** The calls of an operation, each in all languages. Without scripts all are there, and curl is open. */
export function SampleList({ view, reading }: { view: OperationView; reading: Reading }) {
  const path = view.operation.parameters.find((it) => it.in === "path");
  return (
    <section class="samples">
      <h3>{reading.say("request")}</h3>
      <fieldset class="tools">
        <legend class="visually-hidden">{reading.say("tool")}</legend>
        {Object.entries(tools).map(([tool, { label }]) => (
          <button key={tool} type="button" data-tool={tool} aria-pressed="false">
            {label}
          </button>
        ))}
      </fieldset>
      {path && (
        <Raw as="p" class="caption" html={reading.sayHtml("setId", { variable: path.name.toUpperCase() })} />
      )}
      {view.samples.map((call, index) => (
        <Call key={index} call={call} view={view} reading={reading} />
      ))}
    </section>
  );
}

function Call({ call, view, reading }: { call: CallView; view: OperationView; reading: Reading }) {
  const { summary, isDocumented, type, samples } = call;
  const title = reading.text(summary ?? view.summary);
  return (
    <div class="call" {...(type && { "data-type": type })}>
      {summary && <Caption text={title} isDocumented={isDocumented} reading={reading} />}
      {samples.map(({ tool, source }) => (
        <details key={tool} class="sample" data-tool={tool} open={tool === ("curl" satisfies Tool)}>
          <summary>{tools[tool].label}</summary>
          <Code code={source} language={tools[tool].language} label={`${tools[tool].label}: ${title}`} />
        </details>
      ))}
    </div>
  );
}

function Caption({ text, isDocumented, reading }: { text: string; isDocumented: boolean; reading: Reading }) {
  return (
    <p class="caption">
      {text} {isDocumented && <span class="badge documented">{reading.say("documented")}</span>}
    </p>
  );
}

/** The example answers: the requested one in full, errors as their first line. */
export function ExampleList({ view, reading }: { view: OperationView; reading: Reading }) {
  return (
    <>
      {view.answers
        .filter(({ examples, isError }) => examples.length > 0 && !isError)
        .map(({ status, examples }) => (
          <section class="examples" key={status}>
            <h3>{reading.say("answerOf", { status })}</h3>
            {examples.map((example, index) => (
              <Example key={index} example={example} reading={reading} isOpen={index === 0} />
            ))}
          </section>
        ))}
    </>
  );
}

function Example({ example, reading, isOpen }: { example: ExampleView; reading: Reading; isOpen: boolean }) {
  const { summary, isDocumented, type, value } = example;
  const title = reading.text(summary ?? "");
  const code = (
    <Code
      code={JSON.stringify(value, null, 2)}
      language="json"
      label={`${reading.say("answer")}: ${title}`}
    />
  );
  if (type === undefined) {
    return (
      <details class="example" open={isOpen}>
        <summary>
          {title} {isDocumented && <span class="badge documented">{reading.say("documented")}</span>}
        </summary>
        {code}
      </details>
    );
  }
  return (
    <div data-type={type}>
      <Caption text={title} isDocumented={isDocumented} reading={reading} />
      {code}
    </div>
  );
}
