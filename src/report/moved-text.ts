// What an event moved, as text: the row, whom it credits, and for each person and period the amounts without it and with
// it, with what passed the change on.

import type { EventExplanation, Moved } from '../model/event-explanation.ts';
import { hanging } from './amounts.ts';
import { columnsText, WIDTH } from './columns.ts';
import { distanceIn, figureIn, type Language, percentIn, signOf, words } from './explain-figures.ts';
import type { ExplainTextOptions } from './explain-text.ts';
import { notesOf } from './explain-told.ts';
import { WORDS } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** The text, ended by a line end. */
export function movedText(
  explanation: EventExplanation,
  options: Omit<ExplainTextOptions, 'depth'> = {},
): string {
  const { language = 'en', width = WIDTH } = options;
  const say = WORDS[language];
  const { fields, moved } = explanation;
  const notes = notesOf(explanation, language);
  const lines = [
    ...(notes.length > 0 ? [...notes, ''] : []),
    movedTitle(explanation, language),
    ...hanging(`  ${fields.map(({ name, text }) => `${visible(name)} ${visible(text)}`).join(', ')}`, width),
    ...hanging(`  ${creditedText(explanation, language)}`, width),
    ...(moved.length === 0 ? ['', say.movedNothing] : []),
  ];
  const groups = groupsOf(explanation).flatMap(({ title, all }) => [
    '',
    title,
    columnsText(
      [
        { heading: '', align: 'left' },
        { heading: say.without, align: 'right' },
        { heading: say.with, align: 'right' },
        { heading: say.change, align: 'right' },
      ],
      all.map((each) => movedCells(each, language)),
      { indent: '  ', width },
    ),
    ...all.flatMap((each) => passedText(each, language)).flatMap((each) => hanging(`  ${each}`, width)),
  ]);
  return `${[...lines, ...groups].join('\n')}\n`;
}

export function movedTitle({ event, key, file, row }: EventExplanation, language: Language): string {
  const name = visible(file.split(/[\\/]/).at(-1) as string);
  return WORDS[language].eventTitle(visible(event), visible(key), name, String(row));
}

/** Whom the row credits, and with which share. */
export function creditedText({ credited }: EventExplanation, language: Language): string {
  const say = WORDS[language];
  if (credited.length === 0) return say.creditsNobody;
  const each = credited.map(({ person, role, share, as }) => {
    const named = as === undefined ? '' : ` ${say.as(visible(as))}`;
    return `${visible(person)} (${visible(role)}) ${percentIn(language, share)}${named}`;
  });
  return `${say.credits} ${each.join(', ')}`;
}

/** Amounts of one person in one period, under a title. */
export function groupsOf({
  moved,
}: EventExplanation): readonly { readonly title: string; readonly all: readonly Moved[] }[] {
  const groups = new Map<string, Moved[]>();
  for (const each of moved) {
    const title = `${visible(each.name)} (${visible(each.person)}), ${visible(each.period)}`;
    groups.set(title, [...(groups.get(title) ?? []), each]);
  }
  return [...groups].map(([title, all]) => ({ title, all }));
}

/** What it is, without the row, with it, and the difference. */
export function movedCells(moved: Moved, language: Language): readonly string[] {
  const say = WORDS[language];
  const value = (each: Moved['with']): string => {
    if (each === undefined) return say.notThere;
    if (each === 'top' || each.type.kind !== 'truth' || each.value === null) return figureIn(language, each);
    const holds = each.value === 'true';
    if (moved.what === 'gate') return holds ? say.passed : say.failed;
    return moved.what === 'award' ? (holds ? say.won : say.notWon) : holds ? say.holds : say.fails;
  };
  const { delta } = moved;
  const sign = delta && signOf(delta) < 0 ? '−' : '+';
  return [
    movedName(moved, language),
    value(moved.without),
    value(moved.with),
    delta ? `${sign}${distanceIn(language, delta)}` : '',
  ];
}

function movedName({ what, of, title, role }: Moved, language: Language): string {
  const say = WORDS[language];
  const named = title === undefined ? visible(of) : `${visible(title)} (${visible(of)})`;
  switch (what) {
    case 'pay':
      return say.pay;
    case 'line': {
      const bound =
        of === 'floor' ||
        of === 'cap' ||
        of === 'draw' ||
        of === 'recovery' ||
        of === 'due' ||
        of === 'excess';
      return bound ? say[of] : named;
    }
    case 'kpi':
      return named;
    case 'target':
      return say.of(say.target, named);
    case 'attainment':
      return say.of(say.attainment, named);
    case 'score':
      return role === undefined ? say.score : `${say.score}, ${visible(role)}`;
    case 'gate':
      return `${say.gate} ${words(of)}`;
    case 'award':
      return say.of(say.award, named);
    case 'points':
      return say.points;
    default:
      return what satisfies never;
  }
}

/** How a change of pay or of a line came about: `Commission: at second hand, through the table ladder(revenue) (… → …)`. */
export function passedText(moved: Moved, language: Language): readonly string[] {
  const say = WORDS[language];
  const { way, through = [], what } = moved;
  if (!way || what === 'pay') return [];
  const how = way === 'direct' ? say.directly : say.secondHand;
  const steps = through.map(({ kind, text, without, with: after }) => {
    const from = without !== 'top' && without.value === null ? say.notThere : figureIn(language, without);
    const to = after !== 'top' && after.value === null ? say.notThere : figureIn(language, after);
    return `${say.passedOn[kind]} ${words(text)} (${from} → ${to})`;
  });
  const said = steps.length === 0 ? '' : `, ${say.through} ${steps.join('; ')}`;
  return [`${movedName(moved, language)}: ${how}${said}`];
}
