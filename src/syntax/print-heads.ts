// The first lines of declarations and bonuses, in columns: those of one kind stand below each other.

import { InternalError } from '../base/diagnostic.ts';
import type { Name } from './ast.ts';
import type { PhraseName } from './phrases.ts';
import type { KpiHead } from './phrases-data.ts';
import type { BonusHead } from './phrases-pay.ts';
import type { ForHead, LetHead, PoolHead, RoleHead, TitleHead } from './phrases-people.ts';
import { nameText, quoted, sum } from './print-expression.ts';
import { flat, type Layout, spaced } from './print-layout.ts';
import { perClause, phraseText } from './print-phrases.ts';

/** Texts by column; those that are empty take no place where all of their column are. */
export type Cells = readonly (readonly [column: string, text: string])[];

/** The words of a first line after its name. */
export function headCells(phrase: PhraseName, said: object): Cells {
  switch (phrase) {
    case 'noHead':
      return [];
    case 'titleHead':
      return [['title', titleText((said as TitleHead).title)]];
    case 'kpiHead': {
      const { title, category, better } = said as KpiHead;
      const way = better && `${better.text} is better`;
      return [
        ['title', titleText(title)],
        ['words', text(category?.text, way)],
      ];
    }
    case 'roleHead': {
      const { title, extends: role } = said as RoleHead;
      return [
        ['title', titleText(title)],
        ['words', role ? `extends ${nameText(role)}` : ''],
      ];
    }
    case 'bonusHead': {
      const { title, gated, prorated, per } = said as BonusHead;
      const byDays = prorated === undefined ? '' : prorated ? 'prorated' : 'not prorated';
      return [
        ['title', titleText(title)],
        ['words', text(gated && 'gated', byDays, perClause(per))],
      ];
    }
    case 'letHead':
      return [['words', text(perClause((said as LetHead).per))]];
    case 'poolHead': {
      const { title, per } = said as PoolHead;
      return [
        ['title', titleText(title)],
        ['words', text(perClause(per))],
      ];
    }
    case 'forHead': {
      const { person, team, from, until } = said as ForHead;
      const who = person ? `person ${nameText(person)}` : `team ${quoted(team!.text)}`;
      return [['words', text(who, from && ['from ', sum(from)], until && ['until ', sum(until)])]];
    }
    case 'name':
      return [['words', quoted((said as { readonly path: Name }).path.text)]];
    case 'curveMode':
    case 'ratesMode':
      return [['words', (said as { readonly mode: Name }).mode.text]];
    case 'gridBy':
      return [['words', flat(phraseText('gridBy', (said as { readonly by: readonly Name[] }).by))]];
    default:
      throw new InternalError(`the printer knows no head \`${phrase}\``);
  }
}

function text(...parts: readonly (Layout | undefined | false)[]): string {
  return flat(spaced(...parts));
}

function titleText(title: Name | undefined): string {
  return title === undefined ? '' : quoted(title.text);
}
