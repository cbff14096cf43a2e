import { readFile } from 'node:fs/promises';
import { golden } from './golden.ts';

const bytes = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const u64 = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer);
const npy = (dictionary: string, ...values: readonly Uint8Array[]) =>
  bytes('\x93NUMPY\x01\x00', u16(dictionary.length), dictionary, ...values);
const npyOf = (descr: string, shape: string) =>
  npy(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`);
const tensors = (header: unknown, ...values: readonly Uint8Array[]) => {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  return bytes(u64(BigInt(text.length)), text, ...values);
};
export const npyFile: Buffer = await readFile(golden('logits.npy'));
const npzFile = await readFile(golden('data.npz'));
const tensorFile = await readFile(golden('softmax.safetensors'));
const flipped = Buffer.from(npzFile);
flipped[250] = 255 - (flipped[250] ?? 0);

/** What is wrong, the file (and the array in it), what it holds, and what is said. */
export const BAD: readonly (readonly [
  what: string,
  name: string,
  content: Uint8Array | string,
  message: RegExp,
])[] = [
  ['an empty file', 'x.npy', '', /x\.npy: it is empty/],
  ['an empty table', 'x.csv', '', /x\.csv: it is empty/],
  ['a table of nothing but names', 'x.csv', 'a,b\n', /x\.csv: it is empty/],
  ['an empty JSON', 'x.json', '  ', /x\.json: it is empty/],
  ['another kind of file', 'x.npy', 'hello, world', /x\.npy: no \.npy file: byte 0/],
  [
    'a later version',
    'x.npy',
    bytes('\x93NUMPY\x09\x00', u16(0)),
    /version 9\.0 at byte 6; allowed: 1\.0, 2\.0, 3\.0/,
  ],
  [
    'a truncated magic',
    'x.npy',
    '\x93NUM',
    /truncated: the \.npy magic and version ends at byte 8, the file at byte \d/,
  ],
  [
    'a truncated header',
    'x.npy',
    npyFile.subarray(0, 60),
    /truncated: the \.npy header ends at byte 128, the file at byte 60/,
  ],
  [
    'truncated values',
    'x.npy',
    npyFile.subarray(0, 200),
    /truncated: shape \(6, 5\) of float32 ends at byte 248, the file at byte 200/,
  ],
  ['values that go on', 'x.npy', bytes(npyFile, 'more'), /the values end at byte 248, the file does not/],
  [
    'a header longer than the file',
    'x.npy',
    bytes('\x93NUMPY\x01\x00', u16(65_535), 'x'),
    /header ends at byte 65545, the file at byte 11/,
  ],
  [
    'a header of gigabytes',
    'x.npy',
    bytes('\x93NUMPY\x02\x00', u16(0), u16(0x7fff)),
    /header at byte 8 says it is 2147418112 bytes long; allowed: at most 65536/,
  ],
  [
    'an absurd shape',
    'x.npy',
    npyOf("'<f8'", '(1073741824, 1073741824)'),
    /shape \(1073741824, 1073741824\) of float64, more than any file holds/,
  ],
  [
    'a shape of another file',
    'x.npy',
    npyOf("'<f8'", '(1000000, 1000)'),
    /truncated: .* ends at byte 80000000\d\d, the file at byte \d+/,
  ],
  ['a negative shape', 'x.npy', npyOf("'<f8'", '(-1,)'), /header at byte 10: shape \(-1,\)/],
  ['complex numbers', 'x.npy', npyOf("'<c16'", '(1,)'), /dtype '<c16'; allowed: floats of 2, 4, 8 bytes/],
  ['extended precision', 'x.npy', npyOf("'<f16'", '(1,)'), /dtype '<f16'/],
  ['records', 'x.npy', npyOf("[('a', '<f8')]", '(1,)'), /dtype \[\('a', '<f8'\)\]/],
  ['Python objects', 'x.npy', npyOf("'|O'", '(1,)'), /dtype '\|O'/],
  [
    'a header without a shape',
    'x.npy',
    npy("{'descr': '<f8', 'fortran_order': False}"),
    /no shape that can be read/,
  ],
  ['no archive', 'x.npz', 'hello', /x\.npz: no whole \.npz archive/],
  ['a truncated archive', 'x.npz', npzFile.subarray(0, 400), /x\.npz: no whole \.npz archive/],
  [
    'an archive of several, none named',
    'x.npz',
    npzFile,
    /holds 2 arrays; allowed: .*x\.npz:logits, .*x\.npz:labels/,
  ],
  [
    'a damaged archive',
    'x.npz:logits',
    flipped,
    /x\.npz:logits: the archive is damaged: its checksum is another/,
  ],
  ['an array that is not there', 'x.npz:weights', npzFile, /x\.npz: no array weights; allowed: /],
  ['broken JSON', 'x.json', '[[1, 2],\n [3', /x\.json: no JSON: /],
  ['ragged lists', 'x.json', '[[1, 2], [3]]', /x\.json\[1\]: ragged: 1 entries, the first has 2/],
  ['a word among numbers', 'x.json', '[[1, 2], [3, "four"]]', /x\.json\[1\]\[1\]: "four" is no number/],
  ['a list where a number is', 'x.json', '[1, [2]]', /x\.json\[1\]: \[2\] is no number/],
  ['a number where a list is', 'x.json', '[[1], 2]', /x\.json\[1\]: 2 where a list is/],
  ['ragged lines', 'x.jsonl', '[1, 2]\n\n[3]\n', /x\.jsonl, line 3: ragged: 1 values, the first row has 2/],
  ['a broken line', 'x.jsonl', '[1, 2]\n[3, \n', /x\.jsonl, line 2: no JSON/],
  ['ragged columns', 'x.csv', '1,2\n3,4\n5\n', /x\.csv, line 3: ragged: 1 values, the first row has 2/],
  ['a word in a column', 'x.csv', 'a,b\n1,2\n3,four\n', /x\.csv, line 3, column 2: "four" is no number/],
  ['an empty cell', 'x.csv', '1,2\n3,\n', /x\.csv, line 2, column 2: "" is no number/],
  ['an open quotation mark', 'x.csv', '1,"2\n3,4\n', /x\.csv: Quote Not Closed/],
  [
    'truncated tensors',
    'x.safetensors',
    tensorFile.subarray(0, 100),
    /x\.safetensors:y: truncated: its values end at byte 120 behind the header, the file at byte 28/,
  ],
  [
    'a header longer than the file of tensors',
    'x.safetensors',
    bytes(u64(2n ** 62n), '{}'),
    /header at byte 8 says it is 4611686018427387904 bytes long, the file ends at byte 10/,
  ],
  ['a header of tensors that is no JSON', 'x.safetensors', tensors('{"y":'), /header at byte 8: no JSON/],
  [
    'tensors of an unknown type',
    'x.safetensors',
    tensors({ y: { dtype: 'F8_E4M3', shape: [1], data_offsets: [0, 1] } }, u16(0)),
    /dtype F8_E4M3; allowed: F64, F32/,
  ],
  [
    'offsets that do not fit',
    'x.safetensors',
    tensors({ y: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 8] } }, u64(0n)),
    /data_offsets 0, 8, but shape \[2, 2\] of F32 takes 16 bytes/,
  ],
  [
    'offsets before the beginning',
    'x.safetensors',
    tensors({ y: { dtype: 'U8', shape: [1], data_offsets: [-1, 0] } }),
    /data_offsets \[-1,0\]/,
  ],
  [
    'rows without values whose number nothing bounds',
    'x.npy',
    npyOf("'<f8'", '(9007199254740991, 0)'),
    /shape \(9007199254740991, 0\) without values; allowed: other lengths whose product is at most 1048576/,
  ],
  [
    'the same among tensors',
    'x.safetensors',
    tensors({ y: { dtype: 'F32', shape: [9007199254740991, 0], data_offsets: [0, 0] } }),
    /x\.safetensors:y: shape \(9007199254740991, 0\) without values/,
  ],
  ['65 axes', 'x.npy', npyOf("'<f8'", `(${'1, '.repeat(65)})`), /65 axes; allowed: at most 64/],
  ['lists nested 10 000 deep', 'x.json', '['.repeat(1e4) + ']'.repeat(1e4), /x\.json: more than 64 axes/],
  [
    'lists nested 10 000 deep where a number is',
    'x.json',
    `[1, ${'['.repeat(1e4)}${']'.repeat(1e4)}]`,
    /x\.json\[1\]: a value that is nested too deeply is no number/,
  ],
  [
    'a cell of 80 000 digits and a letter',
    'x.csv',
    `1,2\n${'1'.repeat(80_000)}x,2\n`,
    /line 2, column 1: "1{40}"… is no number/,
  ],
  [
    'a type by the name of a method',
    'x.safetensors',
    tensors({ y: { dtype: 'constructor', shape: [1], data_offsets: [0, 4] } }, u64(0n)),
    /dtype constructor; allowed: F64, F32/,
  ],
  [
    'a type that has no text',
    'x.safetensors',
    tensors({ y: { dtype: { toString: 1 }, shape: [1], data_offsets: [0, 4] } }, u64(0n)),
    /dtype \{"toString":1\}; allowed: F64, F32/,
  ],
  [
    'orders to the terminal',
    'x.npy',
    npyOf("'\x1b]0;title\x07\x9b2J'", '(1,)'),
    /dtype '\\x1b\]0;title\\x07\\x9b2J'; allowed/,
  ],
  [
    'a megabyte of a name',
    'x.safetensors',
    tensors({ ['n'.repeat(1e6)]: { dtype: 'F8', shape: [1], data_offsets: [0, 4] } }, u64(0n)),
    /^error: [^\n]{1000,2100}dtype F8; allowed: F64[^\n]*\n$/,
  ],
];
