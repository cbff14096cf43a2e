import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const host = '127.0.0.1';

/** As `pnpm playground` serves it: isolated from other origins, so that there are threads. */
export const isolated =
  (base = '/') =>
  async (): Promise<Served> => {
    const server = await preview({ root, base, preview: { port: 0, host }, logLevel: 'error' });
    return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
  };

const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** As any host of static files does, which knows of no such headers. */
export const plain = (base: string) => async (): Promise<Served> => {
  const server = createServer(({ url = '' }, response) => {
    const path = url.startsWith(base) ? url.slice(base.length) || 'index.html' : '..';
    readFile(join(root, 'dist', path)).then(
      (body) =>
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
