import { conformInEveryPrecision } from './every-precision.ts';
import { NODE } from './runtimes.ts';

conformInEveryPrecision(NODE);
