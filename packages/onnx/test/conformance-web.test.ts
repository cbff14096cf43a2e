import { conformInEveryPrecision } from './every-precision.ts';
import { WEB } from './runtimes.ts';

conformInEveryPrecision(WEB);
