import type { Readable } from 'node:stream';
import { styleText } from 'node:util';
import { printable } from './printable.ts';

/** Where text goes; a terminal also says so, and whether it shows colours (NO_COLOR is its business). */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; hasColors?(): boolean };

export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Default: that of the process. */
  readonly stdin?: Readable;
}

export const stdinOf = ({ stdin = process.stdin }: Streams): Readable => stdin;

export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

/** Its text is made printable, so that the only escapes of a line are its own. */
export const painter = (to: Output): Paint =>
  to.isTTY && to.hasColors?.()
    ? (style, text) => styleText(style, printable(text), { validateStream: false })
    : (_, text) => printable(text);
