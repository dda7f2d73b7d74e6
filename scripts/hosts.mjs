/**
 * `npm run hosts` builds the pages of demo/hosts on the built package, and serves them.
 *
 *   npm run hosts                     builds what is stale, then http://localhost:4100/plain/
 *   node scripts/hosts.mjs --check    their types, against those of the built package
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildHosts, buildKitIfStale } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const output = join(root, 'dist/hosts');
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** What docs/guides/csp.md asks for, the host's own styles, and for Vue the policy that it makes. */
const policy = (path) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    `trusted-types lit-html dompurify${path.startsWith('/vue/') ? ' vue' : ''} 'allow-duplicates'`,
    "require-trusted-types-for 'script'",
  ].join('; ');

/** The built pages, under a strict policy, on this port of localhost; 0 is any free one. */
export async function serveHosts(port = 0) {
  const http = createServer((request, response) => void answer(request, response));
  http.listen(port, 'localhost');
  await once(http, 'listening');
  return {
    origin: `http://localhost:${http.address().port}`,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

async function answer(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/') return void response.writeHead(302, { location: '/plain/' }).end();
  const file = join(output, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  const type = types[extname(file)];
  const content =
    file.startsWith(output + sep) && type ? await readFile(file).catch(() => null) : null;
  if (content === null) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': policy(pathname),
    'x-content-type-options': 'nosniff',
  });
  response.end(content);
}

async function checkTypes() {
  await buildKitIfStale();
  const vueTsc = join(root, 'node_modules/vue-tsc/bin/vue-tsc.js');
  const args = [vueTsc, '--noEmit', '-p', 'demo/hosts/tsconfig.json'];
  const [code] = await once(
    spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }),
    'close',
  );
  return code ?? 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--check')) process.exit(await checkTypes());
  await buildHosts();
  const { origin } = await serveHosts(Number(process.env.PORT ?? 4100));
  for (const name of ['plain', 'react', 'vue']) console.log(`${origin}/${name}/`);
}
