import { type Command, Option } from 'commander';
import type { Candidate } from '../candidate.ts';
import { FORMATS, type Format } from '../formats/format.ts';
import type { Values } from '../operations/operands.ts';
import { OPTIONS, type OptionName, optionOf } from '../operations/options.ts';
import type { Streams } from '../streams.ts';

interface Given extends Values {
  readonly labels: string;
  readonly from?: Format;
  readonly backend: string;
  readonly json?: true;
  readonly svg?: string;
  readonly bins?: number;
  readonly testLabels?: string;
  readonly test?: string;
}

const LOSS: readonly OptionName[] = ['axis', 'mask', 'ignoreIndex', 'labelSmoothing', 'zLoss'];
const CALIBRATE: readonly OptionName[] = ['axis', 'ignoreIndex'];

/** `softmax loss`, `softmax perplexity`, `softmax calibrate`: logits against labels. */
export function addLabelled(root: Command, candidates: readonly Candidate[], streams: Streams): void {
  const add = (name: string, about: string, options: readonly OptionName[]) => {
    const command = root
      .command(name)
      .description(about)
      .argument('[logits]', `.${FORMATS.join(', .')}, or - for standard input`, '-')
      .requiredOption('--labels <file>', 'the class of each row')
      .addOption(new Option('--from <format>', 'of the logits').choices(FORMATS))
      .option('--json', 'the same as JSON');
    for (const each of options) command.addOption(optionOf(each, OPTIONS[each]));
    return command;
  };
  const values = (given: Given, options: readonly OptionName[]): Values =>
    Object.fromEntries(Object.entries(given).filter(([name]) => options.some((each) => each === name)));
  for (const [name, about] of [
    ['loss', 'the mean cross-entropy of logits against labels'],
    ['perplexity', 'e to that loss'],
  ] as const)
    add(name, about, LOSS)
      .option('--backend <name>', candidates.map((each) => each.name).join(', '), 'cpu')
      .addHelpText('after', `\nExample:\n  softmax ${name} logits.npy --labels labels.npy\n`)
      .action(async (file: string, given: Given) => {
        const { labels, from, backend, json = false } = given;
        const { LOSS_TEXT, lossCommand } = await import('./loss.ts');
        await lossCommand(
          candidates,
          { file, labels, from, backend, json, values: values(given, LOSS) },
          streams,
          LOSS_TEXT[name],
        );
      });
  add('calibrate', 'the temperature that fits the labels best, and how well it calibrates', CALIBRATE)
    .option('--bins <number>', 'of the calibration error; default: 15', Number)
    .option('--test <file>', 'other logits to measure the calibration on')
    .option('--test-labels <file>', 'and their labels')
    .option('--svg <file>', 'a reliability diagram')
    .addHelpText(
      'after',
      '\nExample:\n  softmax calibrate logits.npy --labels labels.npy --svg reliability.svg\n',
    )
    .action(async (file: string, given: Given) => {
      const { calibrateCommand } = await import('./calibrate.ts');
      await calibrateCommand(
        { ...given, file, json: given.json === true, values: values(given, CALIBRATE) },
        streams,
      );
    });
}
