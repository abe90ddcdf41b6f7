// The lints: a checked policy in, what is worth a look out. Nothing here is an error: the policy runs as it is. Each
// finding is provable from the policy, or worded as what it is.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { achievableLints } from './achievable.ts';
import { allowLints, unsilenced } from './allow.ts';
import { cliffLints } from './cliffs.ts';
import { jumpLints } from './jumps.ts';
import { limitLints } from './limits.ts';
import { nameLints } from './names.ts';
import { placeKey, type Reading, readingOf, wordsAt } from './reading.ts';
import { smartLints } from './smart.ts';
import { tableLints } from './tables.ts';
import { unusedLints } from './unused.ts';

const FAMILIES: readonly ((reading: Reading) => readonly Diagnostic[])[] = [
  smartLints,
  tableLints,
  cliffLints,
  jumpLints,
  limitLints,
  unusedLints,
  nameLints,
];

/**
 * What is worth a look in a policy (M1500 to M1599): warnings about what can't do what it says, and notes. In the order of
 * the text; a comment `// allow M1505: reason` silences a finding where it stands.
 */
export function lint(model: Model): readonly Diagnostic[] {
  const reading = readingOf(model);
  const found = distinct(
    model.beyond.length > 0 ? inPart(reading) : FAMILIES.flatMap((family) => family(reading)),
  );
  const about = allowLints(found, model.sources, (code) => !needsData(code));
  return inOrder(model, [...unsilenced(found, model.sources), ...about]);
}

/**
 * Of a policy with parts that aren't in the Model: tables that it shows whole, and what none of those parts mentions, such
 * as an award or a pool. What depends on every reader of a table or result isn't said.
 */
function inPart(reading: Reading): readonly Diagnostic[] {
  const mentioned = mentionsIn(reading.declarations);
  const { model } = reading;
  const isMentioned = ({ span }: Diagnostic): boolean => mentioned.has(wordsAt(model, span!));
  // a figure that can't be worked out yet measures more than the Model shows, and `convert` reads a table unnamed
  const isRead = ({ span }: Diagnostic): boolean =>
    (model.figures.find((each) => placeKey(each.span) === placeKey(span!))?.value.kind ?? '') === 'later';
  const isRates = ({ message }: Diagnostic): boolean =>
    mentioned.has('convert') && message.startsWith('table ');
  return [
    ...smartLints(reading).filter((each) => each.code !== 'M1500' || !(isMentioned(each) || isRead(each))),
    ...unusedLints(reading).filter((each) => each.code === 'M1540' && !(isMentioned(each) || isRates(each))),
    ...[tableLints, cliffLints]
      .flatMap((family) => family({ ...reading, model: withPlainTables(model) }))
      .filter((each) => each.code !== 'M1507'),
    ...nameLints(reading),
  ];
}

/** Without curves of words, jumps or slopes, and tables of amounts or of mixed tiers. */
function withPlainTables(model: Model): Model {
  return {
    ...model,
    curves: model.curves.filter(
      ({ output, slope, points }) =>
        output.kind !== 'enumeration' &&
        slope === undefined &&
        points.every(({ at }, index) => at !== points[index - 1]?.at),
    ),
    rates: model.rates.filter(({ mode, tiers }) => mode !== 'amounts' && tiers.every((each) => !each.onAll)),
  };
}

/** Every name that a declaration uses, beside those that it gives; tests and invariants use nothing up. */
function mentionsIn(declarations: Reading['declarations']): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: unknown, key: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('text' in node && typeof node.text === 'string' && key !== 'title') names.add(node.text);
    for (const [part, value] of Object.entries(node)) if (part !== 'span') visit(value, part);
  };
  for (const declaration of declarations) {
    if (declaration.kind === 'test' || declaration.kind === 'invariant') continue;
    for (const [part, value] of Object.entries(declaration))
      if (part !== 'name' && part !== 'span') visit(value, part);
  }
  return names;
}

/** What only data shows (M1560 to M1569), in a result of the policy: targets that nobody or everybody reached. */
export function lintWithResult(model: Model, result: Result): readonly Diagnostic[] {
  return inOrder(model, unsilenced(distinct(achievableLints(model, result)), model.sources));
}

function needsData(code: string): boolean {
  return code.startsWith('M156');
}

/** A formula that several figures or roles share is said once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = `${each.code}\n${placeKey(each.span!)}\n${each.message}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

function inOrder({ sources }: Model, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const file = ({ span }: Diagnostic): number => sources.findIndex((each) => each.name === span!.source);
  return [...diagnostics].sort((a, b) => file(a) - file(b) || a.span!.start - b.span!.start);
}
