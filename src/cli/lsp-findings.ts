// What is wrong in open projects, told to the editor: a moment after the last edit, for every file of a project that is
// open in part, imported ones too, and taken back when a project is closed or a file is gone. Lints follow when the
// background has them.

import { DiagnosticSeverity, type Diagnostic as LspDiagnostic } from 'vscode-languageserver/node';
import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { expectedLine, type Finding, findingsOf, type TestReport } from '../node-editor.ts';
import { rangeOf } from './lsp-positions.ts';
import type { Workplace } from './lsp-projects.ts';
import { addressOf, type Session } from './lsp-session.ts';

/** How long nothing has to be typed until findings are told, in milliseconds, and how long it may take at most. */
const PAUSE = 40;
const LONGEST_PAUSE = 2_000;

/** Tells the editor what is wrong. */
export interface Teller {
  /** Something has changed: tell soon. */
  soon(): void;
  /** What is found in a document now, whether or not it has been told. */
  of(workplace: Workplace, name: string): readonly LspDiagnostic[];
  findingsIn(workplace: Workplace, name: string): readonly Finding[];
  close(): void;
}

/** Tells a session's editor; `pushes` is false where the editor asks by itself. */
export function createTeller(session: Session, pushes: () => boolean): Teller {
  const { connection, documents, projects, background } = session;
  const told = new Map<string, string>();
  const lints = new WeakMap<Workplace['sources'], readonly Diagnostic[]>();
  let timer: NodeJS.Timeout | undefined;
  let lastCost = 0;

  const known = new WeakMap<Workplace, readonly Finding[]>();
  const findings = (workplace: Workplace): readonly Finding[] => {
    const all = known.get(workplace) ?? findAll(workplace);
    known.set(workplace, all);
    return all;
  };
  const findAll = (workplace: Workplace): readonly Finding[] => {
    const found = lints.get(workplace.sources) ?? [];
    const all = workplace.versions.flatMap((version) => {
      const has = (name: string | undefined) => version.sources.some((each) => each.name === name);
      return findingsOf(
        version,
        found.filter(({ span }) => has(span?.source)),
      );
    });
    return once([...workplace.diagnostics.map((diagnostic) => ({ diagnostic, fixes: [] })), ...all]);
  };
  const of = (workplace: Workplace, name: string): readonly LspDiagnostic[] => [
    ...findings(workplace)
      .filter(({ diagnostic }) => fileOf(diagnostic, workplace) === name)
      .map(({ diagnostic }) => lspDiagnostic(session, workplace, diagnostic)),
    ...failuresIn(session, workplace, name),
  ];
  const tell = async (): Promise<void> => {
    const count = projects.count();
    const begun = performance.now();
    const open = new Map<string, Workplace>();
    for (const { name } of documents.all()) {
      const workplace = await projects.of(name);
      if (workplace) open.set(workplace.path, workplace);
    }
    if (count !== projects.count()) return;
    if (pushes()) publish([...open.values()]);
    lastCost = performance.now() - begun;
    for (const workplace of open.values()) await lookCloser(workplace);
  };
  const publish = (open: readonly Workplace[]): void => {
    const files = new Map<string, Map<string, LspDiagnostic>>();
    for (const workplace of open) {
      for (const name of namesOf(workplace)) {
        const uri = addressOf(session, name);
        const found = files.get(uri) ?? new Map();
        for (const each of of(workplace, name)) found.set(JSON.stringify(each), each);
        files.set(uri, found);
      }
    }
    for (const uri of [...told.keys()].filter((each) => !files.has(each))) send(uri, []);
    for (const [uri, found] of files) send(uri, [...found.values()]);
  };
  const send = (uri: string, diagnostics: LspDiagnostic[]): void => {
    const version = documents.get(uri)?.version;
    const text = JSON.stringify([version, diagnostics]);
    if (told.get(uri) === text || (diagnostics.length === 0 && version === undefined && !told.has(uri)))
      return;
    if (diagnostics.length === 0 && version === undefined) told.delete(uri);
    else told.set(uri, text);
    connection
      .sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) })
      .catch(() => undefined);
  };
  /** Lints of a policy that has no errors. */
  const lookCloser = async (workplace: Workplace): Promise<void> => {
    const { sources } = workplace;
    const isSound = workplace.versions.every(({ checked }) => checked.value !== undefined);
    if (!session.settings().lints || !isSound || sources.length === 0 || lints.has(sources)) return;
    const count = projects.count();
    const found = await background.ask('lints', { sources });
    if (!found || count !== projects.count()) return;
    lints.set(sources, found);
    known.delete(workplace);
    if (found.length === 0) return;
    if (pushes()) await tell();
    else await connection.languages.diagnostics.refresh().catch(() => undefined);
  };
  const apologize = (fault: unknown): void => {
    const message = fault instanceof Error ? fault.message : String(fault);
    connection.console.error(`merit has made a mistake: ${message}`);
  };
  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(
        () => void tell().catch(apologize),
        Math.min(LONGEST_PAUSE, Math.max(PAUSE, lastCost)),
      );
    },
    of,
    findingsIn: (workplace, name) =>
      findings(workplace).filter(({ diagnostic }) => fileOf(diagnostic, workplace) === name),
    close: () => clearTimeout(timer),
  };
}

