/**
 * The Chromium that every browser test runs in.
 *
 * `CHROME_PATH` wins. Otherwise the build inside the npm package @sparticuz/chromium (linux x64) is
 * unpacked once under `node_modules/.cache`, with the libraries and a font that a bare machine lacks.
 * It is unpacked beside its final place and renamed into it, so a half-written one is never run.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import tar from 'tar-fs';

const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Plain switches: the package's own list has `--single-process`, which breaks Playwright when a
 * context closes, and `--disable-web-security`, which hides faults.
 */
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The binary links libnss3, libnspr4 and libexpat. A wrapper reaches every launcher alike, where an
// `env` option would have to be repeated (and does not exist) in some.
const wrapper = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
if [ ! -e /etc/fonts/fonts.conf ]; then
  export FONTCONFIG_FILE="\${FONTCONFIG_FILE:-$here/fonts.conf}"
fi
exec "$here/chromium" "$@"
`;

const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

let found;

/**
 * Path of an executable Chromium.
 * Throws when `CHROME_PATH` names nothing executable, or when it is unset anywhere but on linux x64.
 */
export function chromiumPath() {
  found ??= locate();
  return found;
}

async function locate() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!(await isExecutable(given))) {
      throw new Error(
        `CHROME_PATH is ${given}, which is no executable file. Set it to a Chromium or Chrome.`,
      );
    }
    return given;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Chromium for ${process.platform} ${process.arch} comes with this project: ` +
        'set CHROME_PATH to the path of a Chromium or Chrome.',
    );
  }
  // Its exports map hides package.json: start from the entry, build/cjs/index.cjs.
  const packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = require(join(packageFolder, 'package.json'));
  const target = join(cache, `chromium-${version}`);
  const executable = join(target, 'chrome');
  if (!(await isExecutable(executable))) await unpack(join(packageFolder, 'bin'), target);
  return executable;
}

async function unpack(bin, target) {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${target}.`);
  try {
    await Promise.all([
      inflate(join(bin, 'chromium.br'), createWriteStream(join(draft, 'chromium'))),
      inflate(join(bin, 'al2023.tar.br'), tar.extract(draft, { chown: false })),
      inflate(join(bin, 'fonts.tar.br'), tar.extract(draft, { chown: false })),
    ]);
    await writeFile(join(draft, 'fonts.conf'), fontsConf);
    await writeFile(join(draft, 'chrome'), wrapper);
    await chmod(join(draft, 'chromium'), 0o755);
    await chmod(join(draft, 'chrome'), 0o755);
    await chmod(draft, 0o755);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have finished first; its copy is as good as ours.
    if (!(await isExecutable(join(target, 'chrome')))) throw error;
  }
}

function inflate(from, to) {
  return pipeline(createReadStream(from), createBrotliDecompress(), to);
}

async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await chromiumPath());
}
