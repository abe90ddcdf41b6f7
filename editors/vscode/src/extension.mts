// The extension for VS Code: it starts `merit lsp` for policies and their configuration, and adds commands that are about
// the file at hand. All that is known of the language comes from the server.

import * as vscode from 'vscode';
import {
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';

/** What the extension hands to other extensions, and to its tests. */
export interface Merit {
  readonly client: LanguageClient;
}

let client: LanguageClient | undefined;

/** Starts the server; VS Code calls this when a policy is opened. */
export async function activate(context: vscode.ExtensionContext): Promise<Merit> {
  const made = new LanguageClient('merit', 'Merit', serverOptions(context), clientOptions());
  client = made;
  context.subscriptions.push(
    vscode.commands.registerCommand('merit.testFile', () => testFile(made)),
    vscode.commands.registerCommand('merit.toggleValues', toggleValues),
    vscode.commands.registerCommand('merit.restart', () => made.restart()),
  );
  await made.start();
  return { client: made };
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

/** The program that the user has chosen, else the one that comes with the extension. */
function serverOptions(context: vscode.ExtensionContext): ServerOptions {
  const path = vscode.workspace.getConfiguration('merit').get<string>('path', '').trim();
  if (path !== '') return { command: path, args: ['lsp'], transport: TransportKind.stdio };
  return {
    module: context.asAbsolutePath('server/cli/merit.js'),
    args: ['lsp'],
    transport: TransportKind.stdio,
  };
}

function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: [
      { language: 'merit' },
      { pattern: '**/*.merit.{yaml,yml}' },
      { pattern: '**/merit.config.yaml' },
    ],
    // the server's text is never trusted with commands or HTML
    markdown: { isTrusted: false, supportHtml: false },
  };
}

/** Runs all tests of the policy that the file at hand is part of, and says what came of them. */
async function testFile(made: LanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    vscode.window.showInformationMessage('Open a policy first.');
    return;
  }
  const uri = made.code2ProtocolConverter.asUri(document.uri);
  try {
    const answer = await made.sendRequest(ExecuteCommandRequest.type, {
      command: 'merit.runTests',
      arguments: [uri],
    });
    if (typeof answer?.summary === 'string') vscode.window.setStatusBarMessage(answer.summary, 10_000);
  } catch (fault) {
    vscode.window.showWarningMessage(fault instanceof Error ? fault.message : String(fault));
  }
}

async function toggleValues(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('merit');
  await settings.update('values', !settings.get<boolean>('values', true), vscode.ConfigurationTarget.Global);
}
