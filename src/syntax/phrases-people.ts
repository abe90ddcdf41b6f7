// The rules of roles, awards and pools, of overrides for a person or team, and of tests and invariants.

import { cover } from '../base/source.ts';
import type { Expression, GrainName, Name } from './ast.ts';
import type { Prize, Recipients } from './ast-awards.ts';
import type { Expectation, InvariantDeclaration, TestCell, TestRow } from './ast-tests.ts';
import { literal } from './literals.ts';
import * as messages from './messages.ts';
import { PER, type Writable } from './phrases-data.ts';
import { PayRules } from './phrases-pay.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

export type TitleHead = { title?: Name };
export type RoleHead = TitleHead & { extends?: Name };
export type LetHead = { per?: GrainName };
export type PoolHead = TitleHead & { per?: GrainName };
export type ForHead = { person?: Name; team?: Name; from?: Expression; until?: Expression };
export type RowHead = Pick<TestRow, 'count' | 'of' | 'id'>;
export type ExpectHead = Pick<Expectation, 'person' | 'period'>;
export type CellPhrase = Omit<TestCell, 'field' | 'span'>;
export type GivenPhrase = Omit<InvariantDeclaration['given'][number], 'span'>;
export type Claim = InvariantDeclaration['claim'];

export abstract class PeopleRules extends PayRules {
  /** `"Hunter of the month"`. */
  readonly titleHead = this.RULE('titleHead', (): TitleHead => {
    const head: TitleHead = {};
    this.OPTION(() => this.title(head));
    return head;
  });

  /** `"Wins new clients" extends seller`. */
  readonly roleHead = this.RULE('roleHead', (): RoleHead => {
    const head: RoleHead = {};
    this.OPTION1(() => this.title(head));
    this.OPTION2(() => {
      const token = this.CONSUME(keyword('extends')) as Token;
      this.mark(head, { key: 'extends', value: this.SUBRULE(this.name), token });
    });
    return head;
  });

  /** `per quarter`. */
  readonly letHead = this.RULE('letHead', (): LetHead => {
    const head: LetHead = {};
    this.clauses(head, [PER]);
    return head;
  });

  /** `"Gift" per quarter`. */
  readonly poolHead = this.RULE('poolHead', (): PoolHead => {
    const head: PoolHead = {};
    this.clauses(head, [PER], [() => this.title(head)]);
    return head;
  });

  /** `person anna from 2026-03-01 until 2026-05-31`, `team "North"`. */
  readonly forHead = this.RULE('forHead', (): ForHead => {
    const head: ForHead = {};
    const of = this.OR([
      { ALT: () => this.CONSUME(keyword('person')) },
      { ALT: () => this.CONSUME(keyword('team')) },
    ]) as Token;
    const name = this.SUBRULE(this.name);
    this.mark(head, { key: of.image as 'person' | 'team', value: name, token: of });
    this.clauses(head, [
      { words: ['from'], key: 'from', value: 'sum' },
      { words: ['until'], key: 'until', value: 'sum' },
    ]);
    return head;
  });

  /** `hunter`, `hunter only`, `top 3 of hunter by growth with zero then by revenue`. */
  readonly recipients = this.RULE('recipients', (): Recipients => {
    const start = this.next();
    const count = this.OPTION1({
      GATE: () => this.valueAt(2) && this.LA(2).image !== 'only' && this.LA(2).image !== 'split',
      DEF: () => {
        this.CONSUME(keyword('top'));
        const most = this.SUBRULE1(this.sum);
        this.CONSUME(keyword('of'));
        return most;
      },
    });
    const role = this.SUBRULE(this.name);
    const only = this.OPTION2(() => this.CONSUME(keyword('only')));
    const by = this.OPTION3({
      GATE: () => count !== undefined,
      DEF: () => {
        this.CONSUME(keyword('by'));
        return this.SUBRULE2(this.formula);
      },
    });
    const ties: { withZero?: true; thenBy?: Expression; split?: true } = {};
    this.clauses(ties, [
      { words: ['with', 'zero'], key: 'withZero' },
      { words: ['then', 'by'], key: 'thenBy', value: 'formula' },
      { words: ['split', 'among', 'ties'], key: 'split' },
    ]);
    return this.ACTION(() => {
      const { withZero = false, thenBy, split = false } = ties;
      const span = this.since(start);
      if (count !== undefined && by === undefined)
        this.notes.push(messages.requiredMissing(span, '`top`', 'by'));
      const ranked = by ?? thenBy;
      if (count === undefined && (withZero || thenBy !== undefined))
        this.notes.push(messages.requiredMissing(span, withZero ? '`with zero`' : '`then by`', 'top'));
      const top = count !== undefined &&
        ranked !== undefined && { top: { count, by: ranked, withZero, ...(thenBy && { thenBy }) } };
      return { role, only: only !== undefined, ...top, splitAmongTies: split, span };
    });
  });

