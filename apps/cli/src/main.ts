#!/usr/bin/env node
import { softmax } from './softmax.ts';

// `softmax check | head` closes the pipe early: nothing is left to say, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await softmax(process.argv.slice(2));
