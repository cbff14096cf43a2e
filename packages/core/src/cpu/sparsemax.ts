import type { Kernel } from '../contract/backend.ts';
import type { Host } from '../layout/dtype.ts';
import { entmax } from './entmax.ts';

/** p = [x − τ]₊: entmax at α = 2. */
export const sparsemax: Kernel<'sparsemax', Host, 'sync'> = (p, inputs) => entmax({ ...p, alpha: 2 }, inputs);
