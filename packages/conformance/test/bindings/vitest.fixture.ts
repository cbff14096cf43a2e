import { conform } from '../../src/vitest.ts';
import { OPTIONS, wrong } from './wrong.ts';

conform(wrong(), OPTIONS);
