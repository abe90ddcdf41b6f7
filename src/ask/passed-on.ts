// What passed a change on, from a line down to what was measured: the steps of the two runs side by side, of which those
// that differ are told.

import type { PassedOn } from '../model/event-explanation.ts';
import type { Step } from '../model/explanation.ts';
import type { FigureValue } from '../model/inputs.ts';

interface Both {
  readonly with: Step | undefined;
  readonly without: Step | undefined;
}

/** The steps below a line that differ, each once, in the order of the explanation. */
export function passedOn({ with: one, without: other }: Both): readonly PassedOn[] {
  const found = new Map<string, PassedOn>();
  const visit = (both: Both): void => {
    const step = both.with ?? both.without;
    if (!step) return;
    const passed = passedBy(both, step);
    if (passed && !found.has(`${passed.kind} ${passed.text}`))
      found.set(`${passed.kind} ${passed.text}`, passed);
    for (const each of pairs(both)) if (isChanged(each)) visit(each);
  };
  for (const each of pairs({ with: one, without: other })) if (isChanged(each)) visit(each);
  return [...found.values()];
}

function isChanged({ with: one, without: other }: Both): boolean {
  if (!one || !other) return true;
  if (JSON.stringify(one.value) !== JSON.stringify(other.value)) return true;
  return pairs({ with: one, without: other }).some(isChanged);
}

/** Parts of the same kind and name side by side, in order. */
function pairs({ with: one, without: other }: Both): readonly Both[] {
  const left = [...(other?.parts ?? [])];
  const found: Both[] = [];
  for (const part of one?.parts ?? []) {
    const at = left.findIndex((each) => each.kind === part.kind && each.name === part.name);
    found.push({ with: part, without: at < 0 ? undefined : left.splice(at, 1)[0] });
  }
  return [...found, ...left.map((part) => ({ with: undefined, without: part }))];
}

function passedBy({ with: one, without: other }: Both, step: Step): PassedOn | undefined {
  const kind = kindOf(step, { with: one, without: other });
  if (!kind || JSON.stringify(one?.value) === JSON.stringify(other?.value)) return undefined;
  const nothing: FigureValue = {
    value: null,
    type: step.value === 'top' ? { kind: 'percent' } : step.value.type,
  };
  return { kind, text: step.name, without: other?.value ?? nothing, with: one?.value ?? nothing };
}

function kindOf(step: Step, both: Both): PassedOn['kind'] | undefined {
  const { kind, how } = step;
  switch (how.kind) {
    case 'rank':
    case 'total':
      return how.kind;
    case 'pool part':
      return 'pool';
    case 'previous':
    case 'each':
    case 'streak':
      return 'earlier period';
    case 'rates':
    case 'grid':
      return tierOf(both.with) === tierOf(both.without) ? undefined : 'tier';
    case 'rows':
      return how.scope === 'own' ? (kind === 'measure' ? undefined : 'figure') : 'figure of others';
    default:
  }
  if (kind === 'operation' && step.value !== 'top' && step.value.type.kind === 'truth') return 'condition';
  switch (kind) {
    case 'attainment':
    case 'score':
    case 'condition':
    case 'gate':
    case 'bonus':
    case 'pool':
    case 'points':
    case 'award':
      return kind;
    case 'kpi':
    case 'let':
      return 'figure';
    case 'floor':
    case 'cap':
    case 'draw':
      return 'bound';
    // of the person whose pay it is the own figure says so
    case 'person':
      return how.kind === 'same' ? undefined : 'figure of others';
    default:
      return undefined;
  }
}

/** The part of a table that was reached. */
function tierOf(step: Step | undefined): string {
  const how = step?.how;
  if (how?.kind === 'rates') return JSON.stringify(how.tiers?.at(-1)?.bound ?? how.below ?? null);
  return how?.kind === 'grid' ? JSON.stringify(how.keys ?? null) : '';
}
