import { expectedCalibrationError, fitTemperature, type TemperatureFit } from '@softmax/core';
import { explained } from '../explained.ts';
import type { Format } from '../formats/format.ts';
import type { Numbers } from '../formats/numbers.ts';
import { openSource } from '../formats/open-source.ts';
import { wholeOf } from '../formats/source.ts';
import type { Values } from '../operations/operands.ts';
import { interruptible } from '../signals.ts';
import { type Streams, stdinOf } from '../streams.ts';
import { fileTarget } from '../target.ts';
import { UsageError } from '../usage-error.ts';

export interface CalibrateRequest {
  readonly file: string;
  readonly labels: string;
  readonly from?: Format;
  /** Where the calibration is measured. Default: where the temperature is fitted. */
  readonly test?: string;
  readonly testLabels?: string;
  readonly bins?: number;
  readonly svg?: string;
  readonly json: boolean;
  readonly values: Values;
}

/** `softmax calibrate`: temperature scaling, the calibration error before and after it, a reliability diagram. */
export async function calibrateCommand(request: CalibrateRequest, streams: Streams): Promise<void> {
  const { file, labels, test, testLabels, bins, svg, json, values } = request;
  if ((test === undefined) !== (testLabels === undefined))
    throw new UsageError('--test and --test-labels belong together');
  const target = svg === undefined ? undefined : await fileTarget(svg);
  try {
    const read = async (path: string, from?: Format): Promise<Numbers> => {
      const source = await openSource(path, stdinOf(streams), from);
      return wholeOf(source).finally(() => source.close());
    };
    const [logits, classes] = [await read(file, request.from), await read(labels)];
    const fit = await explained(
      () => interruptible(() => fitTemperature(logits, classes, values)),
      () => file,
    );
    const [seen, theirs] =
      test === undefined || testLabels === undefined
        ? [logits, classes]
        : [await read(test), await read(testLabels)];
    const error = (temperature: number) =>
      explained(
        () =>
          interruptible(() =>
            expectedCalibrationError(seen, theirs, {
              ...values,
              ...(bins !== undefined && { bins }),
              logits: true,
              temperature,
            }),
          ),
        () => test ?? file,
      );
    const [before, after] = [await error(1), await error(fit.temperature)];
    if (target) {
      const { reliabilityDiagram } = await import('../report/reliability-diagram.ts');
      await target.append(reliabilityDiagram(before, after));
      await target.commit();
    }
    const found = { ...fit, before, after };
    streams.stdout.write(json ? `${JSON.stringify(found)}\n` : `${lines(fit, before, after).join('\n')}\n`);
  } catch (failure) {
    await target?.discard();
    throw failure;
  }
}

type Error = ReturnType<typeof expectedCalibrationError>;

const lines = (fit: TemperatureFit, before: Error, after: Error): string[] => [
  `temperature ${fit.temperature}${BOUND[fit.bound ?? 'none']}`,
  '                             before  after',
  ...(
    [
      ['loss', fit.lossBefore, fit.lossAfter],
      ['expected calibration error', before.ece, after.ece],
      ['largest calibration error', before.mce, after.mce],
    ] as const
  ).map(([name, left, right]) => `${name.padEnd(28)} ${left.toFixed(4)}  ${right.toFixed(4)}`),
];

const BOUND = {
  none: '',
  low: ': every label is a largest logit',
  high: ': the logits are anti-correlated with the labels',
} as const;
