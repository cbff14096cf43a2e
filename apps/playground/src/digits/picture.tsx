import { type Digits, PIXELS, SIDE } from 'digits';
import { useEffect, useRef } from 'preact/hooks';

/** A digit as it was written, black on white. */
export function Picture({ digits, row }: { readonly digits: Digits; readonly row: number }) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = place.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(SIDE, SIDE);
    for (let k = 0; k < PIXELS; k++) {
      const light = 255 * (1 - (digits.pixels[row * PIXELS + k] ?? 0));
      image.data.set([light, light, light, 255], 4 * k);
    }
    context.putImageData(image, 0, 0);
  }, [digits, row]);
  return (
    <canvas
      ref={place}
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={`A handwritten ${digits.labels[row]}`}
    />
  );
}
