// What a name stands for, where else it is written, and other names for it.

import {
  type CancellationToken,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  LSPErrorCodes,
  MessageType,
  type Position,
  type PrepareRenameResult,
  ResponseError,
  ShowMessageNotification,
  type ShowMessageParams,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Fix } from '../base/diagnostic.ts';
import { definitionAt, nameAt, referencesAt, renameAt } from '../node-editor.ts';
import { messageText } from './lsp-markup.ts';
import { offsetOf, rangeOf } from './lsp-positions.ts';
import { type Asked, answerAbout, locationOf, type Session, workspaceEdit } from './lsp-session.ts';

/** Answers to questions about names. */
export function answerNames(session: Session): void {
  const { connection } = session;
  const at = (source: Asked['source'], position: Position) => offsetOf(source, position, session.encoding());
  const ask = <T>(
    { textDocument, position }: TextDocumentPositionParams,
    token: CancellationToken,
    answer: (asked: Asked, offset: number) => T,
  ): Promise<T | null> =>
    answerAbout(session, { uri: textDocument.uri, token }, (asked) =>
      answer(asked, at(asked.source, position)),
    );

  /** Says something that nobody has to answer. */
  const tell = (note: string): void => {
    const message: ShowMessageParams = { type: MessageType.Info, message: messageText(note) };
    connection.sendNotification(ShowMessageNotification.type, message).catch(() => undefined);
  };

  connection.onDefinition((params, token) =>
    ask(params, token, ({ projects, source }, offset) =>
      once(
        projects.flatMap((each) =>
          definitionAt(each, source.name, offset).flatMap((span) => locationOf(session, each, span) ?? []),
        ),
      ),
    ),
  );
  connection.onReferences((params, token) =>
    ask(params, token, ({ projects, source }, offset) =>
      once(
        projects.flatMap((each) =>
          referencesAt(each, source.name, offset)
            .filter(({ declares }) => params.context?.includeDeclaration !== false || !declares)
            .flatMap(({ span }) => locationOf(session, each, span) ?? []),
        ),
      ),
    ),
  );
  connection.onDocumentHighlight((params, token) =>
    ask(params, token, ({ project, source }, offset) =>
      referencesAt(project, source.name, offset)
        .filter(({ span }) => span.source === source.name)
        .map(
          ({ span, declares }): DocumentHighlight => ({
            range: rangeOf(source, span, session.encoding()),
            kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
          }),
        ),
    ),
  );
  connection.onPrepareRename((params, token) =>
    ask(params, token, ({ project, source }, offset): PrepareRenameResult | null => {
      const found = nameAt(project, source.name, offset);
      if (!found) return null;
      if ('refused' in found) throw refusal(found.refused);
      return { range: rangeOf(source, found.span, session.encoding()), placeholder: found.text };
    }),
  );
  connection.onRenameRequest((params, token) =>
    ask(params, token, ({ projects, workplace, source }, offset): WorkspaceEdit => {
      const fixes = new Map<string, Fix>();
      for (const each of projects) {
        const renamed = renameAt(each, source.name, offset, params.newName);
        if ('refused' in renamed) throw refusal(renamed.refused);
        for (const fix of renamed.edits) fixes.set(JSON.stringify(fix.span), fix);
        if (renamed.note !== undefined) tell(renamed.note);
      }
      return workspaceEdit(session, workplace.sources, [...fixes.values()]);
    }),
  );
}

/** Why something isn't done, in a sentence that the editor shows. */
function refusal(sentence: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}

function once(locations: readonly Location[]): Location[] {
  return [...new Map(locations.map((each) => [JSON.stringify(each), each])).values()];
}
