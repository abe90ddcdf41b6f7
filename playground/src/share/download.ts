// Files that the browser saves.

/** Has the browser save a text as a file. */
export function download(name: string, text: string): void {
  const type = TYPES.find(([ending]) => name.endsWith(ending))?.[1] ?? 'text/plain';
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replaceAll('/', '_');
  link.click();
  // the browser has begun to read it by then
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const TYPES = [
  ['.csv', 'text/csv'],
  ['.json', 'application/json'],
  ['.html', 'text/html'],
  ['.yaml', 'application/yaml'],
] as const;
