// What a statement's page says of pay: each line with its formula, what it read and what decided it; bonuses that aren't
// earned yet, balances, and what is due later.

import { sumOf } from '../base/exact-text.ts';
import type { Balance, DueLine, PayLine } from '../model/pay-lines.ts';
import type { PendingBonus, RoleStatement, Statement } from '../model/result.ts';
import { figureIn } from './explain-figures.ts';
import { escaped, inline } from './html.ts';
import { lineSentences, lineTitle, readValue } from './line-sentences.ts';
import { moneyHtml, readTexts, type Sheet, sentencesHtml } from './page.ts';
import { dayName, periodName } from './page-dates.ts';
import { visible } from './terminal-text.ts';

/** Lines that are worked out over their time; the time of others is in their title. */
const OVER_TIME: ReadonlySet<PayLine['kind']> = new Set([
  'bonus',
  'award',
  'floor',
  'cap',
  'excess',
  'draw',
  'recovery',
]);

/** How many rows of a bonus per event are listed. */
const MOST_ROWS = 10;

/** Lines, with what they come to. */
export function linesHtml(lines: readonly PayLine[], total: string | undefined, sheet: Sheet): string {
  if (lines.length === 0) return '';
  const sum =
    total === undefined
      ? ''
      : `<p class="sum"><span>${escaped(sheet.tell('pay.total'))}</span><strong>${moneyHtml(sheet, total)}</strong></p>`;
  return `<div class="lines">${lines.map((each) => lineHtml(each, sheet)).join('\n')}${sum}</div>`;
}

function lineHtml(line: PayLine, sheet: Sheet): string {
  const { tell, language, currency, period } = sheet;
  const { kind, amount, doc, inputs } = line;
  const over =
    line.period === period || !OVER_TIME.has(kind)
      ? ''
      : ` <span class="note">· ${escaped(tell('pay.over', { period: periodName(language, line.period) }))}</span>`;
  const isNothing = /^-?0(\.0*)?$/.test(amount);
  return [
    `<div class="line${isNothing ? ' zero' : ''}"><p><span>${escaped(lineTitle(line, language))}${over}</span><strong>${moneyHtml(sheet, amount)}</strong></p>`,
    doc === undefined ? '' : `<p class="note">${escaped(visible(doc.replace(/\s+/g, ' ').trim()))}</p>`,
    sentencesHtml([...lineSentences(line, { language, currency }), ...readTexts(inputs, language)]),
    rowsHtml(line, sheet),
    '</div>',
  ].join('');
}

/** The rows of a bonus per event, and those that free parts of one. */
function rowsHtml({ perEvent, freed = [] }: PayLine, sheet: Sheet): string {
  const { tell, language, currency } = sheet;
  const money = (value: string) => figureIn(language, { value, type: { kind: 'money', currency } });
  const rows = (perEvent?.rows ?? []).map(({ key, day, amount, inputs }) => {
    const read = inputs.map((each) => readValue(each, language));
    const behind = read.map(({ text, value }) => `\`${text}\` = ${value}`).join(', ');
    const what = `${visible(key)}, ${dayName(language, day)}: ${money(amount)}`;
    return { text: behind === '' ? what : `${what} (${behind})`, amount };
  });
  const all = [
    ...rows,
    ...freed.map(({ key, amount }) => ({ text: `${visible(key)}: ${money(amount)}`, amount })),
  ];
  const rest = all.slice(MOST_ROWS);
  const more =
    rest.length === 0
      ? []
      : [tell('pay.moreRows', { count: rest.length, amount: money(sumOf(rest.map((each) => each.amount))) })];
  return sentencesHtml([...all.slice(0, MOST_ROWS).map((each) => each.text), ...more]);
}

/** Bonuses that are earned in a later period, with when, and without an amount. */
export function pendingHtml({ pending = [] }: RoleStatement, { tell, language }: Sheet): string {
  if (pending.length === 0) return '';
  const lines = pending.map(({ name, title, period, earnedIn, stillThereOn }: PendingBonus) => {
    const what = tell('pending.line', {
      title: visible(title ?? name),
      period: periodName(language, period),
      earnedIn: periodName(language, earnedIn),
    });
    const who =
      stillThereOn === undefined
        ? ''
        : `, ${tell('pending.there', { day: dayName(language, stillThereOn) })}`;
    return `<li>${escaped(what + who)}</li>`;
  });
  return `<h3>${escaped(tell('pending'))}</h3><ul class="list">${lines.join('')}</ul>`;
}

/** What goes on from the period: pay in other currencies, balances, and what is due then. */
export function goesOnHtml(
  { balances = [], due = [], paid = [] }: Statement,
  sheet: Sheet,
): readonly string[] {
  const { tell, language, currency } = sheet;
  const others = paid.filter((each) => each.currency !== currency);
  return [
    ...(others.length > 0
      ? paid.map((each) =>
          amountLine(tell('pay.paidAs'), moneyHtml({ ...sheet, currency: each.currency }, each.amount)),
        )
      : []),
    ...balances.map((each) =>
      amountLine(
        `${balanceTitle(each, sheet)} (${tell('balance.was', {
          before: figureIn(language, { value: each.before, type: { kind: 'money', currency } }),
        })})`,
        moneyHtml(sheet, each.after),
      ),
    ),
    ...(due.length > 0 ? [`<h3>${escaped(tell('due'))}</h3>`] : []),
    ...due.map((each) => amountLine(dueText(each, sheet), moneyHtml(sheet, each.amount))),
  ];
}

function amountLine(label: string, amount: string): string {
  return `<div class="line"><p><span>${inline(label)}</span><strong>${amount}</strong></p></div>`;
}

function balanceTitle({ kind, role }: Balance, { tell }: Sheet): string {
  return role === undefined ? tell(`balance.${kind}`) : tell(`balance.${kind}Of`, { role: visible(role) });
}

function dueText({ name, title, kind, period, earnedIn }: DueLine, { tell, language }: Sheet): string {
  const what = tell('due.line', {
    period: periodName(language, period),
    title: visible(title ?? name),
    earnedIn: periodName(language, earnedIn),
  });
  return kind === 'hold' ? `${what}, ${tell('due.held')}` : what;
}
