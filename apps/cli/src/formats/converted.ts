import { toFloat16 } from '@softmax/core';
import { reading } from './number-text.ts';
import { allocated, type Numbers, type NumberType } from './numbers.ts';

/** The same values as another float type, rounded once. */
export function converted(numbers: Numbers, to: NumberType): Numbers {
  const { data, dtype, shape } = numbers;
  if (dtype === to) return numbers;
  const value = reading(data, dtype);
  const out = allocated(to, data.length) as Float64Array;
  for (let k = 0; k < out.length; k++) out[k] = to === 'float16' ? toFloat16(value(k)) : value(k);
  return { data: out as Numbers['data'], dtype: to, shape };
}
