// A comparison as JSON: keys as they are declared, numbers as exact text, hidden characters escaped.

import type { PolicyDiff } from '../model/diff.ts';
import { visibleJson } from './terminal-text.ts';

/** The comparison as a JSON document; `format_version` comes first and names the layout. */
export function diffJson(diff: PolicyDiff): string {
  return `${visibleJson(JSON.stringify(diff, null, 2))}\n`;
}
