// Commands that the editor runs by a click: the tests of a policy, one or all, in the background.

import { type ExecuteCommandParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { TestReport, TestsAsked } from '../node-editor.ts';
import { countedTests } from '../node-editor.ts';
import { nameOf } from './lsp-documents.ts';
import type { Teller } from './lsp-findings.ts';
import { type Asked, askedAbout, type Session } from './lsp-session.ts';
import { cancelled } from './lsp-transport.ts';
import { refreshShown } from './lsp-values.ts';

/** `merit.runTest` takes a document's address and the offset of a test's name, `merit.runTests` an address. */
export const COMMANDS = ['merit.runTest', 'merit.runTests'] as const;

/** What a command that runs tests answers. */
export interface TestsRun {
  readonly passed: number;
  readonly failed: number;
  /** For people: `12 tests, 2 failed`. */
  readonly summary: string;
}

/** Runs commands. */
export function answerCommands(session: Session, teller: Teller): void {
  const { connection, projects, background } = session;
  connection.onExecuteCommand(async ({ command, arguments: given = [] }, token): Promise<TestsRun> => {
    if (!(COMMANDS as readonly string[]).includes(command)) throw wrong(`there is no command \`${command}\``);
    const { uri, offset } = argumentsOf(command, given);
    const asked = await askedAbout(session, nameOf(uri));
    if (!asked) throw wrong('there is no such policy');
    if (asked.workplace.versions.some(({ checked }) => checked.value === undefined))
      throw wrong('the policy has errors: its tests run when they are mended');
    const count = projects.count();
    const reports = await Promise.race([
      background.ask('tests', testsAsked(asked, offset)),
      new Promise<undefined>((done) => token.onCancellationRequested(() => done(undefined))),
    ]);
    if (!reports) throw cancelled();
    if (count !== projects.count())
      throw new ResponseError(LSPErrorCodes.ContentModified, 'the policy has changed meanwhile');
    const before = session.known(asked.workplace).reports ?? [];
    session.learn(asked.workplace, { reports: withNew(before, reports) });
    teller.soon();
    await refreshShown(session);
    return runOf(reports);
  });
}

/** What a client hands over: anything. */
function argumentsOf(
  command: string,
  given: NonNullable<ExecuteCommandParams['arguments']>,
): { readonly uri: string; readonly offset?: number } {
  const [uri, offset] = given;
  if (typeof uri !== 'string') throw wrong(`\`${command}\` needs the address of a policy`);
  if (command === 'merit.runTests') return { uri };
  if (typeof offset !== 'number') throw wrong(`\`${command}\` needs the place of a test`);
  return { uri, offset };
}

function testsAsked({ workplace, source }: Asked, offset: number | undefined): TestsAsked {
  const { sources } = workplace;
  return { sources, ...(offset !== undefined && { at: { source: source.name, start: offset } }) };
}

/** The reports with what has been run again in place of what was known of it. */
function withNew(before: readonly TestReport[], after: readonly TestReport[]): readonly TestReport[] {
  if (before.length !== after.length) return after;
  return before.map((report, index) => {
    const key = ({ at: { span } }: TestReport['tests'][number]) => `${span.source} ${span.start}`;
    const tests = new Map([...report.tests, ...after[index]!.tests].map((each) => [key(each), each]));
    const all = [...tests.values()];
    const passed = all.filter((each) => each.passed).length;
    return { ...report, tests: all, passed, failed: all.length - passed };
  });
}

function runOf(reports: readonly TestReport[]): TestsRun {
  const tests = reports.flatMap((each) => each.tests);
  const failed = tests.filter((each) => !each.passed).length;
  return { passed: tests.length - failed, failed, summary: countedTests({ tests, failed }) };
}

function wrong(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
