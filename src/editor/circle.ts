// Whether a formula that named something would use its own result: such names aren't offered to it.

import type { Checking } from '../check/context.ts';
import type { Meaning } from '../check/meanings.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Inside } from './cursor-place.ts';

/** Whether what the name stands for leads back to the formula that the cursor is in. */
export function leadsBack(checking: Checking, meaning: Meaning, inside: Inside): boolean {
  const home = homeOf(inside);
  return home !== undefined && new Search(checking, home).reaches(meaning);
}

/** What the formula around the cursor is of, in the words of a meaning; `gate`: any bonus that gates hold. */
function homeOf({ shape, clause, name, field }: Inside): Meaning | 'gate' | undefined {
  const word = shape?.word;
  if ((word === 'kpi' || word === 'let') && name !== undefined) return { kind: word, name };
  if (word === 'pool' && name !== undefined) return { kind: 'pool', name };
  if (clause?.key === 'bonuses' && field !== undefined && name !== undefined)
    return { kind: 'bonus', name: field, of: name };
  if (clause?.key === 'computed' && field !== undefined && name !== undefined)
    return { kind: 'field', name: field, of: name };
  return clause?.key === 'gates' ? 'gate' : undefined;
}

/** Figures are one kind: a KPI or a value. */
function kindOf(kind: Meaning['kind']): Meaning['kind'] {
  return kind === 'let' ? 'kpi' : kind;
}

class Search {
  private readonly seen = new Set<string>();

  constructor(
    private readonly checking: Checking,
    private readonly home: Meaning | 'gate',
  ) {}

  reaches(meaning: Meaning): boolean {
    const { kind, name, of } = meaning;
    const { home } = this;
    const isOwn = home !== 'gate' && kindOf(home.kind) === kindOf(kind) && home.name === name;
    if (isOwn && (kind !== 'field' || home.of === of)) return true;
    const key = `${kind} ${of} ${name}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    switch (kind) {
      case 'kpi':
      case 'let': {
        const value = this.checking.figures.get(name)?.value;
        // what the unfinished formula spoils is read as it is written
        if (value && value.type.kind !== 'error') return this.through([value], of);
        const { kpis, lets } = this.checking.declared;
        return namesIn(kpis.get(name)?.value ?? lets.get(name)?.value).some((each) =>
          this.reaches({ kind: kpis.has(each) ? 'kpi' : 'let', name: each }),
        );
      }
      case 'field':
        return this.through([this.checking.declared.events.get(of ?? '')?.computed.get(name)?.value], of);
      case 'bonus': {
        const bonus = this.checking.roles.get(of ?? '')?.bonus(name);
        if (home === 'gate' && bonus?.gated) return true;
        return this.through([bonus?.value, bonus?.when, bonus?.cap, bonus?.floor], of);
      }
      case 'pool': {
        const pool = this.checking.pools.get(name);
        const by = pool?.sharedBy === 'equally' ? undefined : pool?.sharedBy;
        return this.through([pool?.amount, pool?.when, by], of);
      }
      default:
        return false;
    }
  }

  private through(formulas: readonly (Expression | undefined)[], of: string | undefined): boolean {
    let found = false;
    for (const formula of formulas) {
      if (!formula) continue;
      walk(formula, (node) => {
        if (found) return;
        const meaning = this.meaningOf(node, of);
        found = meaning !== undefined && this.reaches(meaning);
      });
    }
    return found;
  }

  private meaningOf(node: Expression, of: string | undefined): Meaning | undefined {
    switch (node.kind) {
      case 'figure': {
        const name = this.checking.figures.get(node.figure)?.name;
        return name === undefined ? undefined : { kind: 'kpi', name };
      }
      case 'bonus':
        return { kind: 'bonus', name: node.name, ...(of !== undefined && { of }) };
      case 'field':
        return { kind: 'field', name: node.name, ...(of !== undefined && { of }) };
      case 'pool':
        return { kind: 'pool', name: node.pool };
      default:
        return undefined;
    }
  }
}

/** The bare names of a formula. */
function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { kind, name } = node as { readonly kind?: unknown; readonly name?: { readonly text?: unknown } };
  if (kind === 'name' && typeof name?.text === 'string') return [name.text];
  return Object.values(node).flatMap(namesIn);
}
