import { type Command, Option } from 'commander';
import { listOf } from '../allowed.ts';
import { PACE, type Pace } from '../bench/interleave.ts';
import { type BenchOp, OPS, planned, SIZES } from '../bench/plan.ts';
import type { Weight } from '../bench/results.ts';
import type { System } from '../bench/system.ts';
import { interruptible } from '../signals.ts';
import type { Streams } from '../streams.ts';
import { wholeFile } from '../whole-file.ts';

interface BenchOptions {
  readonly op?: readonly BenchOp[];
  readonly size?: readonly string[];
  readonly quick?: boolean;
  readonly json?: string;
  readonly html?: string;
}

const QUICK: Pace = { warmUp: 200, turn: 5, rounds: 11, budget: 300 };
/** Two sizes of softmax and one of each other operation. */
const inQuick = (op: BenchOp, size: string): boolean =>
  size === '1×1000' || (op === 'softmax' && size === '1×50257');

/** Adds `bench`: backends side by side, in turns. Peers are the caller's, who may weigh them too. */
export function addBench(
  root: Command,
  { stdout }: Streams,
  peers: readonly System[] = [],
  weigh?: () => Promise<readonly Weight[]>,
): Command {
  const names = SIZES.map(({ name }) => name);
  return root
    .addOption(new Option('--op <operations>', `of ${OPS.join(', ')}`).argParser(listOf(OPS)))
    .addOption(new Option('--size <sizes>', `of ${names.join(', ')}`).argParser(sizesOf(names)))
    .option('--quick', 'a minute: fewer sizes, shorter turns')
    .option('--json <file>', 'write the results as JSON; - is standard output, with nothing else')
    .option('--html <file>', 'write them as a page with plots')
    .action(async ({ op, size, quick, json, html }: BenchOptions) => {
      const piped = json === '-';
      const [writeJson, writeHtml] = [
        json && !piped && (await wholeFile(json)),
        html && (await wholeFile(html)),
      ];
      const say = (lines: readonly string[]) => (piped ? undefined : stdout.write(`${lines.join('\n')}\n`));
      const { OURS } = await import('../bench/ours.ts');
      const { race } = await import('../bench/race.ts');
      const { closingText, taskText } = await import('../bench/text.ts');
      const tasks = (op ?? OPS).flatMap((each) =>
        SIZES.filter((of) =>
          size ? size.includes(of.name) : planned(each, of) && (!quick || inQuick(each, of.name)),
        ).map((of) => ({ op: each, size: of })),
      );
      const results = await interruptible(() =>
        race({
          systems: [...OURS, ...peers],
          tasks,
          pace: quick ? QUICK : PACE,
          heard: (task) => say(taskText(task)),
          ...(weigh && !quick && { weigh }),
        }),
      );
      say(closingText(results));
      const text = `${JSON.stringify(results, null, 1)}\n`;
      if (piped) stdout.write(text);
      if (writeJson) await writeJson(text);
      if (writeHtml) await writeHtml((await import('../bench/page.ts')).benchPage(results));
    });
}

/** Names of sizes; x may stand for ×. */
const sizesOf =
  (names: readonly string[]) =>
  (text: string, before?: readonly string[]): readonly string[] =>
    listOf(names)(text.replaceAll('x', '×'), before);
