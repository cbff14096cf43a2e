import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CANDIDATES } from '../src/index.ts';
import { command, inProcess, script } from './run.ts';

// Each starts a process, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

test('the help names every backend and gives examples', async () => {
  const { code, out, err } = await command(['--help']);
  expect([code, err]).toEqual([0, '']);
  for (const { name } of CANDIDATES) expect(out).toContain(`\n  ${name} `);
  expect(out).toContain('softmax check --quick --html report.html');
  expect(out).toContain('Exit codes:');
});

test('the help of every command shows an example', async () => {
  const { out } = await inProcess(['complete', '--', '']);
  const names = out.trim().split('\n');
  expect(names).toContain('doctor');
  for (const name of names.filter((each) => each !== 'help')) {
    const help = await inProcess([name, '--help']);
    expect(help.out).toMatch(new RegExp(`\nExamples?:\n  softmax ${name}`));
  }
});

test('the version is that of the package', async () => {
  expect(await command(['--version'])).toEqual({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    err: '',
  });
});

/** Runs the command, and tells on standard error the modules that it loaded. */
const loading = (args: readonly string[]) =>
  script(`
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { softmax } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    process.exitCode = await softmax(${JSON.stringify(args)});
    process.stderr.write(loaded.join(' '));`);

test.each([[['--version']], [['--help']], [['run', 'entmax', '--help']], [['complete', '--', 'ru']]])(
  '%j loads no kernel, no suite and no reader of files',
  async (args) => {
    const { code, out, err } = await loading(args);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(2);
    expect(err).toContain('commander');
    expect(err).not.toMatch(
      /(conformance|onnx|wasm)\/dist|core\/dist\/(cpu\/(?!arithmetic)|execute)|csv-parse|yauzl|yazl|cli-progress|observablehq|linkedom/,
    );
  },
);

test('a file of one format is read and written without the libraries of the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'usage-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'x.json');
  await writeFile(file, '[0, 0]');
  const { code, out, err } = await loading(['run', 'softmax', file, '--to', 'jsonl']);
  expect([code, out]).toEqual([0, '0.5\n0.5\n']);
  expect(err).toContain('formats/json.js');
  expect(err).not.toMatch(/csv-parse|yauzl|yazl/);
});

test.each([
  ['an unknown backend', ['check', 'gpu'], /'gpu' is invalid.*Allowed choices are cpu, .*onnxruntime-node, /],
  [
    'an unknown operation',
    ['check', '--op', 'sofmax'],
    /'sofmax' is invalid\. Allowed choices are .*logSumExp/,
  ],
  ['an unknown category', ['check', '--category', 'x'], /'x' is invalid\. Allowed choices are .*accuracy/],
  ['an unknown level', ['check', '--level', 'S4'], /'S4' is invalid\. Allowed choices are S1, S2, S3/],
  ['an unknown option', ['check', '--frob'], /unknown option '--frob'/],
  ['an unknown command', ['chekc'], /unknown command 'chekc'/],
  ['an id that is none', ['check', 'cpu', '--id', 'law/softmax/x'], /no check law\/softmax\/x in this run/],
  ['a seed that is no number', ['check', '--seed', '1.5'], /Allowed are whole numbers from 0/],
  ['no check at all', ['check', 'cpu', '--op', 'contract', '--category', 'gradient'], /no check is in both/],
])('%s is one clear error before anything runs', async (_, args, message) => {
  const { code, out, err } = await command(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^error: /);
  expect(err).toMatch(message);
});

test('a report that cannot be written is refused before the run, not after it', async () => {
  const made = await mkdtemp(join(tmpdir(), 'softmax-cli-'));
  onTestFinished(() => rm(made, { recursive: true }));
  for (const path of [join(made, 'no', 'such', 'folder.json'), made]) {
    const { code, out, err } = await command(['check', 'cpu', '--json', path]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: cannot write .+\n$/);
  }
});
