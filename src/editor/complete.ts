// Completion: what may stand at a cursor, in a text that need not be whole. The place says which lines, keys, words and
// names may, the checker which of the names it would take.

import { lex } from '../syntax/lexer.ts';
import { isWholePhrase } from '../syntax/next-words.ts';
import type { PhraseName } from '../syntax/phrases.ts';
import { type Clause, type Part, SHAPES } from '../syntax/shape.ts';
import { docOf } from '../syntax/shape-docs.ts';
import { wholeOf } from '../syntax/slice.ts';
import { namesOffered, phraseOffers } from './complete-phrase.ts';
import { codes, kpis } from './complete-slots.ts';
import { cellFields } from './complete-tests.ts';
import { type Completions, completions, type Offer } from './completion.ts';
import { cursorAt } from './cursor.ts';
import { type Cursor, type Key, type Place, PROBE } from './cursor-place.ts';
import { linesOf } from './cursor-text.ts';
import { type Project, sourceOf } from './project.ts';
import { clauseSnippet, declarationSnippet } from './snippets.ts';

/** What may stand at the offset of a file; nothing where the file isn't one of the project. */
export function completionsAt(project: Project, file: string, offset: number): Completions {
  const source = sourceOf(project, file);
  if (!source) return { span: { source: file, start: offset, end: offset }, items: [] };
  const cursor = cursorAt(source, offset);
  return completions(cursor, offersAt(project, file, cursor, cursor.at));
}

function offersAt(project: Project, file: string, cursor: Cursor, at: Place): readonly Offer[] {
  switch (at.kind) {
    case 'nothing':
      return [];
    case 'comment':
      return codes(at.before);
    case 'declaration':
      return SHAPES.filter(({ word }) => !(ONCE.has(word) && at.said.has(word))).map((shape) => ({
        label: shape.word,
        kind: 'declaration',
        doc: docOf(shape),
        ...snippetOf(declarationSnippet(shape.word)),
      }));
    case 'line':
      return lineOffers(project, file, cursor, at);
    case 'key': {
      const keys = at.keys.filter(({ key }) => !at.said.has(key)).map(keyOffer);
      return at.also ? [...keys, ...offersAt(project, file, cursor, at.also)] : keys;
    }
    case 'name':
      return nameOffers(project, at);
    case 'phrase': {
      const { phrase, tokens, index, later = [] } = at;
      const before = tokens.slice(0, index);
      const isEnd = later.length > 0 && index > 0 && isWholePhrase(phrase as PhraseName, before);
      const clauses = isEnd ? later.map((each) => clauseOffer(each)) : [];
      return [...phraseOffers(project, file, cursor, at), ...clauses];
    }
    default:
      return at satisfies never;
  }
}

const HERE = lex(wholeOf({ name: '', text: PROBE })).tokens;

/** What a policy has once. */
const ONCE: ReadonlySet<string> = new Set(['policy', 'person']);

function lineOffers(
  project: Project,
  file: string,
  cursor: Cursor,
  at: Place & { readonly kind: 'line' },
): readonly Offer[] {
  const { inside, said } = at;
  return linesOf(inside.shape!).flatMap((clause): readonly Offer[] => {
    if (said.has(clause.key)) return [];
    const reader = clause.form === 'entry' ? clause.keyPhrase! : clause.phrase;
    const of = {
      kind: 'phrase' as const,
      phrase: reader,
      tokens: HERE,
      index: 0,
      inside: { ...inside, clause },
    };
    switch (clause.form) {
      case 'entry':
      case 'bare':
        return phraseOffers(project, file, cursor, of);
      case 'group':
        return clause.word === undefined ? phraseOffers(project, file, cursor, of) : [clauseOffer(clause)];
      case 'field':
      case 'computed':
        return [];
      case 'line':
      case 'named':
      case 'block':
        return [clauseOffer(clause)];
      case 'head':
        return [];
      default:
        return clause.form satisfies never;
    }
  });
}

function snippetOf(snippet: string | undefined): Pick<Offer, 'snippet'> {
  return snippet === undefined ? {} : { snippet };
}

function clauseOffer(clause: Clause): Offer {
  return {
    label: clause.word ?? clause.key,
    kind: 'clause',
    doc: docOf(clause),
    ...snippetOf(clauseSnippet(clause.key)),
    rank: clause.required ? 1 : 2,
  };
}

/** Clauses whose values YAML gives as a map or a list below the key. */
const BELOW: ReadonlySet<Clause['form']> = new Set(['named', 'field', 'computed', 'block', 'entry', 'group']);

function keyOffer(key: Key | Clause | Part): Offer {
  const isBelow =
    'section' in key || ('form' in key && BELOW.has(key.form)) || ('many' in key && key.many === true);
  return {
    label: key.key,
    kind: 'key',
    doc: 'into' in key ? docOf(key) : key.doc,
    insert: `${key.key}:`,
    snippet: isBelow ? `${key.key}:\n  $0` : `${key.key}: $0`,
    rank: 'required' in key && key.required ? 1 : 2,
  };
}

function nameOffers(project: Project, at: Place & { readonly kind: 'name' }): readonly Offer[] {
  const fresh = (offers: readonly Offer[]) => offers.filter(({ label }) => !at.said.has(label));
  switch (at.names) {
    case 'new':
      return [];
    case 'kpi':
      return at.inside.clause?.key === 'targets' ? kpis(project) : fresh(kpis(project));
    case 'event':
      return namesOffered(project, ['event']);
    case 'cell':
      return fresh(cellFields(project, at.inside));
    default:
      return at.names satisfies never;
  }
}
