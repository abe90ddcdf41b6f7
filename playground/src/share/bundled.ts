// The bundled files of the examples, by their path in the repository's folder of examples.

const ADDRESSES: Readonly<Record<string, string>> = import.meta.glob(
  ['../../../examples/*/*.merit', '../../../examples/*/data/*.csv'],
  { query: '?url', import: 'default', eager: true },
);

/** The text of a bundled file, from this page's own server or what was kept of it. */
export async function readBundled(path: string): Promise<string> {
  const address = ADDRESSES[`../../../examples/${path}`];
  if (address === undefined) throw new Error(`${path} isn't part of this page`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${path} can't be loaded (${answer.status})`);
  return answer.text();
}
