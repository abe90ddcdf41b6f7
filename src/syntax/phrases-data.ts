// The rules of what data looks like and when: dates, rounding, calendars, fields, credit lines, the head of a KPI.

import { cover, type Span } from '../base/source.ts';
import type { Expression, Name } from './ast.ts';
import type { CreditLine, DateRange, Field, TypeReference } from './ast-data.ts';
import type { KpiDeclaration } from './ast-measures.ts';
import type { Holiday, Rounding, WorkingHours } from './ast-policy.ts';
import { literal, nameOf } from './literals.ts';
import * as messages from './messages.ts';
import { TableRules } from './phrases-table.ts';
import type { ClauseRule } from './rules.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type Phrase<T> = Writable<Omit<T, 'name' | 'kpi' | 'span' | 'doc'>>;

export type FieldPhrase = Phrase<Field>;
export type CreditPhrase = Phrase<CreditLine>;
export type KpiHead = { title?: Name; category?: Name; better?: Name };
export type StatusPhrase = NonNullable<KpiDeclaration['status']>;

const BOUNDS: readonly ClauseRule[] = [
  { words: ['from'], key: 'from', value: 'sum' },
  { words: ['until'], key: 'until', value: 'sum' },
];
const FIELD_CLAUSES: readonly ClauseRule[] = [
  { words: ['key'], key: 'key' },
  { words: ['posts'], key: 'posts' },
  { words: ['owner'], key: 'owner' },
  { words: ['known'], key: 'known' },
  ...BOUNDS,
  { words: ['else'], key: 'fallback', value: 'sum' },
];
export const PER: ClauseRule = { words: ['per'], key: 'per', value: 'grain' };
export const WHEN: ClauseRule = { words: ['when'], key: 'when', value: 'formula' };
const CREDIT_CLAUSES: readonly ClauseRule[] = [
  { words: ['extra'], key: 'extra' },
  { words: ['also'], key: 'also' },
  { words: ['as'], key: 'as', value: 'name' },
  WHEN,
];

export abstract class DataRules extends TableRules {
  /** `from 2026-01-01 until 2026-12-31`. */
  readonly dateRange = this.RULE('dateRange', (): DateRange => {
    const range: { from?: Expression; until?: Expression } = {};
    const bounds: { readonly span: Span }[] = [];
    this.AT_LEAST_ONE({
      DEF: () => {
        const token = this.OR([
          { ALT: () => this.CONSUME(keyword('from')) },
          { ALT: () => this.CONSUME(keyword('until')) },
        ]) as Token;
        const value = this.SUBRULE(this.sum);
        this.mark(range, { key: token.image as 'from' | 'until', value, token });
        bounds.push(token, value);
      },
      ERR_MSG: '`from` or `until`',
    });
    return this.ACTION(() => ({ ...range, span: cover(bounds[0]!.span, bounds.at(-1)!.span) }));
  });

  /** `half up to 0.01`. */
  readonly rounding = this.RULE('rounding', (): Rounding => {
    const mode = this.SUBRULE(this.roundingMode);
    this.CONSUME(keyword('to'));
    const to = this.SUBRULE(this.sum);
    return this.ACTION(() => ({ mode, to, span: cover(mode.span, to.span) }));
  });

  /** `by person.office`. */
  readonly report = this.RULE('report', (): Expression => {
    this.CONSUME(keyword('by'));
    return this.SUBRULE(this.formula);
  });

