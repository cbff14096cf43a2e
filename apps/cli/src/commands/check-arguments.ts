import type { PlanOptions } from '@softmax/conformance';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { CATEGORIES, LEVELS, listOf, SUBJECTS } from '../allowed.ts';
import type { Candidate } from '../candidate.ts';
import { backendFile } from '../own-backend.ts';
import type { Streams } from '../streams.ts';

interface Given {
  readonly backend?: readonly string[];
  readonly op?: PlanOptions['ops'];
  readonly category?: PlanOptions['categories'];
  readonly id?: readonly string[];
  readonly level?: PlanOptions['level'];
  readonly seed?: number;
  readonly examples?: number;
  readonly lengths?: PlanOptions['lengths'];
  readonly quick?: true;
  readonly poison?: true;
  readonly compact?: true;
  readonly json?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly init?: string;
}

const EXAMPLES = `
Examples:
  softmax check                              every backend that is installed
  softmax check cpu --op softmax,logSumExp   one backend, two operations
  softmax check --quick --html report.html   a shorter run, with a page to look at
  softmax check --backend ./my-backend.js    one of your own
  softmax check wasm --id 'law/softmax/*' --examples 100000
`;

/** `softmax check`: its arguments and their help. */
export function addCheck(
  root: Command,
  candidates: readonly Candidate[],
  streams: Streams,
  done: (passed: boolean) => void,
): void {
  const names = candidates.map(({ name }) => name);
  root
    .command('check')
    .description('run the conformance plan on every backend, side by side')
    .addArgument(new Argument('[backend...]', 'default: all that are installed').choices(names))
    .option('--backend <module>', 'a backend of your own: the default export of this file', several)
    .addOption(new Option('--op <op>', 'only these operations, by commas').argParser(listOf(SUBJECTS)))
    .addOption(
      new Option('--category <category>', 'only these kinds of checks').argParser(listOf(CATEGORIES)),
    )
    .option('--id <id>', 'only this check; all that begin so with a * at the end', several)
    .addOption(
      new Option('--level <level>', 'accuracy to demand; default: what a backend claims').choices(LEVELS),
    )
    .option('--seed <number>', 'what random values are made from; default: 1', wholeNumber(0))
    .option('--examples <number>', 'tries of each law; default: 1000, with --quick 10', wholeNumber(1))
    .addOption(
      new Option(
        '--lengths <lengths>',
        'longer rows: all, to 2^24 (3 GB); huge, past 2^31 elements (5 GB, more where uploads are copies)',
      ).choices(['usual', 'all', 'huge']),
    )
    .option('--quick', 'fewer lengths and examples in each check')
    .option(
      '--poison',
      'run every kernel on memory full of NaN and of large numbers too, and compare the bits',
    )
    .option(
      '--compact',
      'one line for an operation with its gradient: the worst float32 error on each backend',
    )
    .option('--json <file>', 'also write the whole report, every check of it; - is standard output')
    .option('--html <file>', 'the same as a page')
    .option('--markdown <file>', 'the same in Markdown')
    .option('--init <file>', 'run nothing: write a backend to begin with')
    .addHelpText('after', EXAMPLES)
    .action(async (given: readonly string[], options: Given) => {
      if (options.init !== undefined)
        return (await import('../template.ts')).writeTemplate(options.init, streams.stdout);
      const { checkCommand } = await import('./check.ts');
      const files = (options.backend ?? []).map(backendFile);
      const { id, json, html, markdown } = options;
      const all = [...candidates, ...files];
      const passed = await checkCommand(
        all,
        {
          names: [...given, ...files.map(({ name }) => name)],
          options: { ...planOf(options), ...(id && { ids: id }) },
          reports: { json, html, markdown },
          isCompact: options.compact === true,
        },
        streams,
      );
      done(passed);
    });
}

const planOf = ({ op, category, level, seed, examples, lengths, quick, poison }: Given): PlanOptions => ({
  ...(op && { ops: op }),
  ...(category && { categories: category }),
  ...(level && { level }),
  ...(seed !== undefined && { seed }),
  ...(examples !== undefined && { examples }),
  ...(lengths && { lengths }),
  ...(quick && { quick }),
  ...(poison && { poison }),
});

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Allowed are whole numbers from ${least}.`);
  };
