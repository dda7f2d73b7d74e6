/**
 * `npm run manifest` writes custom-elements.json from the elements' sources; with `--check` it says
 * instead whether the committed file is fresh, and whether each element's slots, parts and events
 * are documented: those that its source shows, and none that it does not.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { format } from 'prettier';
import { globSync } from 'tinyglobby';

const root = fileURLToPath(new URL('../', import.meta.url));
const committed = join(root, 'custom-elements.json');
const TIME_LIMIT_MS = 120_000;

/** The manifest as text, formatted as everything here is. */
export async function generate() {
  // Inside the project: the analyzer takes its output folder as relative to where it runs.
  const folder = await mkdtemp(join(root, 'node_modules/.cache/manifest-'));
  try {
    const run = promisify(execFile)(
      process.execPath,
      [
        'node_modules/@custom-elements-manifest/analyzer/cem.js',
        'analyze',
        '--config',
        'config/custom-elements-manifest.config.mjs',
        '--outdir',
        relative(root, folder),
        '--quiet',
      ],
      { cwd: root, timeout: TIME_LIMIT_MS },
    );
    run.child.stdin?.end();
    await run;
    const text = await readFile(join(folder, 'custom-elements.json'), 'utf8');
    return await format(text, { parser: 'json', printWidth: 100 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What an element's source shows.
 * @param {string} source its files, one after the other
 */
export function shown(source) {
  const slots = new Set();
  for (const [, attributes] of source.matchAll(/<slot\b([^>]*)>/g)) {
    const name = /\bname\s*=\s*["']?([\w-]+)/.exec(attributes)?.[1];
    // A computed name cannot be read here.
    if (name) slots.add(name);
    else if (!/\bname\s*=/.test(attributes)) slots.add('');
  }
  const parts = new Set();
  for (const [, words] of source.matchAll(/\spart\s*=\s*"([^"]*)"/g)) {
    for (const word of words.replace(/\$\{[^}]*\}/g, ' ').split(/\s+/)) if (word) parts.add(word);
  }
  for (const [, word] of source.matchAll(/\spart\s*=\s*([\w-]+)/g)) parts.add(word);
  const events = new Set();
  const dispatch =
    /(?:new\s+(?:Custom)?Event|\b(?:emit|dispatch|fire)\w*)\s*(?:<[^()]*>)?\(\s*(?:[\w.]+,\s*)?['"`]((?:conv|chat)-[\w-]+)['"`]/g;
  for (const [, name] of source.matchAll(dispatch)) events.add(name);
  return { slots, parts, events };
}

/** Sentences about what the manifest lacks or makes up for one element. */
export function compare(declaration, source) {
  const found = shown(source);
  const problems = [];
  const hold = (kind, tag, documented, names) => {
    // The analyzer lists a dispatched event by itself: only a described one was documented.
    const described = (documented ?? []).filter(({ description }) => description);
    const known = new Set(described.map(({ name }) => name));
    for (const name of names) {
      const label = name === '' ? 'the default slot' : `${kind} "${name}"`;
      if (!known.has(name)) problems.push(`shows ${label}, which its class comment lacks (${tag})`);
    }
    for (const name of known) {
      // Computed names are not found by pattern: their text must at least stand somewhere.
      const text = withoutComments(source);
      if (!names.has(name) && !(name && text.includes(name))) {
        problems.push(`documents ${kind} "${name}", which its source lacks`);
      }
    }
  };
  hold('slot', '@slot', declaration.slots, found.slots);
  hold('part', '@csspart', declaration.cssParts, found.parts);
  hold('event', '@event', declaration.events, found.events);
  for (const { name, type } of declaration.events ?? []) {
    if (type?.text === 'CustomEvent') problems.push(`event "${name}" has no type of its detail`);
  }
  for (const { kind, name, description } of declaration.members ?? []) {
    if (kind === 'field' && !description) problems.push(`property "${name}" has no comment`);
  }
  return problems.map((problem) => `<${declaration.tagName}> ${problem}`);
}

function withoutComments(source) {
  return source.replace(/\/\*[\s\S]*?\*\//g, '');
}

/** The element's folder, and what it imports from elements/shared. */
async function sourceOf(modulePath) {
  const folder = dirname(modulePath);
  const queue = globSync('**/*.ts', {
    cwd: join(root, folder),
    ignore: ['**/*.test.ts'],
  }).map((file) => join(folder, file));
  const seen = new Set(queue);
  let source = '';
  for (const file of queue) {
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    source += `${text}\n`;
    for (const [, target] of text.matchAll(/from '(\.[^']+)\.js'/g)) {
      const path = join(dirname(file), `${target}.ts`);
      if (path.startsWith('src/elements/shared/') && !seen.has(path)) {
        seen.add(path);
        queue.push(path);
      }
    }
  }
  return source;
}

async function check() {
  const text = await generate();
  const problems = [];
  if ((await readFile(committed, 'utf8').catch(() => '')) !== text) {
    problems.push('custom-elements.json is stale: npm run manifest');
  }
  for (const module of JSON.parse(text).modules) {
    const source = await sourceOf(module.path);
    for (const declaration of module.declarations) {
      if (declaration.tagName) problems.push(...compare(declaration, source));
    }
  }
  return problems;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--check')) {
    const problems = await check();
    for (const problem of problems) console.error(problem);
    process.exit(problems.length > 0 ? 1 : 0);
  }
  await writeFile(committed, await generate());
}
