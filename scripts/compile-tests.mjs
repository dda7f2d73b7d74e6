/**
 * Compiles the server, its tests and what they share with the kit, once for all test processes: read
 * through tsx, each of the hundred files would spend a second on loading its modules.
 *
 * The copy has the shape of the repository, and everything but compiled files is a link into it: paths
 * that are relative to a module find the same.
 */
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';
import { transformWithOxc } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));
const copy = join(root, 'node_modules/.cache/compiled-tests');

/** @returns {Promise<(file: string) => string>} the compiled file for one of the server or `src/` */
export async function compileTests() {
  const compiled = ['src', 'server/src', 'server/test'];
  await link('', ['src', 'server', 'package.json']);
  await link('server', ['src', 'test', 'package.json', 'tsconfig.json']);
  const description = JSON.stringify({ type: 'module', imports: { '#kit/*': './src/*' } });
  await put(join(copy, 'package.json'), description);
  // Where the bundled server has them: beside the module that reads them.
  await mkdir(join(copy, 'server/src/adapters/postgres'), { recursive: true });
  await linkTo(join(root, 'server/migrations'), 'server/src/adapters/postgres/migrations');
  const files = globSync(
    compiled.map((folder) => `${folder}/**/*.ts`),
    { cwd: root, ignore: ['**/*.d.ts', 'src/elements/**', 'src/embed/**'] },
  );
  await Promise.all(files.map(compile));
  return (file) => join(copy, compiledName(file));
}

/**
 * One module that runs the tests of several: a process of their own would spend a second on loading
 * the server again for each. A report names each test by its own file all the same.
 */
export async function runTogether(name, files) {
  const path = join(copy, 'together', `${name}.js`);
  const imports = files.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`);
  await put(path, imports.join(''));
  return path;
}

/** The source of a file that a report names relative to the root. */
export function sourceOf(file) {
  const path = relative(copy, join(root, file));
  return path.startsWith('..') ? file : path.replace(/\.js$/, '.ts');
}

const compiledName = (file) => file.replace(/\.ts$/, '.js');

async function compile(file) {
  const source = join(root, file);
  const { code, map } = await transformWithOxc(await readFile(source, 'utf8'), source, {
    lang: 'ts',
    target: 'es2023',
    sourcemap: true,
  });
  const target = join(copy, compiledName(file));
  const mapFile = `${target}.map`;
  await put(mapFile, JSON.stringify({ ...map, sources: [source], sourcesContent: undefined }));
  await put(target, `${code}\n//# sourceMappingURL=${relative(dirname(target), mapFile)}\n`);
}

/** Leaves a file that is the same: another run may read it. */
async function put(file, content) {
  if ((await readFile(file, 'utf8').catch(() => undefined)) === content) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function link(folder, left) {
  await mkdir(join(copy, folder), { recursive: true });
  const names = await readdir(join(root, folder));
  // What the build makes meanwhile is found too.
  const wanted = [...new Set([...names, 'dist'])].filter((name) => !left.includes(name));
  await Promise.all(wanted.map((name) => linkTo(join(root, folder, name), join(folder, name))));
}

async function linkTo(target, path) {
  await symlink(target, join(copy, path)).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
