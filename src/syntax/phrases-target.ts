// The rules of what is expected: targets and their parts, scorecard lines, gates.

import { cover } from '../base/source.ts';
import type { Expression, Name } from './ast.ts';
import type { Gate, ScoreLine, Target } from './ast-roles.ts';
import type { Tree } from './make-tree.ts';
import { DataRules, PER, type Phrase, WHEN } from './phrases-data.ts';
import type { ClauseRule } from './rules.ts';
import * as t from './tokens.ts';
import { keyword, type Token } from './tokens.ts';

export type TargetPhrase = Phrase<Target>;
export type TargetValue = Pick<TargetPhrase, 'value' | 'upTo' | 'fromTable'>;
export type ScorePhrase = Phrase<ScoreLine>;
export type GatePhrase = Phrase<Gate>;

export const CAP: ClauseRule = { words: ['cap'], key: 'cap', value: 'sum' };
export const FLOOR: ClauseRule = { words: ['floor'], key: 'floor', value: 'sum' };
const TARGET_CLAUSES: readonly ClauseRule[] = [
  { words: ['adds', 'up'], key: 'addsUp' },
  { words: ['spread'], key: 'spread', value: 'spread' },
  PER,
  WHEN,
];

export abstract class TargetRules extends DataRules {
  /** `60 per quarter when …`, `8 adds up`, `within 3 days .. 5 days`, `from quota`. */
  readonly target = this.RULE('target', (): TargetPhrase => {
    const target = this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.valueAt(2), ALT: () => this.SUBRULE(this.band) },
        { GATE: () => this.valueAt(2), ALT: () => this.SUBRULE(this.tableName) },
        {
          ALT: () => {
            const tree = this.SUBRULE(this.claused) as Tree;
            return this.ACTION(() => ({ ...tree, fromTable: false }));
          },
        },
      ],
      ERR_MSG: 'a value',
    }) as TargetValue;
    const said: TargetPhrase = { ...target, addsUp: false };
    this.clauses(said, TARGET_CLAUSES);
    return said;
  });

  /** What a target asks for, without its clauses. */
  readonly targetValue = this.RULE(
    'targetValue',
    (): TargetValue =>
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          { GATE: () => this.valueAt(2), ALT: () => this.SUBRULE(this.band) },
          { GATE: () => this.valueAt(2), ALT: () => this.SUBRULE(this.tableName) },
          {
            ALT: () => {
              const value = this.SUBRULE(this.formula);
              return this.ACTION(() => ({ value, fromTable: false }));
            },
          },
        ],
        ERR_MSG: 'a value',
      }),
  );

  /** `within 3 days .. 5 days`. */
  private readonly band = this.RULE('band', (): TargetValue => {
    this.CONSUME(keyword('within'));
    const value = this.SUBRULE1(this.sum);
    this.CONSUME(t.Dots);
    const upTo = this.SUBRULE2(this.sum);
    return { value, upTo, fromTable: false };
  });

  /** `from quota`. */
  private readonly tableName = this.RULE('tableName', (): TargetValue => {
    this.CONSUME(keyword('from'));
    const name = this.SUBRULE(this.name);
    return this.ACTION(() => ({ value: { kind: 'name', name, span: name.span }, fromTable: true }));
  });

  /** `evenly`, `15%, 25%, 25%, 35%`. */
  readonly spread = this.RULE('spread', (): NonNullable<Target['spread']> => {
    const start = this.next();
    const parts = this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(keyword('evenly'));
            return 'evenly' as const;
          },
        },
        { ALT: () => this.SUBRULE(this.list) },
      ],
      ERR_MSG: '`evenly` or shares',
    }) as readonly Expression[] | 'evenly';
    return this.ACTION(() => ({ parts, span: this.since(start) }));
  });

  /** `25%, 50%, 75%`. */
  readonly list = this.RULE('list', (): readonly Expression[] => {
    const list = [this.SUBRULE1(this.sum)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      list.push(this.SUBRULE2(this.sum));
    });
    return list;
  });

  /** `by working days`, `by months`, `by none`. */
  readonly prorate = this.RULE('prorate', (): Name => {
    this.CONSUME(keyword('by'));
    const start = this.next();
    const word = this.OR([
      { ALT: () => this.CONSUME(keyword('working')) },
      { ALT: () => this.CONSUME(keyword('calendar')) },
      { ALT: () => this.CONSUME(keyword('months')) },
      { ALT: () => this.CONSUME(keyword('none')) },
    ]) as Token;
    const days = this.OPTION({
      GATE: () => word.image === 'working' || word.image === 'calendar',
      DEF: () => this.CONSUME(keyword('days')),
    });
    return this.ACTION(() => ({
      text: days === undefined ? word.image : `${word.image} days`,
      span: this.since(start),
    }));
  });

  /** `20% on standard of value cap 120% floor 10% missing counts 0%`. */
  readonly scoreLine = this.RULE('scoreLine', (): ScorePhrase => {
    const line: ScorePhrase = { weight: this.SUBRULE(this.sum), ofValue: false };
    this.clauses(
      line,
      [CAP, FLOOR],
      [
        () => {
          const token = this.CONSUME(keyword('on')) as Token;
          this.mark(line, { key: 'curve', value: this.SUBRULE(this.name), token });
          this.OPTION(() => {
            this.CONSUME(keyword('of'));
            this.CONSUME(keyword('value'));
            line.ofValue = true;
          });
        },
        () => {
          const token = this.CONSUME(keyword('missing')) as Token;
          this.mark(line, { key: 'missing', value: this.SUBRULE(this.missing, { ARGS: [token] }), token });
        },
      ],
    );
    return line;
  });

  /** `counts 0%`, `spreads its weight at least 50%`. */
  private readonly missing = this.RULE(
    'missing',
    (start: Token): NonNullable<ScoreLine['missing']> =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(keyword('counts'));
            const score = this.SUBRULE1(this.sum);
            return this.ACTION(() => ({
              kind: 'counts' as const,
              score,
              span: cover(start.span, score.span),
            }));
          },
        },
        {
          ALT: () => {
            this.CONSUME(keyword('spreads'));
            this.CONSUME(keyword('its'));
            const weight = this.CONSUME(keyword('weight')) as Token;
            const atLeast = this.OPTION(() => {
              this.CONSUME(keyword('at'));
              this.CONSUME(keyword('least'));
              return this.SUBRULE2(this.sum);
            });
            return this.ACTION(() => ({
              kind: 'spreads' as const,
              ...(atLeast && { atLeast }),
              span: cover(start.span, (atLeast ?? weight).span),
            }));
          },
        },
      ]),
  );

  /** `(conversion else 0%) >= 10% when …`. */
  readonly gate = this.RULE('gate', (): GatePhrase => {
    const tree = this.SUBRULE(this.claused);
    return this.ACTION(() => ({ condition: tree.value, ...(tree.when && { when: tree.when }) }));
  });
}
