import { addBench } from '@softmax/cli/bench';
import { Command } from 'commander';
import { ONNXRUNTIME } from './onnxruntime.ts';
import { installPeers } from './peers.ts';
import { PLAIN } from './plain.ts';
import { IN_PYTHON } from './python.ts';
import { TFJS } from './tfjs.ts';
import { weights } from './weights.ts';

installPeers((text) => process.stderr.write(text));
const command = new Command('bench').description('Ours beside its peers, in turns.');
// onnxruntime-web keeps threads alive.
await addBench(command, process, [...ONNXRUNTIME, ...TFJS, ...PLAIN, ...IN_PYTHON], weights)
  .parseAsync()
  .then(() => process.exit());
