import type { Command, Option } from 'commander';

/**
 * What may stand at the end of a command line: the commands, the options, or the choices of an option, that begin like
 * its last word. None where a file belongs, so that the shell offers files.
 */
export function completions(root: Command, words: readonly string[]): string[] {
  const begun = words.at(-1) ?? '';
  let command = root;
  let pending: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (pending) pending = undefined;
    else if (word.startsWith('-')) pending = valued(command, word);
    else command = command.commands.find((each) => each.name() === word) ?? command;
  }
  if (pending) return matching(pending.argChoices ?? [], begun);
  if (begun.startsWith('-')) return matching(flagsOf(command), begun);
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  return matching(
    [
      ...command
        .createHelp()
        .visibleCommands(command)
        .map((each) => each.name()),
      ...choices,
    ],
    begun,
  );
}

const matching = (all: readonly string[], begun: string): string[] =>
  all.filter((each) => each.startsWith(begun));

const flagsOf = (command: Command): string[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? []);

/** The option of this name, where a value follows it. */
const valued = (command: Command, word: string): Option | undefined =>
  command.options.find(
    ({ long, short, required, optional }) => (word === long || word === short) && (required || optional),
  );
