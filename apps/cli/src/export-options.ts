import { type Command, InvalidArgumentError, Option } from 'commander';
import { axis, list, number, numbers } from './operations/option-parsers.ts';
import { UsageError } from './usage-error.ts';

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
  ['--tree <tree>', 'nested lists in .json, balanced:CLASSES, huffman:FILE, parents:FILE; part of the model'],
  ['--weights <weights>', 'of the tree: a file, part of the model, or input; default: input'],
  ['--bias <bias>', 'of the weight rows of the tree: a file, or input'],
  ['--parameters <file>', 'of adaptive softmax: .npz or .safetensors, part of the model'],
  ['--cutoffs <classes>', 'where these are inputs: the first class of each tail', numbers],
  ['--classes <number>', 'and the number of all', number],
  ['--widths <widths>', 'and the width of each tail', numbers],
  ['--head-bias', 'and a bias of the head'],
  ['--log', 'logarithms of the probabilities'],
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

const RENAMED: { readonly [flag: string]: string } = { name: 'names', weights: 'weight' };
const LAYOUT = ['cutoffs', 'classes', 'widths', 'headBias'];

type Given = { readonly [name: string]: unknown };

/** What the command line gave, as options of `toOnnx`; of files their names. */
export function exportOptions(given: Given): Given {
  const entries = Object.entries(given);
  const layout = entries.filter(([name]) => LAYOUT.includes(name));
  const own = entries.filter(([name]) => !LAYOUT.includes(name));
  if (layout.length > 0 && given['parameters'] !== undefined)
    throw new UsageError('--parameters are values; --cutoffs, --classes and --widths make them inputs');
  const named = own.map(([name, value]) => {
    const input = INPUTS[name];
    return input === undefined ? [RENAMED[name] ?? name, value] : [input, 'input'];
  });
  const parameters = Object.fromEntries(
    layout.map(([name, value]) => [name, value === true ? 'input' : value]),
  );
  return { ...Object.fromEntries(named), ...(layout.length > 0 && { parameters }) };
}
