import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import type { HostPage } from './loader-site.js';

const require = createRequire(import.meta.url);
const cssOf = (path: string): string => readFileSync(require.resolve(path), 'utf8');

/** Tailwind's own build puts the default of each theme function in its place. */
const preflight = cssOf('tailwindcss/preflight.css').replace(/--theme\(\s*[\w-]+,([^;]+)\)/g, '$1');

/** What a page shows of its own: what a leak of ours would change, away from where the chat lies. */
export const body = `<main>
  <h2>Blue Roadster 52</h2>
  <p>Hub gears, <a href="#bell">a bell</a> and <b>mudguards</b>.</p>
  <label>Frame number <input value="FC-1952"></label>
  <button type="button" class="btn btn-primary rounded">Add to basket</button>
  <section part="panel"><header class="header"><span class="greeting">Reviews</span></header></section>
  <ul class="log"><li class="message">Rides well.</li></ul>
</main>`;

const reset = `html, body, div, span, h1, h2, h3, p, a, b, ul, li, form, label, header, section, button,
  input, textarea { margin: 0; padding: 0; border: 0; font: inherit; vertical-align: baseline; }
  * { box-sizing: content-box; list-style: none; line-height: 1; }
  button { all: unset; } :focus, :focus-visible { outline: none !important; }
  svg { display: block; fill: red; width: 100%; } [hidden] { display: block !important; }
  :not(:defined) { visibility: hidden; opacity: 0; }`;

/**
 * All that can be said of every element. What a root does to all that is in it (fading, moving,
 * clipping, a ground of its own) is taken back from the root: nothing on the page escapes that.
 */
const everything = `*, *::before, *::after {
    position: static !important; inset: 7px auto auto 7px !important; z-index: -1 !important;
    display: inline-block !important; float: left !important; box-sizing: content-box !important;
    width: 90px !important; height: 31px !important; min-width: 60px !important;
    max-width: 120px !important; max-height: 60px !important; margin: 9px !important;
    padding: 11px !important; border: 3px dotted red !important; border-radius: 0 !important;
    outline: 4px solid blue !important; background: yellow !important; color: lime !important;
    fill: lime !important; stroke: red !important; stroke-width: 5 !important;
    font: italic 900 27px/3 fantasy !important; letter-spacing: 4px !important;
    word-spacing: 9px !important; text-transform: uppercase !important; text-indent: 19px !important;
    text-align: right !important; text-shadow: 2px 2px red !important; white-space: pre !important;
    writing-mode: vertical-rl !important; direction: rtl !important;
    unicode-bidi: bidi-override !important; overflow: hidden !important; opacity: 0.4 !important;
    visibility: hidden !important; transform: rotate(30deg) !important; scale: 2 !important;
    translate: 40px 40px !important; rotate: 9deg !important; filter: blur(3px) !important;
    clip-path: circle(8px) !important; mask-image: linear-gradient(red, #0000) !important;
    mix-blend-mode: difference !important; box-shadow: 0 0 9px red !important;
    cursor: wait !important; pointer-events: none !important; user-select: none !important;
    animation: spin 1s infinite !important; transition: all 3s !important; zoom: 1.3 !important;
    columns: 2 !important; content-visibility: hidden !important; contain: strict !important;
    color-scheme: dark !important; -webkit-text-fill-color: red !important; }
  *::before, *::after { content: 'X' !important; visibility: visible !important; opacity: 1 !important; }
  @keyframes spin { to { transform: rotate(1turn); } }
  html.shop.shop, html.shop.shop body { all: initial !important; display: block !important;
    direction: ltr !important; }`;

const inherited = `html { color: red; cursor: wait; font: italic 900 27px/3 fantasy; letter-spacing: 4px;
    word-spacing: 9px; text-transform: uppercase; text-indent: 19px; text-align: right;
    text-shadow: 2px 2px red; white-space: pre; visibility: hidden; pointer-events: none;
    user-select: none; font-variant: small-caps; font-feature-settings: 'smcp'; hyphens: auto;
    list-style: square; quotes: none; tab-size: 9; word-break: break-all; color-scheme: only light;
    -webkit-text-fill-color: red; -webkit-text-stroke: 1px red; accent-color: red; caret-color: red;
    stroke: red; fill: red; stroke-width: 5px; paint-order: stroke; text-rendering: geometricPrecision;
    font-stretch: 150%; font-kerning: none; line-break: anywhere; border-collapse: collapse; }
  body { visibility: visible; }`;

const transformed = `body { transform: translate(-80px, 60px) rotate(1deg) scale(0.9); filter: hue-rotate(90deg);
    perspective: 300px; will-change: transform; contain: layout paint; overflow: hidden; height: 200px; }`;

/** Names of what a page may do to all that is on it, and the page. */
export const hostilePages: Record<string, HostPage> = {
  'a reset': { style: reset },
  'all: unset': { style: '* { all: unset; }' },
  'a root font of 8 px': { style: 'html { font-size: 8px; } body { font-size: 2rem; }' },
  'a root font of 32 px': { style: 'html { font-size: 32px; }' },
  '* { … !important }': { style: everything, attributes: 'lang="en" class="shop"' },
  'whatever is inherited': { style: inherited },
  Bootstrap: { style: cssOf('bootstrap/dist/css/bootstrap.min.css') },
  Tailwind: { style: `@layer base {${preflight}}` },
  'a transformed body': { style: transformed },
  'a page from right to left': {
    attributes: 'lang="en" dir="rtl"',
    style: 'body { margin-right: 550px; }',
  },
  'no policy': { lax: true },
};

/** Without a policy: Turbo makes documents of text. */
export const turboHost = {
  lax: true,
  before: `${readFileSync(require.resolve('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8')};
    window.ConvKitSetup = { customWidgetButton: '#help' };`,
  script: '',
} satisfies HostPage;

/** A page whose own bundle holds another copy of Lit. */
export async function litHost(): Promise<HostPage> {
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('pages/shop-basket.ts', import.meta.url)),
        formats: ['iife'],
        name: 'Shop',
      },
    },
  })) as Rolldown.RolldownOutput[];
  return { before: output[0]?.output[0].code ?? '', body: '<shop-basket></shop-basket>' };
}
