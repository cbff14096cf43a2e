import { type Chance, NAMES, shapeOf } from '../chance.ts';

const WIDTHS = { f2: 2, f4: 4, f8: 8, i1: 1, i2: 2, i4: 4, i8: 8, u1: 1, u2: 2, u4: 4, u8: 8, b1: 1 };
const TYPES = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[];
const OTHERS = [
  "'<c16'",
  "'|O'",
  "'<f16'",
  "[('a', '<f8')]",
  "'<f99999999999999999999'",
  "'<U4'",
  '7',
  "('<f8',)",
];

export function npy(chance: Chance): Buffer {
  const type = chance.pick(TYPES);
  const shape = shapeOf(chance);
  const count = shape.reduce((a, b) => a * b, 1);
  const descr = chance.once(12)
    ? chance.pick([...OTHERS, ...NAMES.map((name) => `'${name}'`)])
    : `'${type[1] === '1' ? '|' : chance.pick(['<', '>', '='])}${type}'`;
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const parts = [
    `'descr': ${descr}`,
    `'fortran_order': ${chance.once(15) ? chance.pick(['true', '1', 'None']) : chance.pick(['True', 'False'])}`,
    `'shape': ${chance.once(30) ? chance.pick(['()', '(-1,)', '(1e3,)', '[2]', '(2', `(${'9'.repeat(400)},)`]) : tuple}`,
  ];
  if (chance.once(20)) parts.splice(chance.below(3), 1);
  const filler = chance.once(25)
    ? chance.pick([' ', '(', "'descr':[", "'shape': (1", "'shape'    "]).repeat(6000)
    : '';
  const text = `{${filler}${parts.join(', ')}, }`.slice(0, 65_000);
  return headed(chance, text, values(chance, count * WIDTHS[type]));
}

function headed(chance: Chance, text: string, data: Buffer): Buffer {
  const version = chance.once(20) ? chance.below(256) : chance.pick([1, 2, 3]);
  const pad = ' '.repeat(chance.below(64));
  const body = Buffer.from(`${text}${pad}\n`, 'latin1');
  const stated = chance.once(20) ? chance.below(2 ** 16) : body.length;
  const length =
    version === 1 ? Buffer.from(Uint16Array.of(stated).buffer) : Buffer.from(Uint32Array.of(stated).buffer);
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0]), length, body, data]);
}

/** As many bytes as the header states where they are few. */
function values(chance: Chance, length: number): Buffer {
  const bytes = Buffer.alloc(length <= 2 ** 16 ? length : chance.below(2 ** 10));
  for (let k = 0; k < bytes.length; k++) bytes[k] = chance.below(256);
  return bytes;
}
