// Named formulas in the scope and window that they are asked for: each is checked once per scope and window, and a
// circle among them is seen while it is made.

import type { Diagnostic } from '../base/diagnostic.ts';
import { grainText } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import type { Expression, Scope, Window } from '../model/expression.ts';
import type { Adding, Figure, Kpi } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { creditsAnybody } from './aggregates.ts';
import { attainmentAndStatus } from './attainments.ts';
import { isBalance } from './balances.ts';
import { type Checking, isError, NOTHING_KNOWN, OWN, THIS_PERIOD, type Use, type World } from './context.ts';
import { readGrain } from './fiscal.ts';
import { infer } from './infer.ts';
import * as messages from './messages.ts';
import { checkOwnPast } from './past.ts';
import { grainFor } from './targets.ts';
import { walk } from './walk.ts';

/** How an author would write the figure: `revenue[team, ytd]`. */
export function figureId(name: string, scope: Scope, window: Window): string {
  const words = [scopeWords(scope), windowWords(window)].filter((each) => each !== '');
  return words.length === 0 ? name : `${name}[${words.join(', ')}]`;
}

function scopeWords(scope: Scope): string {
  if (scope.kind === 'own') return '';
  if (scope.kind === 'company') return 'company';
  if (scope.below) return 'reports';
  return scope.attribute === 'team' ? 'team' : `by person.${scope.attribute}`;
}

export function windowWords(window: Window): string {
  if (window.back) {
    const { back, ...plain } = window;
    return `${windowWords(plain)}, ${back.periods} periods and ${back.years} years before`;
  }
  switch (window.kind) {
    case 'period':
      return '';
    case 'previous':
      return window.count === 1 ? 'previous' : `previous ${window.count}`;
    case 'trailing':
      return `trailing ${window.count} ${grainText(window.grain, 's')}`;
    case 'so far':
      return grainText(window.grain)
        .replace(/^year/, 'ytd')
        .replace(/^quarter/, 'qtd');
    case 'to date':
      return 'to date';
    case 'last year':
      return 'same period last year';
    default:
      return window satisfies never;
  }
}

/**
 * The figure of a declared KPI or `let`; `undefined` when it can't be worked out (the reason has been reported). `use`
 * is where it is asked for, absent for the declaration itself.
 */
export function figureOf(
  checking: Checking,
  name: string,
  scope: Scope,
  window: Window,
  use: Use | undefined,
): Figure | undefined {
  const id = figureId(name, scope, window);
  const found = checking.figures.get(id);
  if (found) return isError(found.value) ? undefined : found;
  const at = checking.open.findIndex((each) => each.id === id);
  if (at >= 0) {
    checking.diagnostics.push(messages.circle(use!.span, checking.open.slice(at)));
    return undefined;
  }
  const declaration = (checking.declared.kpis.get(name) ?? checking.declared.lets.get(name))!;
  if (checking.open.length >= LONGEST_CHAIN) return tooLong(checking, declaration);
  checking.open.push({ id, name: id, span: declaration.name.span });
  const grain = 'per' in declaration ? readGrain(checking.declared.calendars, declaration.per) : undefined;
  const world: World = {
    kind: 'people',
    scope,
    window,
    known: NOTHING_KNOWN,
    ...(grain ? { grain } : {}),
    ...(use ? { use } : {}),
  };
  const value = infer(checking, declaration.value, world);
  checking.open.pop();
  checkOwnPast(checking, id, declaration, value);
  const figure: Figure = {
    id,
    name,
    scope,
    window,
    ...(grain && grain !== checking.grain ? { grain } : {}),
    type: value.type,
    optional: value.optional,
    value,
    span: declaration.name.span,
  };
  checking.figures.set(id, figure);
  const chain = 1 + chainOf(checking, value);
  checking.chains.set(id, chain);
  if (chain > LONGEST_CHAIN) return tooLong(checking, declaration);
  return isError(value) ? undefined : figure;
}

/** Most figures that stand on each other's results, so that no policy can exhaust what works them out. */
const LONGEST_CHAIN = 200;

function tooLong(
  checking: Checking,
  { name }: astMeasures.KpiDeclaration | astMeasures.LetDeclaration,
): undefined {
  checking.diagnostics.push(messages.chainTooLong(name.span, LONGEST_CHAIN));
}

/** How many figures stand on each other under an expression. */
function chainOf(checking: Checking, node: Expression): number {
  switch (node.kind) {
    case 'figure':
    case 'target':
    case 'attainment':
      return checking.chains.get(node.figure) ?? 0;
    default:
      return Math.max(0, ...partsOf(node).map((each) => chainOf(checking, each)));
  }
}

/** Checks every KPI and `let`, used or not, and says how each KPI adds up. */
export function checkFigures(checking: Checking): void {
  const { kpis, lets } = checking.declared;
  for (const declaration of lets.values()) {
    figureOf(checking, declaration.name.text, scopeOf(checking, declaration), THIS_PERIOD, undefined);
    grainFor(checking, declaration.per, 'a `let`');
  }
  for (const declaration of kpis.values()) {
    const name = declaration.name.text;
    const figure = figureOf(checking, name, scopeOf(checking, declaration), THIS_PERIOD, undefined);
    if (figure) checking.kpis.set(name, kpiModel(checking, declaration, figure));
  }
}

