/**
 * `npm run size`: what a page loads, brotli 11, from the files as the server sends them, against
 * budgets. KB is 1,024 bytes. Exits with 1 when one is over.
 *
 * Counted with an entry: the chunks that it imports, and those that it imports on demand except the
 * ones listed as optional here. A new lazy part therefore counts until someone lists it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const output = join(root, 'dist/pages');
const KB = 1024;

const content = /^\.\.\/src\/content\//;
/** The look of formatted text, which loads with the content. */
const rich = /\/rich\.styles\.ts$/;
/** The sound of a message. */
const ring = /\/shared\/ring\.ts$/;
/** What sends and shows files. */
const attachments = /\/(?:http-upload|chat-widget\/files|conv-attachments)\.ts$/;
/** Where one writes, which no first paint shows: the composer, emoji, saved replies, a new email. */
const writing = /\/conv-(?:composer|emoji-picker|saved-replies|email-form)\//;
/** Shown with a conversation, an agent's own settings, and groups. */
const panes = /\/conv-(?:contact|agent-settings|groups)\//;
/** How agents see comments and what happened; visitors are shown neither. */
const forAgents = /\/conv-message\/agent-parts\.ts$/;
/** The way round a network that has no WebSockets. */
const longpoll = /\/header-long-poll\.ts$/;
/** What visitors do besides writing, and what the page tells of them. */
const visitorActs = /\/store\/visitor-acts\.ts$/;
/** What computes the inks on an accent of the page's own. */
const accent = /^\.\.\/src\/tokens\/accent\.ts$/;
/** What few pages ask of the loader. */
const rareOptions = /\/embed\/phrases\.ts$/;
const otherLocales = /^\.\.\/src\/i18n\/locales\/(?!en\.)/;

const budgets = [
  {
    name: 'widget: send and receive plain messages',
    part: 'widget',
    entry: '../src/embed/widget.ts',
    optional: [
      content,
      rich,
      attachments,
      forAgents,
      ring,
      longpoll,
      visitorActs,
      otherLocales,
      accent,
      rareOptions,
    ],
    limit: 35 * KB,
  },
  {
    name: 'inbox: first paint',
    part: 'inbox',
    entry: 'inbox/index.html',
    optional: [content, rich, attachments, ring, writing, panes, longpoll, otherLocales],
    limit: 80 * KB,
  },
];
const loader = {
  name: 'loader with its button',
  file: join(root, 'dist/embed/loader/v1/loader.js'),
  limit: 3 * KB,
};

await buildIfStale();
const problems = [];
const rows = [];

for (const budget of budgets) {
  const { name, part, entry, optional, limit } = budget;
  const manifest = JSON.parse(readFileSync(join(output, part, '.vite/manifest.json'), 'utf8'));
  if (!manifest[entry]) {
    problems.push(`${name}: ${entry} is not built`);
    continue;
  }
  const files = [...filesOf(manifest, entry, optional)];
  addRows(
    name,
    files.map((file) => [file, compressed(join(output, part, file))]),
    limit,
  );
  addChunks(manifest, optional, part);
  checkContent(budget, manifest);
}
const loaderSize = compressed(loader.file);
addRows(loader.name, [['v1/loader.js', loaderSize]], loader.limit);
const [[, widgetSize]] = rows;
addRows(
  'both: an open, live widget',
  [
    ['loader', loaderSize],
    ['widget', widgetSize],
  ],
  35 * KB,
);

const width = Math.max(...rows.map(([label]) => label.length));
for (const [label, size, limit] of rows) {
  const amount = (size / KB).toFixed(2).padStart(8);
  const budget = limit === undefined ? '' : ` of ${(limit / KB).toFixed(0).padStart(3)} KB`;
  console.log(`${label.padEnd(width)} ${amount}${budget}`);
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

function addRows(name, sizes, limit) {
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  rows.push([name, total, limit]);
  for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) rows.push([`  ${file}`, size]);
  if (total > limit) {
    const over = ((total - limit) / KB).toFixed(2);
    problems.push(`${name} is ${over} KB over its budget of ${limit / KB} KB`);
  }
}

/** A line for each chunk that loads on demand. */
function addChunks(manifest, optional, part) {
  for (const [key, { file, isDynamicEntry }] of Object.entries(manifest)) {
    if (!isDynamicEntry || !optional.some((pattern) => pattern.test(key))) continue;
    rows.push([`  on demand: ${file}`, compressed(join(output, part, file))]);
  }
}

/** Everything that loads with `entry`: keys of the bundler's manifest, followed. */
function filesOf(manifest, entry, optional, withDynamic = true) {
  const seen = new Set();
  const files = new Set();
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

/** Markdown and its sanitiser are two thirds of the widget's budget: they stay a chunk of their own. */
function checkContent({ name, part, entry }, manifest) {
  const chunks = Object.keys(manifest).filter(
    (key) => content.test(key) && manifest[key].isDynamicEntry,
  );
  if (chunks.length === 0) problems.push(`${name}: content is no chunk of its own`);
  for (const file of filesOf(manifest, entry, [], false)) {
    if (/DOMPurify|RETURN_DOM_FRAGMENT/.test(readFileSync(join(output, part, file), 'utf8'))) {
      problems.push(`${name}: ${file} holds the sanitiser, which loads on demand only`);
    }
  }
}

function compressed(path) {
  const text = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  return brotliCompressSync(text, { params }).length;
}
