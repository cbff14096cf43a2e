import { withBackend } from '../backend-argument.ts';
import { byteProgress } from '../byte-progress.ts';
import type { Candidate } from '../candidate.ts';
import { type LabelledFiles, type MeanLoss, meanLoss } from '../operations/mean-loss.ts';
import { type Streams, stdinOf } from '../streams.ts';

export interface LossRequest extends LabelledFiles {
  readonly backend: string;
  readonly json: boolean;
}

/** `softmax loss` and `softmax perplexity`: what is said of the mean loss is their only difference. */
export function lossCommand(
  candidates: readonly Candidate[],
  request: LossRequest,
  streams: Streams,
  text: (found: MeanLoss) => string,
): Promise<void> {
  return withBackend(candidates, request.backend, async (on) => {
    const shown = byteProgress(streams.stderr, 'crossEntropy');
    const found = await meanLoss(on, request, stdinOf(streams), (read) => shown.step(read)).finally(() =>
      shown.end(),
    );
    streams.stdout.write(`${request.json ? JSON.stringify(found) : text(found)}\n`);
  });
}

/** What each of the two says of it. */
export const LOSS_TEXT = {
  loss: ({ loss, perplexity, bits, rows, ignored }: MeanLoss): string =>
    [
      `loss        ${loss} nats, ${bits} bits`,
      `perplexity  ${perplexity}`,
      `rows        ${rows}, and ${ignored} ignored`,
    ].join('\n'),
  perplexity: ({ perplexity }: MeanLoss): string => String(perplexity),
};
