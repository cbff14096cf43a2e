import { conform } from '../../src/node-test.ts';
import { OPTIONS, wrong } from './wrong.ts';

conform(async () => wrong(), OPTIONS);
