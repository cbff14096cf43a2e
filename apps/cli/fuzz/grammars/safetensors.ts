import { type Chance, NAMES, shapeOf } from '../chance.ts';

const WIDTHS = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};
const TYPES = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[];
/** JSON in the place of a string or a list. */
const ODD = [
  'null',
  '1',
  '{}',
  '{"toString":1}',
  '[[1]]',
  '"F8_E4M3"',
  `${'['.repeat(9000)}${']'.repeat(9000)}`,
];

export function safetensors(chance: Chance): Buffer {
  let end = 0;
  const entries = chance.list(chance.pick([0, 1, 1, 1, 2, 3]), () => {
    const type = chance.pick(TYPES);
    const shape = shapeOf(chance);
    const start = end;
    end += shape.reduce((a, b) => a * b, 1) * WIDTHS[type];
    const odd = () => chance.pick([...ODD, ...NAMES.map((name) => JSON.stringify(name))]);
    const parts = [
      `"dtype":${chance.once(15) ? odd() : JSON.stringify(type)}`,
      `"shape":${chance.once(25) ? odd() : JSON.stringify(shape)}`,
      `"data_offsets":${chance.once(25) ? odd() : JSON.stringify([start, end])}`,
    ];
    const entry = chance.once(40) ? odd() : `{${parts.join(',')}}`;
    return `${JSON.stringify(chance.once(3) ? chance.pick(NAMES) : `t${start}`)}:${entry}`;
  });
  if (chance.once(5)) entries.unshift('"__metadata__":{"format":"pt"}');
  const header = Buffer.from(chance.once(30) ? chance.pick(ODD) : `{${entries.join(',')}}`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(
    chance.once(15) ? BigInt(chance.pick([0, 1, 2 ** 31, 2 ** 53])) : BigInt(header.length),
  );
  const data = Buffer.alloc(end <= 2 ** 16 ? end : chance.below(1000));
  for (let k = 0; k < data.length; k++) data[k] = chance.below(256);
  return Buffer.concat([length, header, data]);
}
