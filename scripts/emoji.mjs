/**
 * `node scripts/emoji.mjs` writes src/elements/conv-emoji-picker/emoji-en.ts from emojibase-data:
 * a string a category, so that the picker's data is one small chunk and no host needs the package.
 *
 * Emoji are parted by `\n`, the fields of one by `|`: the emoji (`*` before it where it takes skin
 * tones), its label, shortcodes and tags.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../', import.meta.url));
const target = `${root}src/elements/conv-emoji-picker/emoji-en.ts`;
/** Newer ones are boxes in the fonts of many. */
const newest = 15.1;
const groups = {
  smileys: [0],
  people: [1],
  nature: [3],
  food: [4],
  travel: [5],
  activities: [6],
  objects: [7],
  symbols: [8],
  flags: [9],
};

const read = async (path) =>
  JSON.parse(await readFile(`${root}node_modules/emojibase-data/en/${path}`, 'utf8'));
const all = await read('data.json');
const shortcodes = await read('shortcodes/github.json');

/** As the picker makes it. */
function toned(emoji, tone) {
  const [first, ...rest] = [...emoji];
  if (rest[0] === '\ufe0f') rest.shift();
  return [first, String.fromCodePoint(0x1f3fa + tone), ...rest].join('');
}

function line({ emoji, label, hexcode, tags = [], skins = [] }) {
  const tones = skins.filter(({ tone }) => typeof tone === 'number');
  const simple =
    tones.length === 5 && tones.every((skin) => skin.emoji === toned(emoji, skin.tone));
  const known = new Set(label.split(/[^\p{L}\p{N}]+/u));
  const more = tags.filter((tag) => !known.has(tag));
  const codes = [shortcodes[hexcode] ?? []].flat();
  return [(simple ? '*' : '') + emoji, label, codes.join(' '), more.join(' ')].join('|');
}

const tables = Object.entries(groups).map(([name, ids]) => {
  const emoji = all
    .filter(({ group, version }) => ids.includes(group) && version <= newest)
    .sort((a, b) => a.order - b.order);
  return `  ${name}: ${JSON.stringify(emoji.map(line).join('\n'))},`;
});
const text = `/** Made by \`node scripts/emoji.mjs\` from emojibase-data (MIT; names are Unicode's): not for the hand. */
export const table = {
${tables.join('\n')}
};
`;
const options = await resolveConfig(target);
await writeFile(target, await format(text, { ...options, parser: 'typescript' }));