  /** `10_000 RUB and badge "Best" when … and points 100`. */
  readonly prizes = this.RULE('prizes', (): readonly Prize[] => {
    const prizes = [this.SUBRULE1(this.prize)];
    this.MANY(() => {
      this.CONSUME(keyword('and'));
      prizes.push(this.SUBRULE2(this.prize));
    });
    return prizes;
  });

  private readonly prize = this.RULE('prize', (): Prize => {
    const start = this.next();
    const word = this.OPTION1({
      GATE: () => this.startsPrize(1) || this.valueAt(2),
      DEF: () =>
        this.OR([
          { ALT: () => this.CONSUME(keyword('points')) },
          { ALT: () => this.CONSUME(keyword('badge')) },
          { ALT: () => this.CONSUME(keyword('recognition')) },
          { ALT: () => this.CONSUME(keyword('training')) },
        ]),
    }) as Token | undefined;
    const value = this.SUBRULE1(this.sum);
    const when = this.OPTION2(() => {
      this.CONSUME(keyword('when'));
      return this.SUBRULE2(this.formula);
    });
    return this.ACTION(() => ({
      kind: (word?.image ?? 'money') as Prize['kind'],
      value,
      ...(when && { when }),
      span: this.since(start),
    }));
  });

  /** `by points`, `equally`. */
  readonly shared = this.RULE('shared', (): Expression | 'equally' =>
    this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword('equally'));
            return 'equally' as const;
          },
        },
        {
          ALT: (): Expression => {
            this.CONSUME(keyword('by'));
            return this.SUBRULE(this.formula);
          },
        },
      ],
      ERR_MSG: '`equally` or `by`',
    }),
  );

  /** `person anna`, `deal`, `12 deals`; `"expect"` is an event of that name. */
  readonly rowHead = this.RULE('rowHead', (): RowHead => {
    const count = this.OPTION1(() => this.CONSUME(t.NumberToken)) as Token | undefined;
    const of = this.SUBRULE1(this.name);
    const id = this.OPTION2(() => this.SUBRULE2(this.name));
    return this.ACTION(() => ({ ...(count && { count: literal(count) }), of, ...(id && { id }) }));
  });

  /** `100_000 RUB + 10_000 RUB * n`, `2026-01-05 every 2 days`. */
  readonly cell = this.RULE('cell', (): CellPhrase => {
    const value = this.SUBRULE1(this.sum);
    const every = this.OPTION(() => {
      this.CONSUME(keyword('every'));
      return this.SUBRULE2(this.sum);
    });
    return this.ACTION(() => ({ value, ...(every && { every }) }));
  });

  /** `anna in 2026-01`. */
  readonly expectHead = this.RULE('expectHead', (): ExpectHead => {
    const person = this.SUBRULE(this.name);
    this.CONSUME(keyword('in'));
    const period = this.SUBRULE(this.sum);
    return { person, period };
  });

  /** `revenue from 0 RUB until 50_000_000 RUB`. */
  readonly given = this.RULE('given', (): GivenPhrase => {
    const given: Writable<GivenPhrase> = { value: this.SUBRULE(this.sum) };
    this.clauses(given, [
      { words: ['from'], key: 'from', value: 'sum' },
      { words: ['until'], key: 'until', value: 'sum' },
    ]);
    return given;
  });

  /** `pay is nondecreasing in revenue`, `commission <= 7% * revenue`. */
  readonly claim = this.RULE('claim', (): Claim => {
    const condition = this.SUBRULE(this.formula);
    let sign: Token | undefined;
    const input = this.OPTION(() => {
      sign = this.CONSUME(keyword('in')) as Token;
      return this.SUBRULE(this.sum);
    });
    return this.ACTION((): Claim => {
      if (sign === undefined || input === undefined)
        return { kind: 'holds', condition, span: condition.span };
      const span = cover(condition.span, input.span);
      if (condition.kind === 'binary' && condition.operator === 'is') {
        const { left: value, right } = condition;
        const direction = right.kind === 'name' ? right.name.text : '';
        if (direction === 'nondecreasing' || direction === 'nonincreasing')
          return { kind: 'monotone', value, direction, in: input, span };
      }
      const wanted = '`is nondecreasing` or `is nonincreasing` before it';
      this.notes.push(messages.unexpected(sign.span, wanted, { found: '`in`' }));
      return { kind: 'holds', condition, span };
    });
  });
}
