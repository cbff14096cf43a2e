import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as core from '../src/index.ts';
import * as ops from '../src/ops/index.ts';

/**
 * Every `expression; // value` line of every example in a doc comment and in the README is run; `…` ends a shortened
 * number or text.
 */
const source = join(import.meta.dirname, '../src');
const scope = { ...core, ops };

const examples = readdirSync(source, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const found = [...text.matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```/gm)];
    return found.map(([, code]) => ({ file, example: (code as string).replaceAll(/^ *\* ?/gm, '') }));
  });

const readme = [...readFileSync(join(source, '../README.md'), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)];
examples.push(...readme.map(([, code]) => ({ file: 'README.md', example: code as string })));

test.each(examples)('the examples of $file are true: $example', ({ example }) => {
  for (const [got, wanted] of values(example)) {
    const pattern = wanted.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(got).toMatch(new RegExp(`^${pattern.join('[0-9e-]*')}$`));
  }
});

function values(example: string): [string, string][] {
  const lines = example.trim().split('\n');
  const wanted: string[] = [];
  const body = lines.map((line) => {
    const match = /^(.*?);\s*\/\/ (.*)$/.exec(line);
    if (!match || /^(const|let|import) /.test(line)) return line.replace(/^import .*$/, '');
    wanted.push((match[2] as string).replaceAll(', ', ','));
    return `results.push(JSON.stringify(${match[1]}));`;
  });
  const results: string[] = [];
  // oxlint-disable-next-line typescript/no-implied-eval -- an example is text, and running it is the test
  new Function('results', ...Object.keys(scope), body.join('\n'))(results, ...Object.values(scope));
  expect(results).toHaveLength(wanted.length);
  return results.map((got, k) => [got, wanted[k] as string]);
}
