// What the extension uses of VS Code's API, which VS Code itself gives it when it starts.

declare module 'vscode' {
  export interface Disposable {
    dispose(): unknown;
  }
  export interface Uri {
    toString(): string;
  }
  export interface ExtensionContext {
    readonly subscriptions: Disposable[];
    asAbsolutePath(path: string): string;
  }
  export interface WorkspaceConfiguration {
    get<T>(section: string, otherwise: T): T;
    update(section: string, value: unknown, target: number): Thenable<void>;
  }
  export const ConfigurationTarget: {
    readonly Global: 1;
    readonly Workspace: 2;
    readonly WorkspaceFolder: 3;
  };
  export const commands: {
    registerCommand(command: string, callback: (...args: unknown[]) => unknown): Disposable;
  };
  export const window: {
    readonly activeTextEditor: { readonly document: { readonly uri: Uri } } | undefined;
    showInformationMessage(message: string): Thenable<unknown>;
    showWarningMessage(message: string): Thenable<unknown>;
    setStatusBarMessage(text: string, milliseconds: number): Disposable;
  };
  export const workspace: {
    getConfiguration(section: string): WorkspaceConfiguration;
  };
}
