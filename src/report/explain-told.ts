// An explanation in sentences: what each step is called, its value, how it came about, and its rows. Text and HTML are
// laid out from this.

import type { Explanation, PolicyPlace, RowsShown, Step, WouldPay } from '../model/explanation.ts';
import { distanceIn, figureIn, type Language, numberIn, percentIn, words } from './explain-figures.ts';
import { howText } from './explain-sentences.ts';
import { WORDS, type Words } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** One step as it is read. */
export interface Told {
  readonly label: string;
  readonly value: string;
  /** The place in the policy: `policy.merit:131`. */
  readonly place?: string;
  /** The same place as it is found, with the path of its file. */
  readonly at?: PolicyPlace;
  /** Of a row of a bonus per event: its event, and its number in the file. */
  readonly row?: { readonly event: string; readonly row: number };
  /** Sentences, in their order. */
  readonly how: readonly string[];
  readonly rows?: ToldRows;
  readonly would: readonly string[];
  readonly parts: readonly Told[];
}

/** Rows as a table: figures are aligned right. */
export interface ToldRows {
  readonly event: string;
  /** The number of each row in the file, in the order of `cells`. */
  readonly numbers: readonly number[];
  readonly columns: readonly { readonly heading: string; readonly align: 'left' | 'right' }[];
  readonly cells: readonly (readonly string[])[];
  /** What isn't listed. */
  readonly rest?: string;
}

/** The heading of an explanation. */
export function titleOf({ name, person, period }: Explanation, language: Language): string {
  return WORDS[language].title(`${visible(name)} (${visible(person)})`, visible(period));
}

/** What every output says of a run that left rows out. */
export function notesOf(
  { rejectsAllowed, asKnownOn }: Pick<Explanation, 'rejectsAllowed' | 'asKnownOn'>,
  language: Language,
): readonly string[] {
  const say = WORDS[language];
  return [
    ...(asKnownOn === undefined ? [] : [say.knownOn(visible(asKnownOn))]),
    ...(rejectsAllowed ? [say.rejects] : []),
  ];
}

/** The steps of an explanation. */
export function toldOf({ answers }: Explanation, language: Language): readonly Told[] {
  return answers.map((each) => told(each, language));
}

function told(step: Step, language: Language): Told {
  const { how, would = [] } = step;
  const again = how.kind === 'again' ? ` (${WORDS[language].again})` : '';
  const formula = formulaOf(step);
  const rows = step.rows ?? formula?.rows;
  const at = step.at ?? formula?.at;
  return {
    label: labelOf(step, language),
    value: `${valueText(step, language)}${again}`,
    ...(at && at.file !== EXPRESSION ? { place: `${visible(fileName(at.file))}:${at.line}`, at } : {}),
    ...(step.row ? { row: { event: step.row.event, row: step.row.row } } : {}),
    how: formula ? withFormula(step, formula, language) : howText(step, language),
    ...(rows && rows.count > 0 ? { rows: rowsTold(rows, language) } : {}),
    would: would.map((each) => wouldText(each, language)),
    parts: partsShown(step, formula).map((each) => told(each, language)),
  };
}

/** The part that is the formula of the step itself, or all that it is the value of: it is told in one with the step. */
function formulaOf({ kind, text, parts, how }: Step): Step | undefined {
  const [only] = parts;
  const isPlace = kind === 'days' || kind === 'other period' || kind === 'person';
  if (isPlace) return how.kind === 'same' && only?.id === undefined ? only : undefined;
  const isLine = kind === 'bonus' || kind === 'floor' || kind === 'cap' || kind === 'draw';
  return isLine
    ? parts.find((each) => each.id === undefined && each.kind !== 'row' && each.text === text)
    : undefined;
}

/** The formula with its value and how it came about, and then what was made of it. */
function withFormula(step: Step, formula: Step, language: Language): readonly string[] {
  const how = howText(formula, language);
  const named = words(formula.name);
  // what only says when or whose it is has no words of its own
  if (step.text === undefined)
    return formula.kind === 'target' && formula.text === undefined
      ? how
      : [named, ...how.filter((each) => each !== named)];
  const [first, ...rest] = howText(step, language);
  const value = figureIn(language, formula.value);
  const isConstant = formula.kind === 'constant';
  return [isConstant ? '' : `${first} = ${value}`, ...how, ...rest].filter((each) => each !== '');
}

/** What places call the text of an expression that was asked about. */
const EXPRESSION = '<expression>';

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) as string;
}

/** The parts that say more than the sentences of the step: constants, and what counts nothing, stand in its words. */
function partsShown(step: Step, formula?: Step): readonly Step[] {
  return step.parts.flatMap((part): readonly Step[] => {
    if (part === formula) return partsShown(part);
    if (part.kind === 'constant' || isSaidAlready(step, part)) return [];
    // an average says of both its parts which rows they look at
    if (step.how.kind === 'operation' && part.kind === 'measure' && step.rows) return [];
    return isPresentElse(part) ? partsShown(part) : [part];
  });
}

/** `x else 0%` where there is an `x`: it is told as `x` alone. */
function isPresentElse({ kind, how, parts: [first] }: Step): boolean {
  if (kind !== 'operation' || how.kind !== 'else' || !first) return false;
  return first.value === 'top' || first.value.value !== null;
}

/** Parts by days, people and periods that are a value and nothing else stand in the sentence. */
function isSaidAlready({ how, kind }: Step, part: Step): boolean {
  if (part.parts.length > 0 || part.rows) return false;
  if (how.kind === 'by days') return kind === 'attribute';
  return how.kind === 'people';
}

