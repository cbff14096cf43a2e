#!/usr/bin/env node
import { printableLines } from './printable.ts';
import { listen } from './signals.ts';
import { softmax } from './softmax.ts';

// `softmax check | head` closes the pipe early: nothing is left to say, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: cannot write standard output: ${error.message}\n`);
  process.exit(2);
});

listen();

try {
  process.exitCode = await softmax(process.argv.slice(2));
} catch (error) {
  // A fault of this program, with its stack; what a file or a name puts into it is printed like all else.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${printableLines(text)}\n`);
  process.exitCode = 1;
}
