import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { built } from './build.js';

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
};

const page = (name: string): string => `<!doctype html>
<html lang="en">
  <head>
    <title>${name}</title>
    <link rel="stylesheet" href="/${name}/page.css">
    <style>
      body { margin: 0; font: 14px/1.4 sans-serif; }
      #place { width: 800px; height: 600px; overflow: hidden; position: relative; }
      #place > * { height: 100%; }
    </style>
    <script type="module" src="/${name}/page.js"></script>
  </head>
  <body><div id="place"></div></body>
</html>`;

export interface Site {
  origin: string;
  close(): void;
}

/** The built pages, each with a place of 800 by 600 px. */
export async function openSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = /^\/([a-z-]+)\/$/.exec(pathname)?.[1];
    const content = name === undefined ? read(pathname) : Promise.resolve(page(name));
    void content.then((body) => {
      response.writeHead(body === null ? 404 : 200, {
        'content-type': types[name === undefined ? extname(pathname) : '.html'] ?? 'text/plain',
      });
      response.end(body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(pathname: string): Promise<Buffer | null> {
  const file = join(built, normalize(pathname));
  return readFile(file).catch(() => null);
}