function valueText({ kind, value, how }: Step, language: Language): string {
  const say = WORDS[language];
  const isTrue = value !== 'top' && value.type.kind === 'truth' ? value.value : undefined;
  if (isTrue === undefined) return figureIn(language, value);
  if (isTrue === null) return say.missing;
  const holds = isTrue === 'true';
  if (kind === 'gate') return holds ? say.passed : say.failed;
  if (how.kind === 'award') return holds ? say.won : say.notWon;
  return holds ? say.holds : say.fails;
}

// ---- names ---------------------------------------------------------------------------------------------------------

function labelOf(step: Step, language: Language): string {
  const label = nameOf(step, language, WORDS[language]);
  const { whose } = step;
  if (!whose) return label;
  const { person, role, period, from, until } = whose;
  const days = from !== undefined && until !== undefined ? WORDS[language].days(from, until) : undefined;
  const isNamed = step.kind === 'role' || step.kind === 'person' || step.kind === 'other period';
  const parts = [
    step.kind === 'person' ? undefined : person,
    isNamed ? undefined : person === undefined ? undefined : role,
    step.kind === 'role' || step.kind === 'other period' ? undefined : period,
    days,
  ].filter((each) => each !== undefined);
  return parts.length === 0 ? label : `${label}, ${parts.map(visible).join(', ')}`;
}

function nameOf(step: Step, language: Language, say: Words): string {
  const { kind, name, title, row } = step;
  const titled = title === undefined ? visible(name) : `${visible(title)} (${visible(name)})`;
  switch (kind) {
    case 'pay':
      return say.pay;
    case 'role':
      return say.role(titled);
    case 'target':
      // a line within a target is called by its words
      return step.id === undefined && step.how.kind === 'target line'
        ? words(name)
        : say.of(say.target, titled);
    case 'attainment':
      return say.of(say.attainment, titled);
    case 'score':
      return say.score;
    case 'condition':
      return `${say.condition} ${words(name)}`;
    case 'gate':
      return `${say.gate} ${words(name)}`;
    case 'floor':
    case 'cap':
    case 'draw':
    case 'recovery':
      return say[kind];
    case 'due':
      return say.of(say.due, titled);
    case 'excess':
      return say.excess;
    case 'award':
    case 'level':
    case 'pool':
      return `${say[kind]} ${titled}`;
    case 'row': {
      const share = row && row.share !== '1' ? percentIn(language, row.share) : undefined;
      const place = row
        ? `, ${say.rowPlace(numberIn(language, String(row.row)), visible(row.day), share)}`
        : '';
      return `${say.row(visible(row?.event ?? ''), visible(name))}${place}`;
    }
    case 'bonus':
    case 'kpi':
    case 'let':
    case 'score line':
      return titled;
    case 'person':
    case 'other period':
    case 'days':
      return visible(name);
    case 'formula':
    case 'expression':
    case 'measure':
    case 'attribute':
    case 'constant':
    case 'period':
    case 'table':
    case 'operation':
    case 'field':
    case 'points':
      return words(name);
    default:
      return kind satisfies never;
  }
}

// ---- rows and what would have paid -----------------------------------------------------------------------------------

function rowsTold({ event, rows, count, rest }: RowsShown, language: Language): ToldRows {
  const say = WORDS[language];
  const heads = say.rowColumns;
  const persons = rows.some((each) => each.person !== undefined);
  const shares = rows.some((each) => each.share !== '1');
  const adds = rows.some((each) => each.adds !== undefined);
  const values = rows.some((each) => !each.adds || each.adds.value !== each.value.value);
  const taken = rows.some((each) => each.taken);
  const columns: ToldRows['columns'] = [
    { heading: heads.key, align: 'left' },
    { heading: heads.row, align: 'right' },
    { heading: heads.day, align: 'left' },
    ...(persons ? [{ heading: heads.person, align: 'left' } as const] : []),
    ...(values ? [{ heading: heads.value, align: 'right' } as const] : []),
    ...(shares ? [{ heading: heads.share, align: 'right' } as const] : []),
    ...(adds ? [{ heading: heads.adds, align: 'right' } as const] : []),
    ...(taken ? [{ heading: '', align: 'left' } as const] : []),
  ];
  const cells = rows.map((each) => [
    visible(each.key),
    String(each.row),
    visible(each.day),
    ...(persons ? [visible(each.person ?? '')] : []),
    ...(values ? [figureIn(language, each.value)] : []),
    ...(shares ? [percentIn(language, each.share)] : []),
    ...(adds ? [each.adds ? figureIn(language, each.adds) : ''] : []),
    ...(taken ? [each.taken ? say.rowTaken : ''] : []),
  ]);
  const told: ToldRows = { event, numbers: rows.map((each) => each.row), columns, cells };
  if (!rest || rest.count === 0 || count === 0) return told;
  const value = rest.value.value === null ? undefined : figureIn(language, rest.value);
  return { ...told, rest: say.more(say.rows(rest.count), value) };
}

function wouldText({ kind, text, held, amount, pay, currency }: WouldPay, language: Language): string {
  const say = WORDS[language];
  const money = (value: string) => figureIn(language, { value, type: { kind: 'money', currency } });
  const amounts = [money(amount), money(pay)] as const;
  if (kind === 'all of these') return say.ifAllHeld(...amounts);
  const said =
    kind === 'choice' ? say.ifChosen(words(text), ...amounts) : say.ifHeld(words(text), ...amounts);
  if (!held) return said;
  const { value, bound, short } = held;
  const by = distanceIn(language, short);
  return `${said} (${say.short(words(held.text), figureIn(language, value), figureIn(language, bound), by)})`;
}
