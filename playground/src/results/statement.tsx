// A person's statement for one period: what was measured, what it scored, each line of pay with how it came about and its
// explanation, and what goes on into later periods.

import type { Measured, PayLine, Result, RoleStatement, Statement } from '../../../src/browser-figures.ts';
import {
  countedText,
  type LineTelling,
  lineSentences,
  lineTitle,
  money,
  visible,
} from '../../../src/browser-figures.ts';
import { locale } from '../app/state.ts';
import { Beside } from './beside.tsx';
import { Explained } from './explanation.tsx';
import { Gates, Kpis, ScoreTable } from './measured.tsx';
import { Read } from './read-values.tsx';
import { Sentences } from './sentence.tsx';
import { tell } from './words.ts';

/** The statement. */
export function StatementView({
  statement,
  result,
}: {
  readonly statement: Statement;
  readonly result: Result;
}) {
  const { currency } = result.policy;
  const { name, person, period, roles, lines = [], earned, pay, paid = [] } = statement;
  const telling: LineTelling = { language: locale.value, currency };
  const whose = { person, period };
  const title = name === person ? visible(name) : `${visible(name)} (${visible(person)})`;
  return (
    <article class="rs-statement" aria-label={title}>
      <header class="rs-statement-head">
        <div>
          <h3>{title}</h3>
          <p class="view-note">
            {visible(result.policy.title ?? result.policy.name)} · {period}
          </p>
        </div>
        <div class="rs-pay">
          <span class="view-note">{tell('person.pay', { period })}</span>
          <strong>{money(telling, pay)}</strong>
          {paid
            .filter((each) => each.currency !== currency)
            .map((each) => (
              <span key={each.currency} class="view-note">
                {tell('person.paidAs')} {money({ ...telling, currency: each.currency }, each.amount)}
              </span>
            ))}
          {earned !== undefined && (
            <span class="view-note">
              {tell('person.earned', { period })}: {money(telling, earned)}
            </span>
          )}
        </div>
      </header>
      <Explained asked={{ ...whose, what: 'pay' }} label={tell('explain.pay')} />
      {roles.map((role, at) => (
        <RoleView key={`${role.role} ${at}`} role={role} telling={telling} whose={whose} />
      ))}
      {lines.length > 0 && (
        <section>
          <h4>{tell('part.own')}</h4>
          <Lines lines={lines} telling={telling} whose={whose} />
        </section>
      )}
      <Beside statement={statement} telling={telling} whose={whose} />
    </article>
  );
}

interface Whose {
  readonly person: string;
  readonly period: string;
}

