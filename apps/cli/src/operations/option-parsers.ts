import { InvalidArgumentError } from 'commander';

export function number(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('A number is needed.');
  return value;
}

export const list = (text: string): string[] => text.split(',').map((part) => part.trim());
export const numbers = (text: string): number[] => list(text).map(number);

/** `-1`, `0,2`, `all`, or `none`. */
export function axis(text: string): number | number[] | null | undefined {
  if (text === 'all') return null;
  if (text === 'none') return [];
  const axes = numbers(text);
  return axes.length === 1 ? axes[0] : axes;
}

/** A seed may take 64 bits, more than a number holds. */
export function seed(text: string): number | bigint {
  if (!/^-?\d+$/.test(text.trim())) throw new InvalidArgumentError('An integer is needed.');
  const value = BigInt(text);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
