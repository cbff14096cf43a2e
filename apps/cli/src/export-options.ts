import { type Command, InvalidArgumentError, Option } from 'commander';
import { axis, list, number, numbers } from './operations/option-parsers.ts';

type Parse = (text: string, before?: unknown) => unknown;

const numberOrInput: Parse = (text) => (text === 'input' ? text : number(text));
const dimensions: Parse = (text) =>
  text === '' ? [] : list(text).map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** `from=to`, once or several times. */
const pairs: Parse = (text, before = {}) => {
  const [from, to, ...more] = text.split('=');
  if (!from || !to || more.length > 0) throw new InvalidArgumentError('NAME=OTHER is needed.');
  return { ...(before as object), [from]: to };
};

const OPTIONS: readonly (readonly [flags: string, help: string, parse?: Parse])[] = [
  ['--axis <axis>', 'one or several by commas, or all; default: -1', axis],
  ['--shape <dims>', 'names or lengths by commas; default: batch,n', dimensions],
  ['--dtype <type>', 'float16, float32, float64'],
  ['--precision <precision>', 'as for the backends'],
  ['--mask', 'a mask is an input'],
  ['--temperature <T>', 'a number, or input', numberOrInput],
  ['--sink <logit>', 'a number, or input', numberOrInput],
  ['--softcap <c>', 'cap of the logits', number],
  ['--empty-row <kind>', 'nan, zero, uniform'],
  ['--alpha <alpha>', 'of entmax', number],
  ['--k <k>', 'how many are drawn', number],
  ['--depth <depth>', 'the number of classes of oneHot', number],
  ['--hard', 'one-hot samples'],
  ['--keep-dims', 'reduced axes stay, with length 1'],
  ['--return-sign', 'of logSumExp: also the sign'],
  ['--factors', 'of logSumExp: factors b are an input'],
  ['--target <kind>', 'classes, probabilities'],
  [
    '--weight <weights>',
    'of the classes: numbers by commas, or input',
    (text) => (text === 'input' ? text : numbers(text)),
  ],
  ['--ignore-index <class>', 'rows of this class are skipped', number],
  ['--label-smoothing <alpha>', 'in [0, 1]', number],
  ['--z-loss <c>', 'adds c·lse²', number],
  ['--reduction <kind>', 'mean, sum, none'],
  ['--token-weight', 'a weight for each row is an input'],
  ['--denominator <number>', 'what a mean divides by', number],
  ['--empty-mean <kind>', 'zero, nan'],
  ['--dy', 'of a loss: the cotangent is an input'],
  ['--opset <version>', '13 to 26; default: 17', number],
  ['--ir <version>', '4 to 13; default: 8', number],
  ['--name <name=other>', 'an input or output by another name; several times', pairs],
];

/** The options of an export, each by the name that it has in a program. */
export function addExportOptions(command: Command): Command {
  for (const [flags, help, parse] of OPTIONS) {
    const option = new Option(flags, help);
    command.addOption(parse ? option.argParser(parse) : option);
  }
  return command;
}

const INPUTS: { readonly [flag: string]: string } = {
  mask: 'mask',
  tokenWeight: 'tokenWeight',
  dy: 'dy',
  factors: 'b',
};

/** What the command line gave, as options of `toOnnx`. */
export const exportOptions = (given: {
  readonly [name: string]: unknown;
}): { readonly [name: string]: unknown } =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const input = INPUTS[name];
      if (input !== undefined) return [input, 'input'];
      return [name === 'name' ? 'names' : name, value];
    }),
  );