function RoleView({
  role,
  telling,
  whose,
}: {
  readonly role: RoleStatement;
  readonly telling: LineTelling;
  readonly whose: Whose;
}) {
  const { title, team, lines, total, longer = [], pending = [] } = role;
  return (
    <section class="rs-role">
      <h4>
        {title === undefined ? visible(role.role) : visible(title)}{' '}
        <span class="view-note">{visible(role.role)}</span>
        {team !== undefined && <span class="view-note"> · {tell('part.team', { team: visible(team) })}</span>}
      </h4>
      <Stay measured={role} telling={telling} />
      <MeasuredView measured={role} telling={telling} whose={whose} />
      {longer.map((each) => (
        <div key={each.period} class="rs-longer">
          <h5>
            {tell('part.over', {
              period: each.period,
              bonuses: each.bonuses.map((name) => visible(bonusTitle(role, name))).join(', '),
            })}
          </h5>
          <Stay measured={each} telling={telling} />
          <MeasuredView measured={each} telling={telling} />
        </div>
      ))}
      {lines.length > 0 && (
        <>
          <h5>{tell('part.pay')}</h5>
          <Lines lines={lines} telling={telling} whose={whose} />
        </>
      )}
      <p class="rs-total">
        <span>{tell('part.total')}</span>
        <strong>{money(telling, total)}</strong>
      </p>
      {pending.length > 0 && (
        <>
          <h5>{tell('part.pending')}</h5>
          <ul class="rs-list">
            {pending.map(({ name, title: called, period, earnedIn, stillThereOn }) => (
              <li key={name}>
                {tell('pending.line', { title: visible(called ?? name), period, earnedIn })}
                {stillThereOn !== undefined && `, ${tell('pending.there', { day: stillThereOn })}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function bonusTitle({ lines }: RoleStatement, name: string): string {
  return lines.find((each) => each.kind === 'bonus' && each.name === name)?.title ?? name;
}

/** The days of the role, where they aren't all of the period. */
function Stay({ measured, telling }: { readonly measured: Measured; readonly telling: LineTelling }) {
  const { from, until, days, daysInPeriod, absent, counted } = measured;
  if (days === daysInPeriod && absent === undefined && !counted) return null;
  return (
    <p class="view-note">
      {[
        tell('part.days', { from, until, days, of: daysInPeriod }),
        ...(absent === undefined ? [] : [tell('part.absent', { count: absent })]),
        ...(counted ? [tell('part.counted', { days: countedText(counted, telling.language) })] : []),
      ].join(', ')}
    </p>
  );
}

function MeasuredView({
  measured,
  telling,
  whose,
}: {
  readonly measured: Measured;
  readonly telling: LineTelling;
  /** Absent over longer times: only a period of the policy can be explained, and what the bonus read is in its own. */
  readonly whose?: Whose;
}) {
  const { kpis, score, gates } = measured;
  const asked = whose ? { whose } : {};
  return (
    <>
      {kpis.length > 0 && <Kpis kpis={kpis} telling={telling} {...asked} />}
      {score && <ScoreTable score={score} kpis={kpis} telling={telling} {...asked} />}
      {gates.length > 0 && <Gates gates={gates} telling={telling} />}
    </>
  );
}

/** Lines of pay: each with its amount, and below it how that came about. */
function Lines({
  lines,
  telling,
  whose,
}: {
  readonly lines: readonly PayLine[];
  readonly telling: LineTelling;
  readonly whose: Whose;
}) {
  return (
    <ul class="rs-lines">
      {lines.map((line, at) => (
        <LineView
          key={`${line.kind} ${line.name} ${line.period} ${at}`}
          line={line}
          telling={telling}
          whose={whose}
        />
      ))}
    </ul>
  );
}

/** How many rows of a bonus per event are listed. */
const MOST_ROWS = 10;

function LineView({
  line,
  telling,
  whose,
}: {
  readonly line: PayLine;
  readonly telling: LineTelling;
  readonly whose: Whose;
}) {
  const { kind, name, amount, doc, period, inputs, perEvent, freed = [] } = line;
  const title = lineTitle(line, telling.language);
  const isNothing = /^0(\.0*)?$/.test(amount);
  const asked = kind === 'bonus' || kind === 'award' ? name : undefined;
  const rows = perEvent?.rows ?? [];
  return (
    <li class={isNothing ? 'rs-line rs-zero' : 'rs-line'}>
      <p class="rs-line-head">
        <span>
          {title}
          {period !== whose.period && kind !== 'due' && (
            <span class="view-note"> · {tell('part.overPeriod', { period: visible(period) })}</span>
          )}
        </span>
        <strong>{money(telling, amount)}</strong>
      </p>
      {doc !== undefined && <p class="view-note">{visible(doc.replace(/\s+/g, ' ').trim())}</p>}
      <Sentences texts={lineSentences(line, telling)} />
      <Read inputs={inputs} telling={telling} />
      {rows.length > 0 && perEvent && (
        <details class="rs-events">
          <summary>
            {tell('part.events')}: {rows.length}
          </summary>
          <ul class="rs-list">
            {rows.slice(0, MOST_ROWS).map((row) => (
              <li key={row.key}>
                {visible(row.key)}, {row.day}: {money(telling, row.amount)}
                <Read inputs={row.inputs} telling={telling} />
              </li>
            ))}
            {rows.length > MOST_ROWS && (
              <li>{tell('part.moreRows', { count: rows.length - MOST_ROWS, amount: '…' })}</li>
            )}
          </ul>
        </details>
      )}
      {freed.length > 0 && (
        <ul class="rs-list">
          {freed.slice(0, MOST_ROWS).map((each) => (
            <li key={`${each.key} ${each.row}`}>
              {visible(each.key)}: {money(telling, each.amount)}
            </li>
          ))}
        </ul>
      )}
      {asked !== undefined && <Explained asked={{ ...whose, what: asked }} label={title} />}
    </li>
  );
}
