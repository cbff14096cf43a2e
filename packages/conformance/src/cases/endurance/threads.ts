import { must } from '../../judge/outputs.ts';
import { type Case, unmeasured } from '../../plan/case.ts';
import { idOf } from '../../plan/id.ts';
import { DISTURBED } from './runs.ts';

/** What the oracle judges. */
const JUDGED = ['accuracy/softmax/uniform-10', 'accuracy/cross-entropy-grad/uniform-10'];
/** Calls at the same time, and after failures; in quick runs those of two operations. */
const disturbed = (quick: boolean) => DISTURBED.filter((_, k) => !quick || k % 8 < 2);

/** Several threads at once, each with a backend of its own, beside this one. */
export const threads: Case = {
  ...unmeasured(
    {
      category: 'endurance',
      op: 'contract',
      name: 'several-threads',
      mistake:
        'a runtime that the threads of a process share without being made for it: its start, memory or sessions',
      needs: { kernels: ['softmax'], dtypes: ['float32'] },
    },
    async (trial) => {
      const { worker, seed, quick } = trial;
      if (!worker) throw new Error('the suite has no function that starts a thread');
      const ids = [...disturbed(quick).map(idOf), ...JUDGED];
      const started = Array.from({ length: quick ? 2 : 4 }, () => worker({ ids, seed, quick }));
      // In turns with what the threads do, where it is asynchronous.
      const own = disturbed(quick).filter(({ needs }) =>
        needs.kernels.every((kernel) => trial.backend.kernels[kernel]),
      );
      const here = own.map((each) => each.run(trial));
      // Whatever fails: what still ran after this check would use a backend that was disposed.
      await Promise.allSettled([...started, ...here]);
      const reports = await Promise.all(started);
      await Promise.all(here);
      for (const [k, { checks }] of reports.entries()) {
        must(checks.length === ids.length, `thread ${k} ran ${checks.length} of ${ids.length} checks`);
        for (const { id, status, message } of checks)
          must(status !== 'failed', `thread ${k} of ${reports.length}, ${id}: ${message}`);
      }
    },
  ),
  told: 'worker',
};
