import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { defaultWorkspace } from '../usecases/default-workspace.js';
import type { Ports } from '../usecases/act.js';

/** Pages name their workspace by this word; it is replaced as they are served. */
const placeholder = '__CONVKIT_WORKSPACE__';
const home = '/shop';
/** Files whose name changes with their content. */
const hashed = /^\/(?:assets\/|v1\/loader-[0-9a-f]{16}\.js(?:\.br|\.gz)?$)/;

/** The built pages and scripts. Nothing is served when the folder does not exist. */
export async function servePages(
  fastify: FastifyInstance,
  ports: Pick<Ports, 'storage'>,
  publicDir: string,
): Promise<void> {
  if (!existsSync(publicDir)) return;
  const pages = await readPages(publicDir);

  for (const [path, content] of pages) {
    const paths = path === '/' ? ['/'] : [path, `${path}/`];
    for (const url of paths) {
      fastify.get(url, async (_request, reply) => {
        const workspace = await defaultWorkspace(ports);
        reply.header('content-type', 'text/html; charset=utf-8');
        reply.header('cache-control', 'no-cache');
        return content.replaceAll(placeholder, workspace?.id ?? '');
      });
    }
  }

  await fastify.register(fastifyStatic, {
    root: publicDir,
    index: false,
    wildcard: true,
    cacheControl: false,
    // The build leaves a brotli and a gzip twin beside each file.
    preCompressed: true,
    allowedPath: (path) => !path.endsWith('.html'),
    setHeaders(response, path) {
      const file = path.slice(publicDir.length).split(sep).join('/');
      response.setHeader(
        'cache-control',
        hashed.test(file) ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      );
      response.setHeader('vary', 'accept-encoding');
      // Other websites load the widget, as modules and with its chunks.
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('cross-origin-resource-policy', 'cross-origin');
    },
  });
}

/** By path: `inbox/index.html` is `/inbox`. The shop is at the root too, unless that has a page. */
async function readPages(publicDir: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const file of await readdir(publicDir, { recursive: true })) {
    if (!file.endsWith('.html')) continue;
    const path = `/${file.split(sep).join('/')}`.replace(/(?:\/index)?\.html$/, '');
    pages.set(path === '' ? '/' : path, await readFile(join(publicDir, file), 'utf8'));
  }
  const shop = pages.get(home);
  if (shop !== undefined && !pages.has('/')) pages.set('/', shop);
  return pages;
}
