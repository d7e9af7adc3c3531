import { expect, test } from "vitest";
import { readHtml } from "../../src/import/html.ts";

/** A page, and its lines: number, text, and the cells of a row. */
test.each<[string, [number: number, text: string, cells?: string[]][]]>([
  [
    "<p>one</p><script>two</script><style>three</style><p>four</p>",
    [
      [1, "one"],
      [1, "four"],
    ],
  ],
  [
    "<p>a</p>\n\n<p>\n<code>b</code></p>",
    [
      [1, "a"],
      [4, "\u{E000}b\u{E001}"],
    ],
  ],
  ["<p>a <b>b</b><i>c</i><a href='x'>d</a></p>", [[1, "a b c d"]]],
  [
    "<p>a<br>b</p>\n<pre>x\n  y\n</pre><p>c</p>",
    [
      [1, "a"],
      [1, "b"],
      [2, "x"],
      [3, "y"],
      [4, "c"],
    ],
  ],
  [
    "<ul><li>a<li>b</ul>",
    [
      [1, "a"],
      [1, "b"],
    ],
  ],
  ["<p>a &amp; b&nbsp;c \u{E000}x</p>", [[1, "a & b c x"]]],
  [
    "<p>:</p><input value='GET'><input value='get'><input value='/a'>",
    [
      [1, ":"],
      [1, "GET /a"],
    ],
  ],
  [
    "<table>\n<tr>\n<td>page</td><td><span>Optional</span><span>Integer</span></td></tr></table>",
    [[2, "page Optional Integer", ["page", "Optional Integer"]]],
  ],
  ["<table><tr><td>a<br>b</td><td><p>c</p><p>d</p></td></tr></table>", [[1, "a b c d", ["a b", "c d"]]]],
  [
    "<table><tr><td><table><tr><td>in</td></tr></table></td><td>out</td></tr></table>",
    [
      [1, "in", ["in"]],
      [1, "out", ["", "out"]],
    ],
  ],
  [
    "<table><tr><td>a<tr><td>b",
    [
      [1, "a", ["a"]],
      [1, "b", ["b"]],
    ],
  ],
  ["<table><tr><td> <td> </table>", []],
])("%s", (html, lines) => {
  expect(readHtml(html).lines).toEqual(
    lines.map(([number, text, cells]) => ({ number, text, ...(cells && { cells }) })),
  );
});

test("a row is a heading if all of its cells are", () => {
  const html = "<table><tr><th>A<th>B<tr><th>a<td>b</table>";
  expect(readHtml(html).lines.map(({ isHeading }) => isHeading)).toEqual([true, undefined]);
});

test("lines are counted from the one where the part begins", () => {
  expect(readHtml("a\n<p>b", 5).lines.map(({ number }) => number)).toEqual([5, 6]);
});

test.each([
  ["<p>a</p>", false],
  ["<html><body>a</body></html>", false],
  ["<body>a</body>", false],
  ["<html>a", true],
  ["<body><p>a", true],
  ["<div>a", true],
  ["<ul><li>a", true],
  ["<p>a<li>b<td>c", false],
])("%s is cut off: %s", (html, isCut) => {
  expect(readHtml(html).isCut).toBe(isCut);
});

test.each([
  ['<html lang="fr"><p lang="de">a', "fr"],
  ['<html xml:lang="uz">', "uz"],
  ['<body lang="de">', undefined],
])("the language of %s is %s", (html, language) => {
  expect(readHtml(html).language).toBe(language);
});

test.each([
  [
    '<link rel="canonical" href="https://a.example/x"><meta property="og:url" content="y">',
    "https://a.example/x",
  ],
  ['<meta property="og:url" content="https://a.example/y">', "https://a.example/y"],
  ['<link rel="icon" href="x"><meta property="og:title" content="y"><a rel="canonical" href="z">', undefined],
])("the address of %s is %s", (html, url) => {
  expect(readHtml(html).url).toBe(url);
});

test.each([
  ["<div>".repeat(301), "The page nests more than 300 elements at line 1: that is no documentation page."],
  ["<b>x</b>".repeat(50_001), "It has 100002 tags: that is no documentation page."],
  ["&".repeat(100_001), "It has 100001 entities: that is no documentation page."],
])("what is no page is refused: %.5s", (html, message) => {
  expect(() => readHtml(html)).toThrow(message);
});
