// What all commands do alike: `--json` beside `--format`, and `--quiet`.

import type { Command, Option } from 'commander';
import { hush } from './output.ts';
import { UsageError } from './usage.ts';

/** Commands that run until somebody ends them, or that talk: there is nothing that they could leave unsaid. */
const TALKING: ReadonlySet<string> = new Set(['lsp', 'repl']);

/** Gives the options to every command that takes them, and heeds them before a command works. */
export function withManners(program: Command): Command {
  for (const command of leaves(program)) {
    if (formats(command)?.includes('json')) command.option('--json', 'the same as --format json');
    if (!TALKING.has(command.name()) && !optionOf(command, '--quiet'))
      command.option('--quiet', 'say nothing but the result and what is wrong');
  }
  return program.hook('preAction', (_, command) => {
    const { json, quiet } = command.opts<{ readonly json?: true; readonly quiet?: true }>();
    hush(quiet ?? false);
    if (json && formats(command)) takeJson(command);
  });
}

/** Commands that do something, and not only hold others. */
export function leaves(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function takeJson(command: Command): void {
  const said = command.getOptionValueSource('format') === 'cli' ? command.getOptionValue('format') : 'json';
  if (said !== 'json')
    throw new UsageError(`\`--json\` and \`--format ${said}\` don't go together`, 'write one of them');
  command.setOptionValue('format', 'json');
}

function formats(command: Command): readonly string[] | undefined {
  return optionOf(command, '--format')?.argChoices;
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long }) => long === flag);
}
