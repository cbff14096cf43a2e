import type { Report } from '@softmax/conformance';
import type { Output } from './streams.ts';
import { UsageError } from './usage-error.ts';
import { wholeFile } from './whole-file.ts';

/** Where each form of a report goes; `-` is standard output. */
export interface ReportFiles {
  readonly json?: string | undefined;
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
}

/** What draws the page is large, and loaded only for it. */
const RENDER: { readonly [F in keyof Required<ReportFiles>]: (report: Report) => Promise<string> } = {
  json: async (report) => `${JSON.stringify(report, null, 2)}\n`,
  html: async (report) => (await import('./report/page.ts')).page(report),
  markdown: async (report) => (await import('./report/markdown.ts')).markdown(report),
};

export interface ReportWriters {
  readonly writers: readonly ((report: Report) => Promise<void>)[];
  /** Whether one writes to standard output. */
  readonly taken: boolean;
}

/** @throws {UsageError} at once where a file cannot be written */
export async function reportWriters(files: ReportFiles, stdout: Output): Promise<ReportWriters> {
  const wanted = (['json', 'html', 'markdown'] as const).flatMap((form) => {
    const path = files[form];
    return path === undefined ? [] : [{ form, path }];
  });
  if (wanted.filter(({ path }) => path === '-').length > 1)
    throw new UsageError('only one report can go to standard output');
  const writers = [];
  for (const { form, path } of wanted) {
    const write = path === '-' ? async (text: string) => void stdout.write(text) : await wholeFile(path);
    writers.push(async (report: Report) => write(await RENDER[form](report)));
  }
  return { writers, taken: wanted.some(({ path }) => path === '-') };
}
