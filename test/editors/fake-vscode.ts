// A VS Code without windows: as much of its API as the extension and its language client touch when they start. What
// nobody looks at closely is a stand-in that can be called, constructed and disposed of.

/** What was asked of the fake. */
export interface FakeVscode {
  readonly api: object;
  /** The commands that can be run, by name. */
  readonly commands: Map<string, (...args: unknown[]) => unknown>;
  /** What was shown in the status bar and in message boxes. */
  readonly shown: string[];
  /** Opens a document, as the user does. */
  open(path: string, language: string, text: string): void;
  /** The diagnostics of each address. */
  readonly diagnostics: Map<string, readonly { readonly message: string }[]>;
  /** Called after the diagnostics of a file have come. */
  onDiagnostics: () => void;
}

class Emitter {
  private readonly listeners = new Set<(value: unknown) => void>();
  readonly event = (listener: (value: unknown) => void, self?: unknown) => {
    const bound = listener.bind(self);
    this.listeners.add(bound);
    return { dispose: () => this.listeners.delete(bound) };
  };
  fire(value: unknown): void {
    for (const each of [...this.listeners]) each(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class Uri {
  constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}
  static parse(text: string): Uri {
    const [, scheme = '', path = ''] = /^([a-z]+):(?:\/\/)?(.*)$/.exec(text) ?? [];
    return new Uri(scheme, path);
  }
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

class Disposable {
  constructor(readonly dispose: () => void) {}
  static from(...all: { dispose(): void }[]): Disposable {
    return new Disposable(() => all.forEach((each) => void each.dispose()));
  }
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: new Emitter().event };
  cancel(): void {}
  dispose(): void {}
}

/** Something that can be anything: called, constructed, read and disposed of. */
function standIn(name: string): unknown {
  const known = new Map<string | symbol, unknown>();
  return new Proxy(class {}, {
    get(target, key) {
      if (key === 'prototype') return target.prototype;
      if (key === 'then' || typeof key === 'symbol') return undefined;
      if (!known.has(key))
        known.set(key, key.startsWith('on') ? new Emitter().event : standIn(`${name}.${key}`));
      return known.get(key);
    },
    apply: () => ({ dispose: () => undefined }),
  });
}

/** A part of the API: what is given, and stand-ins for the rest. */
function part(name: string, given: object): object {
  const rest = standIn(name) as Record<string | symbol, unknown>;
  return new Proxy(given, {
    get: (target, key) => (key in target ? (target as Record<string | symbol, unknown>)[key] : rest[key]),
  });
}

/** A fake with these settings under `merit`. */
export function fakeVscode(settings: Readonly<Record<string, unknown>>): FakeVscode {
  const commands: FakeVscode['commands'] = new Map();
  const diagnostics: FakeVscode['diagnostics'] = new Map();
  const shown: string[] = [];
  const opened = new Emitter();
  const textDocuments: unknown[] = [];
  let activeTextEditor: unknown;
  const fake: { onDiagnostics: () => void } = { onDiagnostics: () => undefined };
  const disposable = { dispose: () => undefined };
  const configuration = {
    get: (key: string, otherwise: unknown) => settings[key] ?? otherwise,
    update: async () => undefined,
    ...settings,
  };
  const collection = {
    set: (uri: Uri, found: readonly Diagnostic[]) => {
      diagnostics.set(String(uri), found);
      fake.onDiagnostics();
    },
    delete: (uri: Uri) => diagnostics.delete(String(uri)),
    clear: () => diagnostics.clear(),
    dispose: () => undefined,
  };
  const say = async (message: string): Promise<void> => void shown.push(message);
  const api = part('vscode', {
    version: '1.100.0',
    Uri,
    Position,
    Range,
    Diagnostic,
    Disposable,
    EventEmitter: Emitter,
    CancellationTokenSource,
    commands: part('commands', {
      registerCommand(name: string, run: (...args: unknown[]) => unknown) {
        if (commands.has(name)) throw new Error(`command '${name}' already exists`);
        commands.set(name, run);
        return { dispose: () => commands.delete(name) };
      },
    }),
    env: part('env', { language: 'en', appName: 'fake', machineId: 'fake' }),
    languages: part('languages', {
      createDiagnosticCollection: () => collection,
      // a document fits a selector where the selector names its language
      match: (selector: readonly { language?: string }[], document: { languageId: string }) =>
        [selector].flat().some(({ language }) => language === document.languageId) ? 10 : 0,
    }),
    window: part('window', {
      get activeTextEditor() {
        return activeTextEditor;
      },
      visibleTextEditors: [],
      tabGroups: part('tabGroups', { all: [] }),
      createOutputChannel: () => part('channel', { append: () => undefined, appendLine: () => undefined }),
      showInformationMessage: say,
      showErrorMessage: say,
      showWarningMessage: say,
      setStatusBarMessage: (text: string) => {
        shown.push(text);
        return disposable;
      },
    }),
    workspace: part('workspace', {
      textDocuments,
      notebookDocuments: [],
      workspaceFolders: undefined,
      getConfiguration: () => configuration,
      onDidOpenTextDocument: opened.event,
      createFileSystemWatcher: () => part('watcher', {}),
    }),
  });
  return Object.assign(fake, {
    api,
    commands,
    shown,
    diagnostics,
    open(path: string, languageId: string, text: string) {
      const document = {
        uri: Uri.file(path),
        fileName: path,
        languageId,
        version: 1,
        isClosed: false,
        getText: () => text,
      };
      textDocuments.push(document);
      activeTextEditor = { document };
      opened.fire(document);
    },
  });
}
