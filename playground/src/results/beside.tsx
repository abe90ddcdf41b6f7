// What a statement says beside pay: balances, what is due later, awards, points, badges, levels.

import {
  type AwardLine,
  type Balance,
  figureIn,
  type LineTelling,
  money,
  numberIn,
  type Statement,
  visible,
  WORDS,
} from '../../../src/browser-figures.ts';
import { Explained } from './explanation.tsx';
import { Read } from './read-values.tsx';
import { Sentence } from './sentence.tsx';
import { tell } from './words.ts';

interface Shown {
  readonly statement: Statement;
  readonly telling: LineTelling;
  readonly whose: { readonly person: string; readonly period: string };
}

/** The blocks that there is something to say in. */
export function Beside({ statement, telling, whose }: Shown) {
  const { period, balances = [], due = [], awards = [], points, kept = [], levels = [] } = statement;
  const { language } = telling;
  return (
    <>
      {balances.length > 0 && (
        <section>
          <h4>{tell('part.balances')}</h4>
          <ul class="rs-list">
            {balances.map((each) => (
              <li key={`${each.kind} ${each.role ?? ''}`}>{balanceText(each, telling)}</li>
            ))}
          </ul>
        </section>
      )}
      {due.length > 0 && (
        <section>
          <h4>{tell('part.due')}</h4>
          <ul class="rs-list">
            {due.map(({ name, title, kind, period: when, earnedIn, amount }) => (
              <li key={`${name} ${when} ${earnedIn} ${kind}`} class="rs-line-head">
                <span>
                  {tell('due.line', { period: when, title: visible(title ?? name), earnedIn })}
                  {kind === 'hold' && `, ${tell('due.held')}`}
                </span>
                <strong>{money(telling, amount)}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
      {awards.length > 0 && (
        <section>
          <h4>{tell('part.awards')}</h4>
          <ul class="rs-list">
            {awards.map((each) => (
              <li key={`${each.award} ${each.role}`}>
                <AwardView award={each} telling={telling} />
                <Explained asked={{ ...whose, what: each.award }} label={visible(each.title ?? each.award)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {points && (
        <section>
          <h4>{tell('part.points')}</h4>
          <p>
            {tell('points.line', {
              gained: numberIn(language, points.gained),
              period,
              balance: numberIn(language, points.balance),
            })}
          </p>
        </section>
      )}
      {kept.length > 0 && (
        <section>
          <h4>{tell('part.kept')}</h4>
          <ul class="rs-list">
            {kept.map(({ kind, name, award, period: when }) => (
              <li key={`${kind} ${name} ${award} ${when}`}>
                {WORDS[language].prizeKinds[kind]}: {visible(name)} ({visible(when)})
              </li>
            ))}
          </ul>
        </section>
      )}
      {levels.length > 0 && (
        <section>
          <h4>{tell('part.levels')}</h4>
          <ul class="rs-list">
            {levels.map(({ level, title, since, condition, inputs }) => (
              <li key={level}>
                <Sentence
                  text={
                    since === undefined
                      ? tell('level.not', {
                          level: visible(title ?? level),
                          condition: `\`${visible(condition)}\``,
                        })
                      : tell('level.since', { level: visible(title ?? level), period: since })
                  }
                />
                {since === undefined && <Read inputs={inputs} telling={telling} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function balanceText({ kind, role, before, after }: Balance, telling: LineTelling): string {
  const what =
    role === undefined ? tell(`balance.${kind}`) : tell(`balance.${kind}Of`, { role: visible(role) });
  return `${what}: ${money(telling, after)} (${tell('balance.was', { before: money(telling, before) })})`;
}

function AwardView({ award, telling }: { readonly award: AwardLine; readonly telling: LineTelling }) {
  const { language } = telling;
  const say = WORDS[language];
  const { title, won, place, sharing = 1, by = '', places, condition, inputs, prizes } = award;
  const placed =
    place === undefined
      ? places === undefined
        ? undefined
        : tell('award.noPlace', { by: `\`${visible(by)}\`` })
      : tell('award.placeBy', { place, by: `\`${visible(by)}\`` });
  const texts = [
    ...(placed === undefined ? [] : [placed]),
    ...(sharing > 1 ? [tell('award.sharing', { count: sharing })] : []),
    ...(places === undefined ? [] : [tell('award.for', { count: places })]),
    ...(condition === undefined
      ? []
      : [(won ? say.because : say.conditionFails)(`\`${visible(condition)}\``)]),
    ...prizes.map(
      ({ kind, value }) =>
        `${kind === 'money' ? '' : `${say.prizeKinds[kind]}: `}${figureIn(language, value)}`,
    ),
  ];
  return (
    <>
      <span class={won ? 'rs-good' : 'view-note'}>{won ? say.won : say.notWon}</span>
      {': '}
      {visible(title ?? award.award)}
      {texts.map((each) => (
        <div key={each} class="view-note">
          <Sentence text={each} />
        </div>
      ))}
      <Read inputs={inputs} telling={telling} />
    </>
  );
}
