import type { ComponentChildren } from "preact";
import { type CodeLanguage, highlight } from "../highlight.ts";
import type { Reading } from "../reading.ts";
import type { Mark } from "./marks.ts";

/** HTML from the reading or the highlighter, in which text is escaped already. */
export function Raw({ html, as: Tag = "span", ...rest }: RawProps) {
  return <Tag {...rest} dangerouslySetInnerHTML={{ __html: html }} />;
}

interface RawProps {
  readonly html: string;
  readonly as?: "span" | "p" | "div" | "li" | "code" | "td";
  readonly class?: string;
}

/** The evidence of a statement as a label; documented statements have none. */
export function Badges({ marks, reading }: { marks: readonly Mark[]; reading: Reading }) {
  const levels = [...new Set(marks.map(({ level }) => level))];
  return (
    <>
      {levels.map((level) => (
        <span key={level} class={`badge ${level}`}>
          {reading.say(level)}
        </span>
      ))}
    </>
  );
}

/** The assumptions of the marks, one line each. */
export function Notes({ marks, reading }: { marks: readonly Mark[]; reading: Reading }) {
  return (
    <>
      {marks.map((mark) => {
        if (mark.level === "inferred" && mark.assumption)
          return <Note key={mark.assumption} assumption={mark.assumption} reading={reading} />;
        return null;
      })}
    </>
  );
}

export function Note({ assumption, reading }: { assumption: string; reading: Reading }) {
  const gap = "\u0001";
  const [before = "", after = ""] = reading.sayHtml("inferredNote", { assumption: gap }).split(gap);
  return <Raw as="p" class="note" html={before + reading.inline(assumption) + after} />;
}

/** A block of code. Scripts add a copy button. */
export function Code({ code, language, label }: { code: string; language: CodeLanguage; label: string }) {
  return (
    <pre data-label={label} dir="ltr">
      <Raw as="code" html={highlight(code, language)} />
    </pre>
  );
}

/** A heading that links to itself. */
export function Heading({
  id,
  level,
  children,
}: {
  id: string;
  level: 2 | 3 | 4;
  children: ComponentChildren;
}) {
  const Tag = `h${level}` as const;
  return (
    <Tag>
      <a class="self" href={`#${id}`}>
        {children}
      </a>
    </Tag>
  );
}
