import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What NumPy wrote, and what it computed: `golden/make.py`. */
export const golden = (name: string): string => join(import.meta.dirname, 'golden', name);

export interface Expected {
  readonly 'softmax of the float32 logits': number[][];
  readonly 'softmax of the bfloat16 logits': number[][];
  readonly 'softmax of the logits in float64': number[][];
  readonly 'softmax of the float16 logits': number[][];
  readonly logits: number[][];
  readonly 'mean loss': number;
  readonly perplexity: number;
  readonly rows: number;
  readonly accuracy: number;
}
export const EXPECTED: Expected = JSON.parse(readFileSync(golden('expected.json'), 'utf8')) as Expected;

/** An empty folder, gone after the test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'softmax-cli-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}