/** The files of a workplace that can have findings. */
function namesOf({ sources, onDisk, diagnostics, path }: Workplace): readonly string[] {
  const names = [...sources, ...(onDisk?.config ? [onDisk.config.source] : [])].map((each) => each.name);
  return [...new Set([...names, ...diagnostics.map((each) => fileOf(each, { sources, path }))])];
}

/** The file that a finding is shown in. One about a folder, or a file that can't be read, stands in its first file. */
function fileOf({ span, data }: Diagnostic, { sources, path }: Pick<Workplace, 'sources' | 'path'>): string {
  const named = span?.source ?? data?.file;
  if (named !== undefined && (span || named !== path)) return named;
  return sources[0]?.name ?? path;
}

function once(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map(findings.map((each) => [JSON.stringify(each.diagnostic), each]));
  return [...seen.values()];
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

/** A finding as editors show it: plain text, with its help below. */
export function lspDiagnostic(
  session: Session,
  workplace: Workplace,
  { code, severity, message, span, label, help, related }: Diagnostic,
): LspDiagnostic {
  const sources = sourcesOf(workplace);
  const rangeIn = (at: { readonly source: string; readonly start: number; readonly end: number }) => {
    const source = sources.find((each) => each.name === at.source);
    return source ? rangeOf(source, at, session.encoding()) : START;
  };
  const lines = [
    label === undefined ? message : `${message} (${label})`,
    ...(help === undefined ? [] : [help]),
  ];
  const page = session.pageOf(code);
  const beside = (related ?? []).map((each) => ({
    location: { uri: addressOf(session, each.span.source), range: rangeIn(each.span) },
    message: each.message,
  }));
  return {
    range: span ? rangeIn(span) : START,
    severity: SEVERITIES[severity],
    code,
    ...(page !== undefined && { codeDescription: { href: page } }),
    source: 'merit',
    message: lines.join('\n'),
    ...(beside.length > 0 &&
      session.client().textDocument?.publishDiagnostics?.relatedInformation && {
        relatedInformation: beside,
      }),
  };
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function sourcesOf({ sources, onDisk }: Workplace): readonly Source[] {
  return onDisk?.config ? [...sources, onDisk.config.source] : sources;
}

/** What failed in the last run of the tests, for as long as no file has changed since. */
function failuresIn(session: Session, workplace: Workplace, name: string): readonly LspDiagnostic[] {
  const source = workplace.sources.find((each) => each.name === name);
  if (!source) return [];
  return (session.known(workplace).reports ?? []).flatMap((report) =>
    failedPlaces(report)
      .filter(({ span }) => span.source === name)
      .map(({ span, message }) => ({
        range: rangeOf(source, span, session.encoding()),
        severity: DiagnosticSeverity.Error,
        source: 'merit test',
        message,
      })),
  );
}

/** Each condition that doesn't hold, and why a test couldn't be worked out. */
function failedPlaces({ tests }: TestReport) {
  return tests.flatMap(({ name, at, failures, faults }) => [
    ...failures.map((each) => ({
      span: each.at.span,
      message: [
        `\`${each.condition}\` doesn't hold for ${each.person} in ${each.period}`,
        ...expectedLine(each),
        `test "${name}"`,
      ].join('\n'),
    })),
    ...faults.map((each) => ({ span: each.span ?? at.span, message: `${each.message}\ntest "${name}"` })),
  ]);
}
