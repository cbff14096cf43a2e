import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { allTargets } from './target.ts';

const HELP = `pnpm fuzz [--files 500] [--seed NUMBER] [--target NAME] [--first INDEX]

Runs every fuzz target of the packages and apps on random inputs; --target runs one alone.
The seed is random unless it is stated, and is printed. Exit code 1: an input crashes, takes longer than 2 s or more
than 500 MB, or is answered wrongly.`;

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    first: { type: 'string', default: '0' },
    target: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else {
  const [files, seed, first] = [values.files, values.seed, values.first].map(Number) as [
    number,
    number,
    number,
  ];
  const targets = (await allTargets()).filter(({ name }) => !values.target || name === values.target);
  console.log(`seed ${seed}, ${files} inputs for each of ${targets.length} targets`);
  for (const target of targets) {
    const begun = performance.now();
    const problems = await fuzz(target, { files, seed, first });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${target.name.padEnd(20)} ${problems.length} problems in ${seconds} s`);
    for (const { index, problem, repeat } of problems)
      console.log(`  input ${index}: ${problem}\n    alone: ${repeat}`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
