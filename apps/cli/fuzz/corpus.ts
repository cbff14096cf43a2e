import { archive } from './grammars/npz.ts';

/** Files that once hung, exhausted or crashed the reader of their format: the first inputs of its target. */
export const CORPUS: { readonly [format: string]: readonly Buffer[] } = {
  npy: [
    npyOf('(9007199254740991, 0)'),
    npyOf('(0, 9007199254740991)'),
    npyOf('(5, 0, 1099511627776)'),
    npyOf(`(${'1, '.repeat(20_000)})`),
    header("'descr':[".repeat(7000)),
    header(`${"'shape': (1".repeat(5900)}`),
  ],
  npz: [
    archive([{ name: 'x.npy', content: npyOf('(2,)', 16), deflated: true, size: 0 }]),
    archive([{ name: 'x.npy', content: npyOf('(2,)', 16), deflated: true, size: 10_000 }]),
    archive([{ name: 'x.npy', content: npyOf('(9007199254740991, 0)') }]),
    archive([{ name: 'x.npy', content: npyOf('(536870000,)'), deflated: true, size: 2 ** 32 - 2 }]),
  ],
  json: [
    Buffer.from('['.repeat(10_000) + ']'.repeat(10_000)),
    Buffer.from(`[1, ${'['.repeat(10_000)}${']'.repeat(10_000)}]`),
    Buffer.from(`[["${'1'.repeat(80_000)}x"]]`),
    Buffer.from('{"__proto__": [1], "constructor": [2]}'),
    Buffer.from(`[${'1,'.repeat(40_000)}1]`),
  ],
  jsonl: [
    Buffer.from(`[${' '.repeat(2 ** 22)}1]`),
    Buffer.from(`[1]\n${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    Buffer.from(`["${'1'.repeat(80_000)}x"]`),
  ],
  csv: [Buffer.from(`1,${'1'.repeat(80_000)}x\n`), Buffer.from(`1,${'.'.repeat(80_000)}\n`)],
  tsv: [Buffer.from(`1\t${'1'.repeat(80_000)}x\n`), Buffer.from(`1\t${' '.repeat(80_000)}\n`)],
  safetensors: [
    tensor('"F32"', '[9007199254740991,0]', '[0,0]'),
    tensor('"constructor"', '[1]', '[0,4]'),
    tensor('{"toString":1}', '[1]', '[0,4]'),
    tensor('"F32"', '[1]', `${'['.repeat(9000)}${']'.repeat(9000)}`),
    tensor(`"\\u001b]0;title\\u0007${'F'.repeat(90_000)}"`, '[1]', '[0,4]'),
  ],
};

function header(dictionary: string, values = 0): Buffer {
  const body = Buffer.from(dictionary, 'latin1');
  const length = Buffer.from(Uint16Array.of(body.length).buffer);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, body, Buffer.alloc(values)]);
}

function npyOf(shape: string, values = 0): Buffer {
  return header(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`, values);
}

function tensor(dtype: string, shape: string, offsets: string): Buffer {
  const text = Buffer.from(`{"x":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`);
  const length = Buffer.from(BigUint64Array.of(BigInt(text.length)).buffer);
  return Buffer.concat([length, text, Buffer.alloc(4)]);
}
