import type { Special } from './places.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = [0.5, -1, 2, 2, 0, -3, 2, 1, 1, -2, 0.25, 1];
const rows = { x, shape: [3, 4] };

/** Temperatures, sinks and caps, at their limits too. */
export function limits(sign: 1 | -1): readonly Special[] {
  const none = sign * -inf;
  return [
    {
      name: 'temperature',
      mistake: 'a temperature that multiplies, or that is ignored',
      examples: [0.1, 0.7, 1, 2, 100].map((temperature) => ({
        ...rows,
        temperature,
        where: `T = ${temperature}`,
      })),
    },
    {
      name: 'temperature-0-and-infinity',
      mistake:
        'division by 0 where the limit is meant (pytorch #184031): the ties of the maximum share, or all do',
      examples: [0, inf].flatMap((temperature) => [
        { ...rows, temperature, where: `T = ${temperature}` },
        { x: [1, 1, 0, none, 1], temperature, where: `T = ${temperature} with ties and −inf` },
        { x: [nan, 1, 2, 3], shape: [2, 2], temperature, where: `T = ${temperature} with NaN` },
        {
          x: [sign * 3e38, 1, sign * -3e38],
          temperature,
          where: `T = ${temperature} of the largest numbers`,
        },
        { x: [1, 2, 2], mask: [true, true, false], temperature, where: `T = ${temperature} with a mask` },
      ]),
    },
    {
      name: 'temperature-0-of-subnormal-logits',
      mistake: '0/0 where a difference of subnormal logits is flushed or halved: NaN',
      examples: ({ subnormals }) =>
        (subnormals ? [2 ** -1074, 2 ** -149, 2 ** -1060] : [2 ** -125]).flatMap((tiny) => [
          { x: [tiny, 0], temperature: 0, where: `${tiny} above 0` },
          { x: [0, -tiny, tiny, tiny], temperature: 0, where: `${tiny} on both sides` },
          { x: [2 * tiny, tiny, none, 2 * tiny], temperature: 0, where: `multiples of ${tiny}` },
        ]),
    },
    {
      name: 'temperature-after-the-max',
      mistake: 'x/T before the max is taken off, which overflows',
      examples: [
        { x: [sign * 3e38, 1], temperature: 0.1 },
        { x: [sign * 3e38, sign * 3e38, 1], temperature: 0.001 },
        { x: [1e-30, 2e-30, 0], temperature: 1e-30, where: 'tiny logits and T' },
        { x: [sign * 3e38, sign * -3e38], temperature: 3e38, where: 'a difference that overflows' },
      ],
    },
    {
      name: 'temperature-per-row',
      mistake: 'one temperature for all rows of a batch',
      examples: [
        { ...rows, temperature: [0.5, 1, 4] },
        { ...rows, temperature: [0, 1, inf], where: 'limits beside 1' },
        { ...rows, axis: 0, temperature: [0.5, 1, 2, 4], where: 'axis 0' },
      ],
    },
    {
      name: 'sink',
      mistake: 'a literal 1 added after the shift by the max; a sink that the max forgets',
      examples: [-inf, -5, 0, 2, 50, 200, -200].flatMap((sink) => [
        { ...rows, sink, where: `sink ${sink}` },
        { ...rows, sink, temperature: 0.5, where: `sink ${sink} at T = 0.5` },
        { x: x.map((v) => v + sign * 100), sink, where: `sink ${sink} beside logits near 100` },
      ]),
    },
    {
      name: 'sink-per-row',
      mistake: 'one sink for all rows, or a sink that saves no row of −inf',
      examples: [
        { ...rows, sink: [0, -1, 3] },
        { ...rows, axis: 0, sink: [0, -1, 3, -inf], where: 'axis 0' },
        { x: [none, none, 1, 2], shape: [2, 2], sink: [0, 0], where: 'a row of −inf with a sink' },
      ],
    },
    {
      name: 'softcap',
      mistake: 'a cap that clips instead of c·tanh(x/c), or that is put on after the mask',
      examples: [0.5, 5, 30].flatMap((softcap) => [
        { ...rows, softcap, where: `cap ${softcap}` },
        { ...rows, softcap, temperature: 0.5, where: `cap ${softcap} at T = 0.5` },
        { x: [100, -100, 3], softcap, where: `cap ${softcap} of logits beyond it` },
        { x: [none, 1, 2], softcap, where: `cap ${softcap} with −inf` },
        { x: [nan, 1, 2], mask: [false, true, true], softcap, where: `cap ${softcap} with a mask` },
      ]),
    },
  ];
}
