import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from './command.ts';

const home = fileURLToPath(new URL('../registry/', import.meta.url));

/** A registry on loopback: ours are published to it, all others come through it from where this machine gets them. */
export interface Registry {
  readonly url: string;
  /** The lines of an .npmrc that make npm and pnpm use it: for everything, and above all for what is published. */
  readonly npmrc: string;
  stop(): void;
}

export async function startRegistry(folder: string): Promise<Registry> {
  if (!existsSync(join(home, 'node_modules')))
    run(['npx', '-y', 'pnpm@12', 'install', '--frozen-lockfile'], { cwd: home });
  mkdirSync(folder, { recursive: true });
  const [port, upstream] = [
    await freePort(),
    run(['npm', 'config', 'get', 'registry'], { cwd: folder }).trim(),
  ];
  const [config, url] = [join(folder, 'config.yaml'), `http://127.0.0.1:${port}/`];
  writeFileSync(config, configuration(join(folder, 'storage'), upstream));

  const log = openSync(join(folder, 'log.txt'), 'a');
  const verdaccio = join(home, 'node_modules/verdaccio/bin/verdaccio');
  const server = spawn(process.execPath, [verdaccio, '--config', config, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', log, log],
  });
  await answering(`${url}-/ping`);
  // A registry takes names from anyone who has a token, whatever it is; npm and pnpm send none unasked.
  const token = `${url.replace('http:', '')}:_authToken=rehearsal`;
  const npmrc = `registry=${url}\n@softmax:registry=${url}\n${token}\n`;
  return { url, npmrc, stop: () => void server.kill() };
}

/** Anyone may publish ours, from here only; ours never come from outside. */
const configuration = (storage: string, upstream: string) => `
storage: ${JSON.stringify(storage)}
uplinks:
  upstream: { url: ${JSON.stringify(upstream)}, maxage: 60m }
packages:
  '@softmax/*': { access: $all, publish: $all, unpublish: $all }
  '**': { access: $all, proxy: upstream }
max_body_size: 100mb
log: { type: stdout, format: pretty, level: warn }
`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    const reached = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (reached) return;
    await pause(100);
  }
  throw new Error(`nothing answers at ${url}`);
}
