// Private to the reference page: its style and script.
#pragma once

#include <string_view>

namespace signalbox::gateway {

inline constexpr std::string_view kReferenceStyle = R"css(
:root{color-scheme:light dark;--ground:#fff;--raised:#f5f6f8;--line:#d9dde3;--text:#1b1f24;--quiet:#59626e;
--link:#0b57d0;--get:#0b6b53;--post:#0b57d0;--put:#8a5300;--delete:#b3261e}
@media(prefers-color-scheme:dark){:root{--ground:#14171b;--raised:#1c2026;--line:#323942;--text:#e6e9ed;
--quiet:#a3adb9;--link:#8ab4f8;--get:#6fd3b3;--post:#8ab4f8;--put:#f2b866;--delete:#f2a29c}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code,.path{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.92em}
.page{display:grid;grid-template-columns:15rem minmax(0,1fr);max-width:76rem;margin:0 auto}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line)}
nav h2{font-size:.8rem;color:var(--quiet);margin:1.2rem 0 .3rem;font-weight:600}
nav a{display:block;padding:.15rem 0;color:var(--text)}
main{padding:1.5rem 2rem 6rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .3rem}
main h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
.quiet{color:var(--quiet)}
input{width:100%;font:inherit;padding:.45rem .6rem;color:var(--text);background:var(--ground);
border:1px solid var(--quiet);border-radius:6px}
details{border:1px solid var(--line);border-radius:6px;margin:.4rem 0;background:var(--ground)}
details[open]{background:var(--raised)}
summary{display:grid;grid-template-columns:4.2rem minmax(0,23rem) minmax(0,1fr);gap:.6rem;align-items:baseline;
padding:.45rem .8rem;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.type summary{grid-template-columns:minmax(0,1fr)}
.path{overflow-wrap:anywhere}
.method{font-weight:700;font-size:.78rem}
.GET{color:var(--get)}.POST{color:var(--post)}.PUT{color:var(--put)}.DELETE{color:var(--delete)}
.inside{padding:.2rem .8rem .9rem;overflow-x:auto}
h4{font-size:.85rem;margin:.9rem 0 .2rem}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);font-weight:400}
th{color:var(--quiet);font-size:.82rem}
pre{margin:.3rem 0;padding:.6rem .8rem;background:var(--ground);border:1px solid var(--line);border-radius:6px;overflow:auto}
[hidden]{display:none!important}
@media(max-width:52rem){.page{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}
nav .links{columns:2}main{padding:1rem}summary{grid-template-columns:4.2rem minmax(0,1fr)}summary .what{grid-column:2}}
@media print{nav{display:none}.page{display:block}}
)css";

inline constexpr std::string_view kReferenceScript = R"js(
const field = document.getElementById('search');
const rows = [...document.querySelectorAll('details,.code')];
const none = document.getElementById('none');
function filter() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !words.every(word => row.dataset.text.includes(word));
  for (const part of document.querySelectorAll('section')) part.hidden = !part.querySelector('details:not([hidden]),.code:not([hidden])');
  none.hidden = rows.some(row => !row.hidden);
}
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden) { field.value = ''; filter(); }
  if (target.tagName === 'DETAILS') target.open = true;
  target.scrollIntoView();
}
field.addEventListener('input', filter);
addEventListener('hashchange', reveal);
addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  if (event.key === 'Escape' && document.activeElement === field) { field.value = ''; filter(); }
});
reveal();
)js";

}  // namespace signalbox::gateway
