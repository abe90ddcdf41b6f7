// What is said of the word under a pointer: what a name stands for, what a keyword or number says, and what a name comes
// to on the loaded data. All parts are plain text: what authors wrote in a policy is shown, never run.

import { lengthOf } from '../base/period.ts';
import { placeOf, type Span } from '../base/source.ts';
import type { Meaning } from '../check/meanings.ts';
import { detailOf } from './completion.ts';
import { CALLABLES } from './functions.ts';
import { bandAt } from './hover-tables.ts';
import { valueSaid } from './hover-values.ts';
import { wordHover } from './hover-words.ts';
import type { NameAt } from './names.ts';
import { formulasAround, nameIn, type Project, sourceOf } from './project.ts';
import { inWords, type Told, titleOf, told } from './told.ts';
import type { KnownValues } from './values.ts';

/** Plain text by parts; a part that there is nothing to say of is absent. */
export interface Hover {
  readonly span: Span;
  /** `KPI revenue`, `role hunter`. */
  readonly title: string;
  /** How people call it. */
  readonly called?: string;
  /** In the user's words: `RUB per month`. */
  readonly type?: string;
  /** What its `///` lines say, or what a word of the language means. */
  readonly doc?: string;
  /** The formula on one line, or how a function is written. */
  readonly formula?: string;
  /** Examples with what they give: `min(3, 1/3, 2) is 1/3`. */
  readonly examples?: readonly string[];
  /** What it comes to on the loaded data. */
  readonly value?: string;
  /** Where it is declared, or how the other form writes it. */
  readonly note?: string;
}

/** What is said of what stands at the offset; `undefined` of blanks and signs. */
export function hoverAt(
  project: Project,
  file: string,
  offset: number,
  values?: KnownValues,
): Hover | undefined {
  const source = sourceOf(project, file);
  if (!source) return undefined;
  const name = nameIn(project, file, offset);
  if (name) return nameHover(project, name, values);
  const word = wordHover(project, source, offset);
  const band = bandAt(project, file, offset);
  if (!band) return word;
  if (!word) return band;
  return { ...word, note: [word.note, `${band.title}: ${band.doc}`].filter((each) => each).join('\n') };
}

function nameHover(project: Project, name: NameAt, values: KnownValues | undefined): Hover {
  const { meaning, span } = name;
  const { checking } = project;
  const said: Told = checking ? told(checking, meaning) : { what: inWords(meaning) };
  const type = typeOf(project, name, said);
  const called = meaning.kind === 'function' ? CALLABLES.get(meaning.name) : undefined;
  const value = values && valueSaid(project, meaning, values);
  const note = noteOf(project, name, said);
  const formula = called ? called.signatures.join('\n') : said.formula;
  return {
    span,
    title: titleOf(meaning),
    ...(said.title !== undefined && { called: said.title }),
    ...(type !== '' && { type }),
    ...(said.doc !== undefined && { doc: said.doc }),
    ...(formula ? { formula } : {}),
    ...(called && { examples: called.examples.map((each) => exampleText(each)) }),
    ...(value !== undefined && { value }),
    ...(note !== undefined && { note }),
  };
}

function exampleText({ formula, value }: { readonly formula: string; readonly value?: string }): string {
  return value === undefined ? formula : `${formula} is ${value}`;
}

/** The type where the name stands, and of what is worked out over periods, per which. */
function typeOf(project: Project, { span, meaning }: NameAt, said: Told): string {
  const here = formulasAround(project, span.source, span.start).find(
    ({ span: own, found }) => own.end === span.end && found.type.kind !== 'error' && own.start <= span.start,
  );
  const isAlone = here && (here.span.start === span.start || here.written.kind === 'member');
  const type = isAlone ? here.found.type : said.type;
  const optional = isAlone ? here.found.optional : said.optional;
  // a row has no type: what a formula holds for it is its key
  const text = meaning.kind === 'built-in' && meaning.name === 'this' ? '' : detailOf(type, optional);
  const per = text === '' ? undefined : grainOf(project, meaning);
  if (per === undefined) return text;
  // a sum or a count is one of a period; a ratio or an average is there in each
  const sums = type?.kind === 'money' || type?.kind === 'number';
  const [first, ...rest] = text.split(', ');
  return [sums ? `${first} per ${per}` : `${first} each ${per}`, ...rest].join(', ');
}

const BY_PERIOD: ReadonlySet<Meaning['kind']> = new Set(['kpi', 'let', 'bonus', 'pool']);

function grainOf({ checking }: Project, { kind, name, of }: Meaning): string | undefined {
  if (!checking || !BY_PERIOD.has(kind)) return undefined;
  const { declared } = checking;
  const bonus = declared.roles.get(of ?? '')?.bonuses.find((each) => each.name.text === name);
  const own = declared.lets.get(name)?.per ?? declared.pools.get(name)?.per ?? bonus?.per;
  return own && !declared.events.has(own.text) ? own.text : lengthOf(checking.grain);
}

function noteOf(project: Project, { span, declares, meaning }: NameAt, said: Told): string | undefined {
  const at =
    said.at ?? project.names.byId.get(idOf(project, span, meaning))?.find((each) => each.declares)?.span;
  if (declares || !at || (at.source === span.source && at.start === span.start)) return undefined;
  const source = sourceOf(project, at.source);
  return source && `declared in ${source.name}, line ${placeOf(source, at.start).line}`;
}

function idOf(project: Project, span: Span, { kind, name }: Meaning): string {
  const all = project.names.byFile.get(span.source) ?? [];
  const found = all.find((each) => each.span.start === span.start && each.meaning.kind === kind);
  return found?.id ?? name;
}
