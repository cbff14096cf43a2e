import { Argument, type Command } from 'commander';
import { completions } from '../completion/completions.ts';
import { SCRIPTS, SHELLS, type Shell } from '../completion/scripts.ts';
import type { Streams } from '../streams.ts';

/** `softmax completion`, and `softmax complete`, which the shells ask. */
export function addCompletion(root: Command, { stdout }: Streams): void {
  root
    .command('completion')
    .description('print what makes a shell complete this command')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText(
      'after',
      '\nExamples:\n  softmax completion bash >> ~/.bashrc\n  softmax completion zsh > ~/.zfunc/_softmax\n  softmax completion fish > ~/.config/fish/completions/softmax.fish\n',
    )
    .action((shell: Shell) => {
      stdout.write(SCRIPTS[shell]);
    });
  root
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action((words: readonly string[]) => {
      stdout.write(
        completions(root, words)
          .map((each) => `${each}\n`)
          .join(''),
      );
    });
}
