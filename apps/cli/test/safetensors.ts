/** A file of several float64 matrices, in the documented layout of safetensors. */
export function safetensors(matrices: { readonly [name: string]: readonly (readonly number[])[] }): Buffer {
  const values = Object.entries(matrices).map(
    ([name, value]) => [name, Float64Array.from(value.flat()), [value.length, value[0]?.length]] as const,
  );
  let end = 0;
  const header = Object.fromEntries(
    values.map(([name, data, shape]) => {
      end += data.byteLength;
      return [name, { dtype: 'F64', shape, data_offsets: [end - data.byteLength, end] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.from(BigUint64Array.of(BigInt(text.length)).buffer);
  return Buffer.concat([length, text, ...values.map(([, { buffer }]) => Buffer.from(buffer))]);
}
