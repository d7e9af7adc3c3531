import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, html, raw, scriptJson } from "../../src/docs/html.ts";

test.each([
  [html`<p>${"<b>&\"'"}</p>`, "<p>&#60;b&#62;&#38;&#34;&#39;</p>"],
  [html`<p>${raw("<b>x</b>")}</p>`, "<p><b>x</b></p>"],
  [html`<ul>${["a", "<"].map((each) => html`<li>${each}</li>`)}</ul>`, "<ul><li>a</li><li>&#60;</li></ul>"],
  [html`${0}${false}${undefined}${null}`, "0"],
])("markup %# is escaped where it is text", (given, want) => expect(given.html).toBe(want));

test("whatever is put in is text", () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
});

test("a value in a script ends no script and reads back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = scriptJson(value);
      expect(text).not.toMatch(/[<\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