  /** `monday to friday 09:00 to 18:00`, `2026-11-07 09:00 to 13:00`. */
  readonly work = this.RULE('work', (): Phrase<WorkingHours> => {
    const days = this.OR({
      DEF: [
        {
          ALT: () => {
            const from = this.SUBRULE1(this.word);
            const to = this.OPTION(() => {
              this.CONSUME1(keyword('to'));
              return this.SUBRULE2(this.word);
            });
            return this.ACTION(() => ({ from, ...(to && { to }) }));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.DateToken) as Token;
            return this.ACTION(() => ({ date: literal(token) }));
          },
        },
      ],
      ERR_MSG: 'a weekday or a date',
    });
    const from = this.SUBRULE1(this.time);
    this.CONSUME2(keyword('to'));
    const to = this.SUBRULE2(this.time);
    return { days, from, to };
  });

  /** `09:00`. */
  private readonly time = this.RULE('time', (): Name => {
    const hour = this.CONSUME1(t.NumberToken) as Token;
    this.CONSUME(t.Colon);
    const minute = this.CONSUME2(t.NumberToken) as Token;
    return this.ACTION(() => {
      const time = { text: `${hour.image}:${minute.image}`, span: cover(hour.span, minute.span) };
      if (!/^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$/.test(time.text))
        this.notes.push(messages.noSuchTime(time.span, time.text));
      return time;
    });
  });

  /** `2026-01-01 until 2026-01-08 "New Year"`. */
  readonly holiday = this.RULE('holiday', (): Phrase<Holiday> => {
    const from = this.SUBRULE1(this.sum);
    const until = this.OPTION1(() => {
      this.CONSUME(keyword('until'));
      return this.SUBRULE2(this.sum);
    });
    const title = this.OPTION2(() => this.CONSUME(t.Text)) as Token | undefined;
    return this.ACTION(() => ({
      from,
      ...(until && { until }),
      ...(title && { title: nameOf(title) }),
    }));
  });

  /** `4, 4, 5 weeks`: the last one has the word. */
  readonly weeks = this.RULE('weeks', (): readonly Expression[] => {
    const weeks: Expression[] = [];
    this.MANY(() => {
      const token = this.CONSUME(t.NumberToken) as Token;
      this.CONSUME(t.Comma);
      this.ACTION(() => weeks.push(literal(token)));
    });
    const last = this.CONSUME(t.DurationToken) as Token;
    return this.ACTION(() => {
      if (!/^weeks?$/.test(last.unit!))
        this.notes.push(messages.unexpected(last.span, '`weeks`', { found: `\`${last.unit}\`` }));
      const span: Span = { ...last.span, end: last.span.start + last.value.length };
      return [...weeks, { kind: 'number' as const, digits: last.value, span }];
    });
  });

  /** `money? from 0 RUB else 0 RUB`, `won | lost`, `text key`. */
  readonly fieldType = this.RULE('fieldType', (): FieldPhrase => {
    const type = this.SUBRULE(this.type);
    const field: FieldPhrase = { type, key: false, posts: false, owner: false, known: false };
    this.clauses(field, FIELD_CLAUSES);
    return field;
  });

  private readonly type = this.RULE('type', (): TypeReference => {
    const members = [this.SUBRULE1(this.typeWord)];
    let sign: Token | undefined;
    let currency: Name | undefined;
    this.OR1({
      DEF: [
        {
          ALT: () =>
            this.AT_LEAST_ONE1(() => {
              sign = this.CONSUME(t.Bar) as Token;
              members.push(this.SUBRULE2(this.typeWord));
            }),
        },
        {
          ALT: () =>
            this.AT_LEAST_ONE2(() => {
              sign = this.CONSUME(t.Less) as Token;
              members.push(this.SUBRULE3(this.typeWord));
            }),
        },
        {
          ALT: () => {
            this.CONSUME(keyword('in'));
            currency = this.SUBRULE(this.word);
          },
        },
        { ALT: () => undefined },
      ],
    });
    const question = this.OPTION(() => this.CONSUME(t.Question)) as Token | undefined;
    return this.ACTION((): TypeReference => {
      const optional = question !== undefined;
      const span = cover(members[0]!.span, question?.span ?? currency?.span ?? members.at(-1)!.span);
      if (sign !== undefined)
        return { kind: 'enumeration', members, ordered: sign.image === '<', optional, span };
      return { kind: 'named', name: members[0]!, ...(currency && { currency }), optional, span };
    });
  });

  private readonly typeWord = this.RULE(
    'typeWord',
    (): Name =>
      this.OR({
        DEF: [
          {
            ALT: () => {
              const token = this.CONSUME(t.Named) as Token;
              return this.ACTION(() => nameOf(token));
            },
          },
        ],
        ERR_MSG: 'a type',
      }),
  );

  /** `to manager else lead 100% extra as care in role farmer when …`. */
  readonly creditLine = this.RULE('creditLine', (): CreditPhrase => {
    this.CONSUME(keyword('to'));
    const to = this.SUBRULE1(this.postfix);
    const otherwise = this.OPTION1(() => {
      this.CONSUME(keyword('else'));
      return this.SUBRULE2(this.postfix);
    });
    const share = this.SUBRULE(this.share);
    const line: CreditPhrase = {
      to,
      ...(otherwise && { otherwise }),
      share,
      extra: false,
      also: false,
      inEveryRole: false,
    };
    this.clauses(line, CREDIT_CLAUSES, [() => this.inRole(line)]);
    return line;
  });

  /** `in role farmer`, `in every role`. */
  private inRole(line: CreditPhrase): void {
    const token = this.CONSUME(keyword('in')) as Token;
    this.OR2([
      {
        ALT: () => {
          this.CONSUME1(keyword('role'));
          this.mark(line, { key: 'role', value: this.SUBRULE(this.name), token });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword('every'));
          this.CONSUME2(keyword('role'));
          this.mark(line, { key: 'inEveryRole', value: true, token });
        },
      },
    ]);
  }

  private readonly share = this.RULE('share', (): Expression | 'rest' =>
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword('rest'));
            return 'rest' as const;
          },
        },
        { ALT: (): Expression => this.SUBRULE(this.sum) },
      ],
      ERR_MSG: 'a share',
    }),
  );

  /** `"Total revenue" outcome lower is better`. */
  readonly kpiHead = this.RULE('kpiHead', (): KpiHead => {
    const head: KpiHead = {};
    this.clauses(
      head,
      [],
      [
        () => this.title(head),
        () => {
          const token = this.SUBRULE1(this.category);
          this.mark(head, { key: 'category', value: token, token });
        },
        () => {
          const token = this.SUBRULE2(this.better);
          this.CONSUME(keyword('is'));
          this.CONSUME(keyword('better'));
          this.mark(head, { key: 'better', value: token, token });
        },
      ],
    );
    return head;
  });

  /** `outcome` or `operational`. */
  readonly category = this.oneWord('category', ['outcome', 'operational']);
  /** Which way is better: `higher` or `lower`. */
  readonly better = this.oneWord('better', ['higher', 'lower']);
  /** `green from 95%, amber from 70%`. */
  readonly status = this.RULE('status', (): StatusPhrase => {
    const start = this.next();
    this.CONSUME(keyword('green'));
    this.CONSUME1(keyword('from'));
    const green = this.SUBRULE1(this.sum);
    this.CONSUME(t.Comma);
    this.CONSUME(keyword('amber'));
    this.CONSUME2(keyword('from'));
    const amber = this.SUBRULE2(this.sum);
    return this.ACTION(() => ({ green, amber, span: this.since(start) }));
  });

  /** A title in quotes, which stands in a head. */
  protected title(head: { title?: Name }): void {
    const token = this.CONSUME(t.Text) as Token;
    this.ACTION(() => this.mark(head, { key: 'title', value: nameOf(token), token }));
  }
}
