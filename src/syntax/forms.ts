// Which forms can be read: the text form always, YAML once somebody has asked for it. Its reader is as large as all that
// reads the text form, and most policies never need it.

import { type Checked, InternalError } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { PolicyFile } from './ast-policy.ts';
import type { YamlParts } from './yaml-parts.ts';

let readYaml: ((source: Source) => Checked<PolicyFile>) | undefined;
let partsOf: ((source: Source) => YamlParts) | undefined;

/** Whether a file of that name holds the YAML form. */
export function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

/** Loads what reading these files takes: to be awaited before a policy is compiled of which a file may be YAML. */
export async function needForms(sources: readonly Pick<Source, 'name'>[]): Promise<void> {
  if (sources.some(({ name }) => isYaml(name))) await needYaml();
}

/** Loads what reading YAML takes: to be awaited before a policy is converted to YAML, too. */
export async function needYaml(): Promise<void> {
  readYaml ??= (await import('./parse-yaml.ts')).parseYaml;
  partsOf ??= (await import('./yaml-parts.ts')).yamlParts;
}

/** The syntax tree of a YAML file. Throws where nobody has awaited `needForms` for it. */
export function parseYamlForm(source: Source): Checked<PolicyFile> {
  if (!readYaml)
    throw new InternalError(
      `${source.name} is YAML, whose reader isn't loaded: call \`await needForms(sources)\` first`,
    );
  return readYaml(source);
}

const KNOWN_PARTS = new WeakMap<Source, YamlParts>();

/** The parts of a YAML file by their places, found once; none where nobody has awaited `needForms` for it. */
export function yamlPartsOf(source: Source): YamlParts {
  const parts = KNOWN_PARTS.get(source) ?? partsOf?.(source);
  if (parts) KNOWN_PARTS.set(source, parts);
  return parts ?? { scalars: [], blocks: [], comments: [] };
}
