import { readFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import type { Candidate } from './candidate.ts';
import { addBench } from './commands/bench.ts';
import { addCheck } from './commands/check-arguments.ts';
import { addCompletion } from './commands/completion.ts';
import { addLabelled } from './commands/labelled-arguments.ts';
import { addRun } from './commands/run-arguments.ts';
import { addSample } from './commands/sample-arguments.ts';
import { addExportOptions, exportOptions } from './export-options.ts';
import { printableLines } from './printable.ts';
import type { Streams } from './streams.ts';

const EXAMPLES = `
Examples:
  softmax run softmax logits.npy           an operation on the numbers of a file, as a table
  softmax run entmax x.csv --out p.npz     the same into a file
  softmax loss logits.npy --labels y.npy   cross-entropy and perplexity
  softmax sample logits.npy --seed 1       a class of each row
  softmax calibrate logits.npy --labels y.npy --svg reliability.svg
                                           temperature, calibration error before and after
  softmax doctor                           what this machine has, and why something is missing
  softmax check                            every backend that this machine has
  softmax check cpu onnxruntime-node       these two
  softmax check --op softmax,crossEntropy  only what is about these operations
  softmax check --quick --html report.html a shorter run, with a report to look at
  softmax check --init my-backend.js       a backend to begin with, in a file of its own
  softmax check --backend ./my-backend.js  that one
  softmax check --id 'law/softmax/*'       those that begin so alone
  softmax bench --quick                    how fast they are, in turns
  softmax support                          what each backend can do, in Markdown
  softmax export softmax --axis -1 --out softmax.onnx
                                           an operation as an ONNX model
  softmax export softmax --onto model.onnx --output logits --out served.onnx
                                           the same on an output of a model
  softmax export hierarchicalSoftmax --tree huffman:counts.npy --weights w.npy --out tree.onnx
                                           with the tree and its weights in the model

Exit codes: 0 all is well, 1 a check failed, 2 bad usage, 3 a bad file. Colours: only on a terminal, and none with NO_COLOR.
`;

interface ExportOptions {
  readonly out?: string;
  readonly onto?: string;
  readonly output?: string;
  readonly json?: true;
  readonly [option: string]: unknown;
}

/** The arguments, their help and their errors. `done` hears whether all checks passed. */
export function program(
  candidates: readonly Candidate[],
  streams: Streams,
  done: (passed: boolean) => void,
): Command {
  const { stdout, stderr } = streams;
  const names = candidates.map(({ name }) => name);
  const backends = () => new Argument('[backend...]', 'default: all that are installed').choices(names);
  const known = candidates.map(({ name, about }) => `  ${name.padEnd(24)} ${about}`).join('\n');

  const root = new Command('softmax')
    .description('The softmax family on files of numbers, and the proof of every backend of this machine.')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(printableLines(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(softmax --help shows what is allowed)')
    .addHelpText('after', `\nBackends:\n${known}\n${EXAMPLES}`);

  addCheck(root, candidates, streams, done);
  addBench(root.command('bench'), streams)
    .description('measure the backends of this machine in turns, side by side')
    .addHelpText(
      'after',
      examples(
        'softmax bench --quick',
        'softmax bench --op softmax --size 1x1000,64x50257 --html bench.html',
      ),
    );

  addRun(root, candidates, streams);
  addLabelled(root, candidates, streams);
  addSample(root, candidates, streams);

  root
    .command('support')
    .description('print which backend has which operation, as a Markdown table')
    .addArgument(backends())
    .option('--json', 'the same as JSON')
    .addHelpText('after', examples('softmax support', 'softmax support cpu wasm --json'))
    .action(async (given: string[], { json }: { readonly json?: true }) => {
      const { supportCommand } = await import('./commands/support.ts');
      await supportCommand(candidates, given, json === true, streams);
    });

  addExportOptions(root.command('export'))
    .description('write an operation as an ONNX model, or put it onto an output of one')
    .argument('<operation>', 'softmax, crossEntropy, …')
    .option('--out <file>', 'default: the model of --onto, else <operation>.onnx')
    .option('--onto <model>', 'an ONNX model that there is')
    .option('--output <name>', 'the output of it that the operation is put onto')
    .option('--keep', 'that output stays one')
    .option('--json', 'say what was written as JSON')
    .addHelpText(
      'after',
      examples(
        'softmax export softmax --axis -1 --out softmax.onnx',
        'softmax export crossEntropy --shape batch,1000 --label-smoothing 0.1',
        'softmax export softmax --onto model.onnx --output logits --out served.onnx',
      ),
    )
    .action(async (operation: string, { out, onto, output, json, ...given }: ExportOptions) => {
      const { exportCommand } = await import('./commands/export.ts');
      const options = exportOptions(given);
      await exportCommand({ operation, options, out, onto, output, json: json === true }, streams);
    });

  root
    .command('doctor')
    .description('which backends, runtimes and SIMD levels this machine has, and why one is missing')
    .option('--json', 'the same as JSON')
    .addHelpText('after', examples('softmax doctor', 'softmax doctor --json'))
    .action(async ({ json }: { readonly json?: true }) => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      done(await doctorCommand(candidates, json === true, streams));
    });

  addCompletion(root, streams);
  return root;
}

const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  ${line}`), ''].join('\n');

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}
