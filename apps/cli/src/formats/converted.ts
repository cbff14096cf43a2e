import { toFloat16 } from '@softmax/core';
import { reading } from './number-text.ts';
import type { Numbers, NumberType, Room } from './numbers.ts';

/** The same values as another float type, rounded once. */
export function converted(numbers: Numbers, to: NumberType, memory: Room): Numbers {
  const { data, dtype, shape } = numbers;
  if (dtype === to) return numbers;
  const value = reading(data, dtype);
  const out = memory(to, data.length) as Float64Array<ArrayBuffer>;
  for (let k = 0; k < out.length; k++) out[k] = to === 'float16' ? toFloat16(value(k)) : value(k);
  return { data: out, dtype: to, shape };
}
