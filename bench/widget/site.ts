import { readFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
};

const words = 'A shop sells bicycles, and says on this page which ones. '.repeat(40);

const page = (script: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Shop</title>
    <link rel="icon" href="data:,">
  </head>
  <body><h1>Shop</h1><p>${words}</p>${script}</body>
</html>`;

/** Pages of a shop, each with one kit, and what they load, in brotli 11. */
export interface Site {
  origin: string;
  /** The tag of the kit that has a server of its own. */
  own: string;
  close(): void;
}

export async function openSite(built: string): Promise<Site> {
  const files = new Map<string, Buffer>();
  const site = { own: '' };
  const server: HttpServer = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = /^\/([a-z-]+)\/$/.exec(pathname)?.[1];
    if (name !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const own = `<script type="module" src="/${name}/page.js"></script>`;
      response.end(page(name === 'ours' ? site.own : own));
      return;
    }
    void read(join(built, normalize(pathname)), files).then((body) => {
      if (!body) return void response.writeHead(404).end();
      response.writeHead(200, {
        'content-type': types[extname(pathname)] ?? 'application/octet-stream',
        'content-encoding': 'br',
      });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(site, {
    origin: `http://localhost:${String(port)}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}

async function read(path: string, files: Map<string, Buffer>): Promise<Buffer | null> {
  const known = files.get(path);
  if (known) return known;
  const plain = await readFile(path).catch(() => null);
  if (!plain) return null;
  const packed = brotliCompressSync(plain);
  files.set(path, packed);
  return packed;
}
