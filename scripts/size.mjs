/**
 * `npm run size`: what a page loads, brotli 11, from the files as the server sends them, against
 * budgets. KB is 1,024 bytes. Exits with 1 when one is over. `scripts/budgets.mjs` says what counts.
 */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { budgets, content, filesOf, loader, manifestOf, pathOf } from './budgets.mjs';
import { buildIfStale } from './build.mjs';

const KB = 1024;

await buildIfStale();
const problems = [];
const rows = [];

const loaderRow = [loader.file, compressed(loader.path)];
addRows(loader.name, [], loader.limit, loaderRow[1]);
for (const budget of budgets) {
  const { name, part, entry, limit, viewport } = budget;
  if (!manifestOf(part)[entry]) {
    problems.push(`${name}: ${entry} is not built`);
    continue;
  }
  const sizes = [...filesOf(budget)].map((file) => [file, compressed(pathOf(part, file))]);
  if (viewport) sizes.push(loaderRow);
  addRows(name, sizes, limit);
  checkContent(budget);
}
for (const part of new Set(budgets.map((budget) => budget.part))) addChunks(part);

const width = Math.max(...rows.map(([label]) => label.length));
for (const [label, size, limit] of rows) {
  const amount = size === undefined ? '' : (size / KB).toFixed(2).padStart(8);
  const budget = limit === undefined ? '' : ` of ${(limit / KB).toFixed(0).padStart(3)} KB`;
  console.log(`${label.padEnd(width)} ${amount}${budget}`.trimEnd());
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

function addRows(name, sizes, limit, total = sizes.reduce((sum, [, size]) => sum + size, 0)) {
  rows.push([name, total, limit]);
  for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) rows.push([`  ${file}`, size]);
  if (total > limit) {
    const over = ((total - limit) / KB).toFixed(2);
    problems.push(`${name} is ${over} KB over its budget of ${limit / KB} KB`);
  }
}

/** A line for each chunk that none of the part's budgets counts. */
function addChunks(part) {
  const counted = new Set(
    budgets.filter((budget) => budget.part === part).flatMap((budget) => [...filesOf(budget)]),
  );
  rows.push([`${part}: on demand`]);
  for (const { file, src, isDynamicEntry } of Object.values(manifestOf(part))) {
    if (!isDynamicEntry || counted.has(file)) continue;
    rows.push([`  ${src}`, compressed(pathOf(part, file))]);
  }
}

/** Markdown and its sanitiser are two thirds of the widget's budget: they stay a chunk of their own. */
function checkContent(budget) {
  const { name, part } = budget;
  const chunks = Object.entries(manifestOf(part)).filter(
    ([key, { isDynamicEntry }]) => content.test(key) && isDynamicEntry,
  );
  if (chunks.length === 0) problems.push(`${name}: content is no chunk of its own`);
  for (const file of filesOf(budget, { withDynamic: false })) {
    if (/DOMPurify|RETURN_DOM_FRAGMENT/.test(readFileSync(pathOf(part, file), 'utf8'))) {
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
