import { CLASSES, type Digits, PIXELS, SIDE } from './digits.ts';
import { classesOf } from './model.ts';

const INK = ' .:-=+*#%@';
/** The pictures have white margins. */
const MARGIN = 4;
const WIDTH = SIDE - 2 * MARGIN;
const GAP = '    ';

/** A few digits side by side, each with what it was read as and how surely; the last one was misread. */
export function drawing(digits: Digits, probabilities: Float32Array): string[] {
  const read = classesOf(probabilities);
  const rows = [...read.keys()];
  const isRight = (row: number) => read[row] === digits.labels[row];
  const shown = [...rows.filter(isRight).slice(0, 2), ...rows.filter((row) => !isRight(row)).slice(0, 1)];
  const pictures = shown.map((row) => {
    const label = read[row] ?? 0;
    const percent = ((probabilities[row * CLASSES + label] ?? 0) * 100).toFixed(1);
    const wrong = isRight(row) ? '' : `; is ${digits.labels[row]}`;
    return [
      ...picture(digits.pixels.subarray(row * PIXELS, (row + 1) * PIXELS)),
      `read as ${label}, ${percent} %${wrong}`,
    ];
  });
  return Array.from({ length: WIDTH / 2 + 1 }, (_, line) =>
    pictures
      .map((each) => (each[line] ?? '').padEnd(WIDTH))
      .join(GAP)
      .trimEnd(),
  );
}

/** A character is twice as high as wide, and stands for two pixels. */
function picture(pixels: Float32Array): string[] {
  const ink = (y: number, x: number) => {
    const at = (MARGIN + 2 * y) * SIDE + MARGIN + x;
    const dark = ((pixels[at] ?? 0) + (pixels[at + SIDE] ?? 0)) / 2;
    return INK[Math.min(INK.length - 1, Math.floor(dark * INK.length))];
  };
  return Array.from({ length: WIDTH / 2 }, (_, y) =>
    Array.from({ length: WIDTH }, (_, x) => ink(y, x)).join(''),
  );
}
