// `merit completion`: what a shell has to know to complete a command line, made of the commands themselves.

import type { Command } from 'commander';
import type { Completed, CompletedOption } from './completion-scripts.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const NOTES = `
Put the line of your shell into its start-up file:

  bash  eval "$(merit completion bash)"          in ~/.bashrc
  zsh   eval "$(merit completion zsh)"           in ~/.zshrc, after compinit
  fish  merit completion fish | source           in ~/.config/fish/config.fish`;

/** Adds the command to the program, of whose commands it tells. */
export function registerCompletion(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('completion')
    .description('Print a script by which a shell completes the command line of merit.')
    .summary('print a script for completion in a shell')
    .usage('<shell>')
    .argument('<shell>', 'bash, zsh or fish')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (said: string) => {
      const shell = SHELLS.find((each) => each === said);
      if (!shell)
        throw new UsageError(`there is no completion for \`${said}\``, `it can be ${SHELLS.join(', ')}`);
      const { completionScript } = await import('./completion-scripts.ts');
      process.stdout.write(completionScript(shell, completedOf(program)));
      done(EXIT.done);
    });
}

/** The commands by the words that name them, those of a group each by both words. */
export function completedOf(command: Command, before: readonly string[] = []): readonly Completed[] {
  return command.commands.flatMap((each) => {
    const words = [...before, each.name()];
    const own: Completed = {
      words,
      summary: each.summary() || each.description(),
      options: each.options.filter(({ long, hidden }) => long && !hidden).map(optionOf),
      takes:
        each.registeredArguments.length === 0 ? 'nothing' : each.name() === 'completion' ? SHELLS : 'files',
    };
    return [own, ...completedOf(each, words)];
  });
}

function optionOf(option: Command['options'][number]): CompletedOption {
  const { long, description, argChoices, flags, required, optional } = option;
  const isFile = /<(?:name=)?(?:file|folder|policy)>|\[file\]/.test(flags);
  const value = !required && !optional ? 'none' : (argChoices ?? (isFile ? 'files' : 'text'));
  return { flag: long!, summary: description, value, isOptional: optional };
}
