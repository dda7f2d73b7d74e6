/**
 * What pages load, from the bundler's manifests, and how much it may be. `npm run size` weighs it;
 * `e2e/loader.spec.ts` holds the widget's list against what a browser fetches.
 *
 * Counted with an entry: the chunks that it imports, and those that it imports on demand except the
 * ones listed as optional here. A new lazy part therefore counts until someone lists it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const pages = join(root, 'dist/pages');
const KB = 1024;

/** @param {string} part */
const part = (part) => new RegExp(`/chat-widget/parts/(?:${part})\\.ts$`);

export const content = /^\.\.\/src\/content\//;
/** What messages show besides words; the look of formatted text, which loads with the content. */
const rich = /\/(?:rich\.styles|conv-message\/message-parts)\.ts$/;
/** Reads formatted and long messages out. */
const readOut = /\/domain\/excerpt\.ts$/;
/** The sound of a message. */
const ring = /\/(?:shared\/ring|chat-widget\/parts\/sound)\.ts$/;
/** What sends and shows files. */
const attachments = /\/(?:http-upload|conv-attachments)\.ts$/;
/** Where one writes, which no first paint shows: the composer, emoji, saved replies, a new email. */
const writing = /\/conv-(?:composer|emoji-picker|saved-replies|email-form)\//;
/** Shown with a conversation, an agent's own settings, and groups. */
const panes = /\/conv-(?:contact|agent-settings|groups)\//;
/** How agents see comments, what happened, and who is there; visitors are shown none of it. */
const forAgents = /\/(?:conv-message\/agent-parts|conv-avatar\/status)\.ts$/;
/** The way round a network that has no WebSockets. */
const longpoll = /\/header-long-poll\.ts$/;
/** What a tab needs once there is another one of the same visitor or agent. */
const otherTabs = /\/transport\/tabs\/sharing\.ts$/;
/** What visitors do besides writing, and what the page tells of them. */
const visitorActs = /\/store\/visitor-acts\.ts$/;
/** What the workspace asks, offers or sends before or after a conversation. */
const asked = part('form|choose|rating|targeting');
/** What the visitor calls up. */
const calledUp = part('menu|files|emoji');
/** Shown when the chat cannot go on, an agent types, or the workspace wants it. */
const shownAtTimes = part('trouble|typing|powered-by');
/** Of a widget without the loader, which draws the button; a look that is not the kit's own. */
const notDefault = part('launcher|look');
/** What few pages ask of the loader. */
const rareOptions = /\/embed\/phrases\.ts$/;
const otherLocales = /^\.\.\/src\/i18n\/locales\/(?!en\.)/;

const widget = {
  part: 'widget',
  entry: '../src/embed/widget.ts',
  optional: [
    content,
    rich,
    attachments,
    forAgents,
    readOut,
    ring,
    longpoll,
    otherTabs,
    visitorActs,
    asked,
    calledUp,
    shownAtTimes,
    notDefault,
    otherLocales,
    rareOptions,
  ],
};

/**
 * A widget's are of one that the loader has put on a page without settings of its own, and in which
 * a visitor has written: all that has come by then in a window of that size, the loader included.
 */
export const budgets = [
  {
    ...widget,
    name: 'an open, live widget, loader and all',
    limit: 35 * KB,
    viewport: { width: 1_000, height: 700 },
  },
  {
    ...widget,
    name: 'the same on a phone',
    limit: 35 * KB,
    viewport: { width: 360, height: 640 },
  },
  {
    name: 'inbox: first paint',
    part: 'inbox',
    entry: 'inbox/index.html',
    optional: [content, rich, attachments, ring, writing, panes, longpoll, otherTabs, otherLocales],
    limit: 80 * KB,
    viewport: null,
  },
];

export const loader = {
  name: 'loader with its button',
  file: 'v1/loader.js',
  path: join(root, 'dist/embed/loader/v1/loader.js'),
  limit: 3 * KB,
};

/**
 * The bundler's manifest of a part.
 * @param {string} part
 * @returns {Record<string, {
 *   file: string,
 *   css?: string[],
 *   imports?: string[],
 *   dynamicImports?: string[],
 *   isDynamicEntry?: boolean,
 * }>}
 */
export function manifestOf(part) {
  return JSON.parse(readFileSync(join(pages, part, '.vite/manifest.json'), 'utf8'));
}

/**
 * @param {string} part
 * @param {string} file
 */
export const pathOf = (part, file) => join(pages, part, file);

/**
 * Everything that loads with an entry: keys of the manifest, followed.
 * @param {{ part: string, entry: string, optional: RegExp[] }} budget
 * @returns {Set<string>}
 */
export function filesOf({ part, entry, optional }, { withDynamic = true } = {}) {
  const manifest = manifestOf(part);
  const seen = new Set();
  const files = new Set();
  /** @param {string} key */
  const visit = (key) => {
    const chunk = manifest[key];
    if (seen.has(key) || !chunk) return;
    seen.add(key);
    if (key.endsWith('.html')) files.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
    if (!withDynamic) return;
    for (const next of chunk.dynamicImports ?? []) {
      if (!optional.some((pattern) => pattern.test(next))) visit(next);
    }
  };
  visit(entry);
  return files;
}
