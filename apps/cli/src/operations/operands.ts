import type { Readable } from 'node:stream';
import type { Numbers } from '../formats/numbers.ts';
import { openSource } from '../formats/open-source.ts';
import { held, type Source, wholeOf } from '../formats/source.ts';
import { refuse } from '../input-error.ts';
import { UsageError } from '../usage-error.ts';
import { adaptiveArgument } from './adaptive-argument.ts';
import type { Operation } from './operations.ts';
import { ARGUMENTS, flagOf, OPTIONS, type OperationOption } from './options.ts';
import { treeArgument } from './tree-argument.ts';

/** Values of options and arguments, by their names. */
export type Values = { readonly [name: string]: unknown };

/** What an operation gets beside its input: the same for all rows, or read along with them. */
export interface Operands {
  /** For the next so many rows of the input. */
  next(rows: number): Promise<Values>;
  /** @throws {InputError} where one of them has more rows than the input */
  end(): Promise<void>;
  close(): Promise<void>;
}

const KNOWN: { readonly [name: string]: OperationOption } = { ...OPTIONS, ...ARGUMENTS };

/**
 * Opens the files among `given`.
 *
 * @param shape of the input, where it is read in blocks; undefined where it is read whole
 */
export async function openOperands(
  { arguments: needed }: Operation,
  given: Values,
  shape: Source['shape'] | undefined,
  stdin: Readable,
): Promise<Operands> {
  for (const name of needed)
    if (given[name] === undefined && !(name === 'target' && given['probabilities'] !== undefined))
      throw new UsageError(`${flagOf(name)} ${ARGUMENTS[name].value} is needed: ${ARGUMENTS[name].help}`);
  const along = new Map<string, Source>();
  const fixed: { [name: string]: unknown } = {};
  const close = async () => {
    for (const source of along.values()) await source.close();
  };
  try {
    for (const [name, value] of Object.entries(given)) {
      const kind = KNOWN[name]?.file;
      if (name === 'tree') fixed[name] = await treeArgument(String(value), stdin);
      else if (name === 'parameters') fixed[name] = await adaptiveArgument(String(value), stdin);
      else if (kind === undefined || !(typeof value === 'string' || isNumbers(value))) fixed[name] = value;
      else {
        const source = isNumbers(value) ? held(name, value) : await openSource(value, stdin);
        along.set(name, source);
        if (shape && goesAlong(kind, source.shape, shape)) continue;
        fixed[name] = await wholeOf(source);
        await source.close();
        along.delete(name);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async next(rows) {
      const values: { [name: string]: Numbers } = {};
      for (const [name, source] of along) {
        const block = await source.next(rows);
        if (block?.shape[0] !== rows) refuse(source.place, `fewer rows than the input has`);
        values[name] = block;
      }
      return { ...fixed, ...values };
    },
    async end() {
      for (const source of along.values())
        if (await source.next(1)) refuse(source.place, `more rows than the input has`);
    },
    close,
  };
}

const isNumbers = (value: unknown): value is Numbers =>
  value !== null && typeof value === 'object' && 'data' in value && 'shape' in value;

/** Whether its first axis is that of the input. */
function goesAlong(kind: OperationOption['file'], own: Source['shape'], input: Source['shape']): boolean {
  if (kind === 'whole' || own.length === 0) return false;
  if (kind === 'like' && (own.length < input.length || (own[0] === 1 && input[0] !== 1))) return false;
  return own[0] === undefined || input[0] === undefined || own[0] === input[0];
}
