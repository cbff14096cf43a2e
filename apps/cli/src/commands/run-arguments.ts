import type { OpName } from '@softmax/core';
import { type Command, Option } from 'commander';
import type { Candidate } from '../candidate.ts';
import { FORMATS, OUTPUT_FORMATS } from '../formats/format.ts';
import type { Values } from '../operations/operands.ts';
import { OPERATIONS } from '../operations/operations.ts';
import { ARGUMENTS, OPTIONS, optionOf } from '../operations/options.ts';
import type { Streams } from '../streams.ts';
import type { RunFiles } from './run.ts';

const EXAMPLES = `
Examples:
  softmax run softmax logits.npy                          a table
  softmax run softmax logits.npy --out p.npy              a file, its format by its ending
  softmax run logSoftmax - --from csv --to csv < x.csv    standard input to standard output
  softmax run crossEntropyGrad data.npz:logits --target data.npz:labels --out gradient.npz
  softmax run entmax logits.safetensors:head --alpha 1.3 --backend onnxruntime-node

Options and arguments of an operation: softmax run OPERATION --help
`;

/** Options of where numbers come from and go to, shared by commands. */
export const addFiles = (command: Command, candidates: readonly Candidate[]): Command =>
  command
    .option(
      '--backend <name>',
      `${candidates.map(({ name }) => name).join(', ')}, or a module of your own`,
      'cpu',
    )
    .addOption(
      new Option('--from <format>', 'of the input; default: by its ending or first bytes').choices(FORMATS),
    )
    .addOption(
      new Option('--to <format>', 'default: by the ending of --out, else table').choices(OUTPUT_FORMATS),
    )
    .option('--out <file>', 'default: standard output')
    .option('--json', 'the same as --to json')
    .addOption(
      new Option('--dtype <type>', 'to compute in; default: that of the file, float64 for text').choices([
        'float16',
        'float32',
        'float64',
      ]),
    );

/** `softmax run`: a command for each operation, with the options that it has. */
export function addRun(root: Command, candidates: readonly Candidate[], streams: Streams): void {
  const run = root
    .command('run')
    .description('apply an operation to the numbers of a file')
    .usage('<operation> [file] [options]')
    .addHelpText('after', EXAMPLES);
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const command = run
      .command(name)
      .description(operation.about)
      .argument('[file]', `${operation.input}: .${FORMATS.join(', .')}, or - for standard input`, '-');
    for (const each of operation.arguments) command.addOption(optionOf(each, ARGUMENTS[each]));
    for (const each of operation.options) command.addOption(optionOf(each, OPTIONS[each]));
    addFiles(command, candidates)
      .option('--result <name>', 'only this of several results')
      .action(async (file: string, given: RunFiles & Values) => {
        const { runCommand } = await import('./run.ts');
        const request = { ...filesOf(given), op: name as OpName, file, values: valuesOf(given) };
        await runCommand(candidates, request, streams);
      });
  }
}

const FILES = ['backend', 'from', 'to', 'out', 'json', 'dtype', 'result'];

export const filesOf = ({ json, ...given }: RunFiles & { readonly json?: unknown }): RunFiles => ({
  ...(Object.fromEntries(Object.entries(given).filter(([name]) => FILES.includes(name))) as typeof given),
  ...(json === true && { to: 'json' }),
});

const valuesOf = (given: Values): Values =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !FILES.includes(name)));
