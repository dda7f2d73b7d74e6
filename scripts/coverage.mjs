/**
 * `npm run coverage`: writes docs/coverage.md from the report of the last `npm test`: a row for each
 * numbered line of the specification with the tests that name it. `--check` fails when the page says
 * something else than the report; `CHECK_COVERAGE=1 npm test` does the same after a whole run.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { specLines, whole } from './spec-lines.mjs';
import { readReport } from './test-report.mjs';

const page = fileURLToPath(new URL('../docs/coverage.md', import.meta.url));
const needed = ['server', 'node', 'unit', 'e2e'];
const none = 'no test yet';

const head = `# Coverage

Which test exercises which numbered line of the specification. Written by \`npm run coverage\` from the report of the last \`npm test\`; a test names its lines at the beginning of its title, and \`scripts/spec-lines.mjs\` lists them.

| line | what it is about | state | test file | title |
| --- | --- | --- | --- | --- |
`;

/** The ids at the beginning of a title: `S2.1 S2.2 shows …` has two. */
export function idsOf(title) {
  const [start] = /^(?:S\d+\.\d+[,:]?(?:\s+|$))*/.exec(title);
  return start.match(/S\d+\.\d+/g) ?? [];
}

/**
 * The page for `tests`, `[{ file, title, state }]` in any order. Throws when a title names an id that
 * `lines` lacks.
 */
export function coveragePage(tests, lines = specLines, sections = whole) {
  const rows = new Map(Object.keys(lines).map((id) => [id, new Map()]));
  for (const { file, title, state } of tests) {
    for (const id of idsOf(title)) {
      const named = rows.get(id);
      if (!named) throw new Error(`${file} names ${id}, which scripts/spec-lines.mjs lacks`);
      // A title that several tests of one file share stands once, in its worst state.
      const key = `${file}\n${title}`;
      const before = named.get(key);
      named.set(key, { file, title, state: before ? worst([before.state, state]) : state });
    }
  }
  return head + [...rows].flatMap(([id, named]) => row(id, lines[id], named, sections)).join('');
}

function row(id, gloss, named, sections) {
  if (named.size === 0) {
    return sections.includes(id.split('.')[0]) ? [`| ${id} | ${gloss} | ${none} | | |\n`] : [];
  }
  const tests = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, test]) => test);
  const state = worst(tests.map((test) => test.state));
  const files = tests.map(({ file }) => `\`${file}\``).join('<br>');
  const titles = tests
    .map((test) => escape(test.title) + (test.state === state ? '' : ` (${test.state})`))
    .join('<br>');
  return [`| ${id} | ${gloss} | ${state} | ${files} | ${titles} |\n`];
}

/** A line that one test fails has failed; one that a test passes is not skipped. */
function worst(states) {
  return ['failed', 'passed', 'skipped'].find((state) => states.includes(state));
}

function escape(text) {
  return text.replaceAll(/[\\|<>*_`[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** What `committed` says otherwise than `current`, a sentence for each line that differs. */
export function differences(committed, current) {
  const before = statesOf(committed);
  const now = statesOf(current);
  const ids = [...new Set([...now.keys(), ...before.keys()])];
  return ids.flatMap((id) => {
    const [old, fresh] = [before.get(id), now.get(id)];
    if (old?.text === fresh?.text) return [];
    if (old?.state !== fresh?.state) {
      return [`${id}: ${old?.state ?? 'not there'} on the page, ${fresh?.state ?? none} now`];
    }
    return [`${id}: its tests have other files or titles now`];
  });
}

function statesOf(text) {
  const rows = text.split('\n').filter((line) => /^\| S\d/.test(line));
  return new Map(
    rows.map((line) => [line.split(' ')[1], { text: line, state: line.split('|')[3].trim() }]),
  );
}

/** What the page says otherwise than `report`, in sentences; none when it is up to date. */
export async function staleLines(report) {
  const committed = await readFile(page, 'utf8').catch(() => '');
  let current;
  try {
    current = coveragePage(Object.values(report).flat());
  } catch (error) {
    return [error.message];
  }
  const found = differences(committed, current);
  return committed !== current && found.length === 0 ? ['the page has other words'] : found;
}

async function main() {
  const report = await readReport();
  const missing = needed.filter((runner) => !report[runner]);
  if (missing.length > 0) {
    throw new Error(`no report of ${missing.join(', ')}: run npm test first`);
  }
  if (!process.argv.includes('--check')) {
    await writeFile(page, coveragePage(Object.values(report).flat()));
    return;
  }
  const stale = await staleLines(report);
  for (const sentence of stale) console.error(sentence);
  if (stale.length > 0) throw new Error('docs/coverage.md is stale: npm run coverage writes it');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
