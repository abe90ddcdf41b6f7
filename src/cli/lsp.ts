// `merit lsp`: the language server for editors, over standard input and output.

import type { Command } from 'commander';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

const NOTES = `
Editors start it by themselves: docs/editors.md says how to set each of them up. Nothing but the protocol is
written to stdout.

Settings, as \`merit.…\` of the editor or as initializationOptions:
  values    true: run the project's data in the background, and show values in the text
  lints     false: say only what is wrong, not what is worth a look
  period    the period whose values are shown; the last of merit.config.yaml's unless said
  person    the person whose values are shown; everybody's sums unless said`;

interface LspOptions {
  readonly stdio?: true;
}

/** Adds the command to the program. The server is loaded only when it is used. */
export function registerLsp(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('lsp')
    .description('Serve an editor: the language server, over standard input and output.')
    .summary('serve an editor over standard input and output')
    .usage('[--stdio]')
    .option('--stdio', 'speak over standard input and output, as it does anyway')
    .option('--clientProcessId <id>', 'the process of the editor: the server ends when that has ended')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (options: LspOptions) => done(await lspCommand(options)));
}

/** Serves until the editor ends the session. */
async function lspCommand({ stdio }: LspOptions): Promise<ExitCode> {
  if (!stdio && process.stdin.isTTY)
    throw new UsageError('an editor starts the language server', 'docs/editors.md says how to set one up');
  const { serveEditor } = await import('./lsp-server.ts');
  // whatever prints must not end up between messages
  globalThis.console = new console.Console(process.stderr);
  process.on('uncaughtException', (fault) => process.stderr.write(`merit lsp: ${fault.message}\n`));
  process.on('unhandledRejection', (fault) => process.stderr.write(`merit lsp: ${fault}\n`));
  const code = await serveEditor({ input: process.stdin, output: process.stdout });
  process.exit(code || EXIT.done);
}
