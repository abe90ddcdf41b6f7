// A file of scenarios: names, and below each the changes that are tried together.

import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { checkText } from './parse.ts';
import { nameOfScalar, nodeSpan, pairsOf, readDocuments } from './yaml-documents.ts';
import * as yaml from './yaml-messages.ts';

/** A name, and changes as they are written. */
export interface ScenarioText {
  readonly name: string;
  readonly changes: readonly string[];
}

/** Reads the file; what isn't a name with a change or a list of changes is said (M3086). */
export function parseScenarios(source: Source): Checked<readonly ScenarioText[]> {
  const text = checkText(source);
  const diagnostics: Diagnostic[] = [...text.diagnostics];
  if (text.refused) return { value: [], diagnostics };
  const [document] = readDocuments(source, diagnostics);
  const root = document?.contents as Node | null | undefined;
  if (!root || !isMap(root)) {
    if (diagnostics.length === 0) diagnostics.push(notScenarios(source, root ?? undefined));
    return { value: [], diagnostics };
  }
  const value = pairsOf(source, root, diagnostics).flatMap(
    ({ key: name, value: node }): readonly ScenarioText[] => {
      const items = isSeq(node) ? (node.items as Node[]) : node ? [node] : [];
      const changes = items.flatMap((item) => {
        if (isScalar(item)) return [nameOfScalar(source, item).text];
        diagnostics.push(notScenarios(source, item));
        return [];
      });
      if (items.length === 0) diagnostics.push(notScenarios(source, root));
      return [{ name: name.text, changes }];
    },
  );
  return { value, diagnostics };
}

function notScenarios(source: Source, node: Node | undefined): Diagnostic {
  return yaml.notScenarios(node ? nodeSpan(source, node) : { source: source.name, start: 0, end: 0 });
}