/** The figure in a scope, where the KPI can be asked for it; what stands in the way isn't reported. */
export function tryFigure(checking: Checking, name: string, scope: Scope): Figure | undefined {
  return attempt(checking, name, scope).figure;
}

/** Works a figure out; if it can't be, everything is as it was before, and the reasons are given back. */
function attempt(
  checking: Checking,
  name: string,
  scope: Scope,
): { readonly figure?: Figure; readonly reasons: readonly Diagnostic[] } {
  const before = checking.diagnostics.length;
  const made = checking.figures.size;
  const figure = figureOf(checking, name, scope, THIS_PERIOD, undefined);
  const reasons = checking.diagnostics.splice(before);
  if (reasons.length === 0 && figure) return { figure, reasons };
  for (const id of [...checking.figures.keys()].slice(made)) checking.figures.delete(id);
  return { reasons };
}

/** One's own, unless events are in it that nobody is credited with: those are the company's. */
function scopeOf(
  checking: Checking,
  declaration: astMeasures.KpiDeclaration | astMeasures.LetDeclaration,
): Scope {
  if (!namesUncredited(checking, declaration)) return OWN;
  const { reasons } = attempt(checking, declaration.name.text, OWN);
  return reasons.some((each) => each.code === 'M1413') ? { kind: 'company' } : OWN;
}

/** Whether a formula, or one that it names, looks at events that nobody is credited with. */
function namesUncredited(
  checking: Checking,
  declaration: astMeasures.KpiDeclaration | astMeasures.LetDeclaration,
): boolean {
  const { events, kpis, lets } = checking.declared;
  const uncredited = [...events].filter(([, event]) => !creditsAnybody(checking, event));
  if (uncredited.length === 0) return false;
  const names = new Set(uncredited.map(([name]) => name));
  const seen = new Set<string>();
  const formulas: ast.Expression[] = [declaration.value];
  for (let formula = formulas.pop(); formula; formula = formulas.pop()) {
    walk(formula, (node) => {
      if (node.kind !== 'name' || seen.has(node.name.text)) return;
      const { text } = node.name;
      seen.add(text);
      const other = kpis.get(text) ?? lets.get(text);
      if (other) formulas.push(other.value);
    });
  }
  return [...seen].some((name) => names.has(name));
}

function kpiModel(checking: Checking, declaration: astMeasures.KpiDeclaration, figure: Figure): Kpi {
  const { title, doc, category, owner } = declaration;
  return {
    name: declaration.name.text,
    ...(title ? { title: title.text } : {}),
    ...(doc === undefined ? {} : { doc }),
    ...(category ? { category } : {}),
    lowerIsBetter: declaration.lowerIsBetter,
    adding: addingOf(checking, figure.value) ?? 'ratio',
    ...(isBalance(checking, figure.value) ? { balance: true as const } : {}),
    ...attainmentAndStatus(checking, declaration, figure),
    type: figure.type,
    optional: figure.optional,
    ...(owner ? { owner: owner.text } : {}),
    span: declaration.name.span,
  };
}

// a figure may be named in many formulas that name each other
const addings = new WeakMap<Figure, Adding | undefined>();

/** How an expression adds up over people and periods; `undefined` for what is measured in no way. */
export function addingOf(checking: Checking, node: Expression): Adding | undefined {
  switch (node.kind) {
    case 'measure': {
      const measure = checking.measuresById.get(node.measure)!;
      return measure.aggregate === 'sum' || measure.aggregate === 'count'
        ? 'additive'
        : measure.aggregate === 'distinct'
          ? 'distinct'
          : 'ratio';
    }
    case 'figure': {
      const figure = checking.figures.get(node.figure)!;
      if (!addings.has(figure)) addings.set(figure, addingOf(checking, figure.value));
      return addings.get(figure);
    }
    case 'constant':
      return undefined;
    case 'apply': {
      const kinds = node.args.map((each) => addingOf(checking, each));
      if (
        node.function === '+' ||
        node.function === '-' ||
        node.function === 'minus' ||
        node.function === 'else'
      ) {
        if (kinds.includes(undefined) && node.function !== 'else')
          return kinds.some((each) => each) ? 'ratio' : undefined;
        if (kinds.includes('ratio')) return 'ratio';
        return kinds.includes('distinct') ? 'distinct' : kinds.find((each) => each);
      }
      if (node.function === '*') {
        const measured = kinds.filter((each) => each !== undefined);
        return measured.length === 1 && node.args.some((each) => each.kind === 'constant')
          ? measured[0]
          : measured.length === 0
            ? undefined
            : 'ratio';
      }
      return kinds.some((each) => each) ? 'ratio' : undefined;
    }
    default:
      return 'ratio';
  }
}
