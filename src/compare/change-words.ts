// A change of a scenario as people write it: `revenue +10%`, `target revenue 1_600_000 RUB`, `target revenue of hunter -5%`,
// `rate ladder from 1_000_000 RUB = 6%`.

import type { Diagnostic } from '../base/diagnostic.ts';
import { add, type Exact, exact, fraction, multiply, ONE, whole } from '../base/exact.ts';
import { suggestion } from '../base/suggest.ts';
import { DURATION_SECONDS } from '../base/unit.ts';
import type { Model } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { notAChange } from './messages.ts';

/** A change that was understood. */
export type Change =
  | { readonly kind: 'kpi'; readonly text: string; readonly kpi: string; readonly factor: Exact }
  | {
      readonly kind: 'target';
      readonly text: string;
      readonly kpi: string;
      readonly role?: string;
      readonly to: { readonly factor: Exact } | { readonly value: Exact };
    }
  /** `to` as it is written: what it is a value of is known when the number is found. */
  | { readonly kind: 'number'; readonly text: string; readonly number: string; readonly to: string };

/** Reads a change; or says why it isn't one (M3081). */
export function parseChange(model: Model, text: string): Change | Diagnostic {
  const said = text.trim().normalize('NFC');
  const number = /^(.+?)\s*=\s*(\S.*)$/.exec(said);
  if (number) return { kind: 'number', text: said, number: number[1]!, to: number[2]! };
  const found = /^(target\s+)?(\S+)(?:\s+of\s+(\S+))?\s+(\S.*)$/.exec(said);
  if (!found) return notAChange(said);
  const [, isTarget, kpi, role, rest] = found as unknown as [string, string?, string?, string?, string?];
  const known = model.kpis.find(({ name }) => name === kpi);
  const suggested = (what: string, name: string, all: readonly { readonly name: string }[]): Diagnostic => {
    const near = suggestion(
      name,
      all.map((each) => each.name),
    );
    return notAChange(said, `the policy has no ${what} \`${name}\`${near === undefined ? '' : `: ${near}`}`);
  };
  if (!known) return suggested('KPI', kpi!, model.kpis);
  if (role !== undefined && !model.roles.some(({ name }) => name === role))
    return suggested('role', role, model.roles);
  const factor = factorOf(rest!);
  if (isTarget === undefined) {
    if (!factor || role !== undefined) return notAChange(said);
    return { kind: 'kpi', text: said, kpi: known.name, factor };
  }
  const value = factor ? undefined : writtenIn(rest!, known.type);
  if (!factor && !value) return notAChange(said);
  const to = factor ? { factor } : { value: value! };
  return { kind: 'target', text: said, kpi: known.name, ...(role === undefined ? {} : { role }), to };
}

/** `+10%` is 1.1, `-10%` is 0.9. */
function factorOf(text: string): Exact | undefined {
  const found = /^([+\-−])\s*([0-9][0-9_]*(?:\.[0-9]+)?)\s*%$/.exec(text);
  if (!found) return undefined;
  const part = multiply(exact(found[2]!.replaceAll('_', '')), fraction(found[1] === '+' ? 1 : -1, 100));
  return add(ONE, part);
}

/** A value of a KPI's type: `1_600_000 RUB`, `20%`, `400`, `4 hours`; the unit of money may be left out. */
function writtenIn(text: string, type: ValueType): Exact | undefined {
  const found = /^([0-9][0-9_]*(?:\.[0-9]+)?)\s*(%|\p{L}+)?$/u.exec(text);
  if (!found) return undefined;
  const [, digits, unit] = found as unknown as [string, string, string?];
  const number = exact(digits.replaceAll('_', ''));
  switch (type.kind) {
    case 'money':
      return unit === undefined || unit === type.currency ? number : undefined;
    case 'percent':
      return unit === '%' ? multiply(number, fraction(1, 100)) : undefined;
    case 'number':
      return unit === undefined ? number : undefined;
    case 'duration': {
      const seconds = unit === undefined ? undefined : DURATION_SECONDS.get(unit);
      return seconds === undefined ? undefined : multiply(number, whole(seconds));
    }
    default:
      return undefined;
  }
}
