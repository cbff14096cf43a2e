/** A number as a reader wants it: as many digits, true minus signs and infinities. */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const [mantissa = '', power] = value.toPrecision(digits).split('e');
  const text = power === undefined ? mantissa : `${mantissa} · 10${raised(power)}`;
  return text.replace('-', '−');
}

/** A number of a few digits, as one would write it in a formula. */
export const shortText = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (power: string): string =>
  power
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => RAISED[Number(digit)] ?? '');
