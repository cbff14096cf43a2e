import { Option } from 'commander';
import { axis, number, numbers, seed } from './option-parsers.ts';

/** Values that an operation takes beside its first input, as the command line gives them. */
export interface OperationOption {
  /** What stands behind it; a switch has none. */
  readonly value?: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly parse?: (text: string) => unknown;
  /**
   * It may be a file: 'rows' of it belong to those of the input; 'like' where it is broadcast to the input, so that they
   * do if it has as many axes; 'whole' belongs to all. Where it also parses, numbers are taken as such.
   */
  readonly file?: 'rows' | 'like' | 'whole';
}

const FILE = '<file>';
/** A number as the option, or else a file. */
const numeric = (text: string): unknown => (Number.isNaN(Number(text)) ? undefined : number(text));
const numericList = (text: string): unknown => (/^[-+\d.,e\s]+$/i.test(text) ? numbers(text) : undefined);

export type OptionName =
  | 'axis'
  | 'mask'
  | 'temperature'
  | 'sink'
  | 'softcap'
  | 'emptyRow'
  | 'alpha'
  | 'keepDims'
  | 'returnSign'
  | 'factors'
  | 'hard'
  | 'seed'
  | 'stream'
  | 'noise'
  | 'weight'
  | 'ignoreIndex'
  | 'labelSmoothing'
  | 'zLoss'
  | 'reduction'
  | 'tokenWeight'
  | 'denominator'
  | 'emptyMean'
  | 'log'
  | 'bias'
  | 'dy'
  | 'probabilities'
  | 'normalized';
export type ArgumentName = 'dy' | 'target' | 'q' | 'b' | 'k' | 'depth' | 'weights' | 'tree' | 'parameters';

/** Every option of the family, by its name in a program: what help, parsing and completion know of it. */
export const OPTIONS: { readonly [N in OptionName]: OperationOption } = {
  axis: { value: '<axis>', help: 'one or several by commas, all, none; default: -1', parse: axis },
  mask: { value: FILE, help: 'booleans, broadcast: what takes part', file: 'like' },
  temperature: {
    value: '<T>',
    help: 'a number, or a file of one for each row',
    parse: numeric,
    file: 'rows',
  },
  sink: { value: '<logit>', help: 'a number, or a file of one for each row', parse: numeric, file: 'rows' },
  softcap: { value: '<c>', help: 'x becomes c·tanh(x/c)', parse: number },
  emptyRow: {
    value: '<kind>',
    help: 'for rows without a possible entry',
    choices: ['nan', 'zero', 'uniform', 'throw'],
  },
  alpha: { value: '<alpha>', help: '1 is softmax, 2 sparsemax; default: 1.5', parse: number },
  keepDims: { help: 'reduced axes stay, with length 1' },
  returnSign: { help: 'the sign of the sum beside its logarithm' },
  factors: { value: FILE, help: 'factors b of the exponentials, broadcast', file: 'like' },
  hard: { help: 'one-hot samples' },
  seed: { value: '<seed>', help: 'an integer of at most 64 bits', parse: seed },
  stream: { value: '<number>', help: 'noise of its own for each; default: 0', parse: number },
  noise: { value: FILE, help: 'Gumbel noise in place of a seed', file: 'rows' },
  weight: {
    value: '<weights>',
    help: 'of the classes: numbers by commas, or a file',
    parse: numericList,
    file: 'whole',
  },
  probabilities: { value: FILE, help: 'in place of a target: a distribution for each row', file: 'rows' },
  normalized: { help: 'refuses probabilities that do not sum to 1' },
  ignoreIndex: { value: '<class>', help: 'rows of this class are skipped; default: -100', parse: number },
  labelSmoothing: { value: '<alpha>', help: 'in [0, 1]', parse: number },
  zLoss: { value: '<c>', help: 'adds c·lse²', parse: number },
  reduction: { value: '<kind>', help: 'default: mean', choices: ['mean', 'sum', 'none'] },
  tokenWeight: { value: FILE, help: 'a weight for each row', file: 'rows' },
  denominator: { value: '<number>', help: 'what a mean divides by', parse: number },
  emptyMean: { value: '<kind>', help: 'a mean over nothing', choices: ['zero', 'nan', 'throw'] },
  log: { help: 'logarithms of the probabilities' },
  bias: { value: FILE, help: 'a number for each weight row', file: 'whole' },
  dy: { value: FILE, help: 'the cotangent of the result', file: 'rows' },
};

/** What an operation takes in a place of its own, behind its first input. */
export const ARGUMENTS: { readonly [N in ArgumentName]: OperationOption } = {
  dy: OPTIONS.dy,
  target: { value: FILE, help: 'the class of each row', file: 'rows' },
  q: { value: FILE, help: 'the other probabilities', file: 'rows' },
  b: { value: FILE, help: 'the other logits', file: 'rows' },
  k: { value: '<k>', help: 'how many classes', parse: number },
  depth: { value: '<classes>', help: 'how many classes there are', parse: number },
  weights: { value: FILE, help: 'the weight rows of the tree', file: 'whole' },
  tree: { value: '<tree>', help: 'nested lists in .json, balanced:CLASSES, huffman:FILE, parents:FILE' },
  parameters: { value: FILE, help: '.npz or .safetensors: head, headBias, projection0, tail0, …' },
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
export const flagOf = (name: string): string => `--${kebab(name)}`;

/** The option as the command line has it. */
export function optionOf(name: string, { value, help, choices, parse }: OperationOption): Option {
  const option = new Option(value ? `${flagOf(name)} ${value}` : flagOf(name), help);
  if (choices) return option.choices([...choices]);
  // What does not parse here is a file.
  return parse ? option.argParser((text) => parse(text) ?? text) : option;
}
