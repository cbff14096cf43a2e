import { type Command, InvalidArgumentError } from 'commander';
import type { Candidate } from '../candidate.ts';
import type { Values } from '../operations/operands.ts';
import { OPTIONS, type OptionName, optionOf } from '../operations/options.ts';
import type { Streams } from '../streams.ts';
import { UsageError } from '../usage-error.ts';
import type { RunFiles } from './run.ts';
import { addFiles, filesOf } from './run-arguments.ts';

const DRAW: readonly OptionName[] = ['axis', 'mask', 'temperature', 'seed', 'stream'];

const count = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 is needed.');
  return Number(text);
};

/** `softmax sample`: classes drawn from the logits of each row. */
export function addSample(root: Command, candidates: readonly Candidate[], streams: Streams): void {
  const command = root
    .command('sample')
    .description('draw classes from the logits of each row')
    .argument('[file]', 'logits; - is standard input', '-')
    .option('--draws <number>', 'independent ones of each row, in a new last axis', count)
    .option('--distinct <k>', 'k different classes of each row, in the order of their drawing', count);
  for (const each of DRAW) command.addOption(optionOf(each, OPTIONS[each]));
  addFiles(command, candidates)
    .addHelpText(
      'after',
      '\nExamples:\n  softmax sample logits.npy --seed 1 --draws 5\n  softmax sample logits.npy --seed 1 --distinct 2\n',
    )
    .action(async (file: string, given: RunFiles & Values) => {
      const { draws, distinct: k } = given;
      if (given['seed'] === undefined)
        throw new UsageError('--seed is needed: the same seed draws the same classes, on every backend');
      if (draws !== undefined && k !== undefined) throw new UsageError('--draws or --distinct, not both');
      const chosen = Object.entries(given).filter(([name]) => DRAW.some((each) => each === name));
      const values = { ...Object.fromEntries(chosen), ...(k !== undefined && { k }) };
      const op = k === undefined ? 'sample' : 'sampleWithoutReplacement';
      const request = { ...filesOf(given), op, file, values, draws: draws as number | undefined } as const;
      const { runCommand } = await import('./run.ts');
      await runCommand(candidates, request, streams);
    });
}
