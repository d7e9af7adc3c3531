/** The style sheet of the page. It refers to no other file or host, so the page is self-contained. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1c2024; --quiet: #5b636c; --line: #d9dee3; --panel: #f5f7f9; --bar: #3e63dd; --link: #1d4fd7;
  --honoured: #18794e; --deviates: #c62a2f; --unavailable: #8a5a00; --unset: #7c4a9e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e9ecef; --quiet: #a3acb5; --line: #333a41; --panel: #1d2125; --bar: #7c9cff; --link: #9db5ff;
    --honoured: #4cc38a; --deviates: #ff7b7f; --unavailable: #f1b544; --unset: #c9a1e6;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0 .75rem; }
a { color: var(--link); }
.phone { display: none; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1.25rem 0; list-style: none; }
.counts li { flex: 1 1 8rem; padding: .5rem .9rem .6rem; border: 1px solid var(--line); border-inline-start: .3rem solid currentColor; border-radius: .4rem; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; }
.counts span { color: var(--ink); }
.honoured { color: var(--honoured); } .deviates { color: var(--deviates); }
.unavailable { color: var(--unavailable); } .unset { color: var(--unset); } .none { color: var(--line); }
.tag { font-weight: 600; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .875rem; color: var(--quiet); font-weight: 600; }
td.quiet { font-weight: 400; }
td:first-child { min-width: 9rem; }
section { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid var(--line); }
article { margin: .75rem 0; padding: .75rem 1rem; background: var(--panel); border-radius: .4rem; border-inline-start: .3rem solid var(--line); }
article.failure { border-color: var(--deviates); } article.warning { border-color: var(--unavailable); }
article.accepted { border-color: var(--unset); }
article h3 { margin-top: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .5rem 0 0; font-size: .9rem; }
dt { color: var(--quiet); } dd { margin: 0; min-width: 0; }
code, pre { font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { margin: .5rem 0 0; padding: .6rem .75rem; white-space: pre-wrap; background: var(--paper); border: 1px solid var(--line); border-radius: .3rem; }
summary { cursor: pointer; color: var(--link); font-size: .9rem; }
details { margin-top: .5rem; }
ul { padding-inline-start: 1.25rem; margin: .25rem 0 .75rem; }
figure { margin: .75rem 0 0; } figcaption { font-size: .875rem; color: var(--quiet); margin-bottom: .35rem; }
svg { display: block; width: 100%; max-width: 34rem; height: auto; }
svg rect { fill: var(--bar); } svg text { fill: var(--quiet); font: 11px system-ui, sans-serif; } svg line { stroke: var(--line); }
@media (max-width: 40rem) {
  h1 { font-size: 1.35rem; }
  .phone { display: inline; }
  .counts li { flex-basis: 40%; }
  thead { display: none; }
  tbody tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; border: 0; padding: 0; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .35rem; }
}
@media print { details { display: block; } body { max-width: none; } article { break-inside: avoid; } }
`;
