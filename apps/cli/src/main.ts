#!/usr/bin/env node
import { rmSync } from 'node:fs';
import { softmax } from './softmax.ts';
import { UNFINISHED } from './target.ts';

// `softmax check | head` closes the pipe early: nothing is left to say, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: cannot write standard output: ${error.message}\n`);
  process.exit(2);
});

// Whoever interrupts a run gets no half of a file.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => {
    for (const path of UNFINISHED) rmSync(path, { force: true });
    process.exit(code);
  });

process.exitCode = await softmax(process.argv.slice(2));
