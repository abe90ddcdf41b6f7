// Sentences of the grammar: random, of bounded depth, the same for the same seed, each with a given rule in it.

import { type Part, partsOf, textsOf } from '../../grammar/ebnf.ts';

/** What the rules of words and signs look like; none is a keyword, none joins with a number before it. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  word: ['alpha', 'b_2', 'выручка', 'δοκιμή'],
  text: ['"South"', '"a \\"b\\" \\\\ c"', '"A-17"'],
  number: ['5', '0.50', '1_000_000'],
  digits: ['3', '12', '1_000'],
  percent: ['5%', '0.5%'],
  money: ['20 RUB', '1_500.50 EUR'],
  duration: ['4 hours', '1 month', '30 days'],
  number_of_weeks: ['5 weeks', '1 week'],
  date: ['2026-01-05', '2024-02-29'],
  period: ['2026-01', '2026-Q1', '2026-W05'],
  time: ['09:00', '18:30'],
  doc_line: ['/// Why.\n'],
  newline: ['\n'],
};

const GLUE = '\u0000glue';
const SEPARATOR = '\u0000separator';
const CONTINUES = new Set(['+', '-', '*', '/', '<', '<=', '>', '>=', '=', 'and', 'or', 'else', 'otherwise']);

export interface Sentence {
  readonly text: string;
  /** The rules that it was made by. */
  readonly rules: ReadonlySet<string>;
}

export class SentenceMaker {
  private readonly reach = new Map<string, ReadonlySet<string>>();
  private readonly height = new Map<string, number>();
  private state = 1;
  private goal: string | undefined;
  private used = new Set<string>();

  constructor(private readonly rules: ReadonlyMap<string, Part>) {
    for (const name of rules.keys()) this.reach.set(name, this.reachOf(name));
    for (let changed = true; changed; ) {
      changed = false;
      for (const [name, part] of rules) {
        const height = name in WORDS ? 0 : 1 + this.heightOf(part);
        if (height < (this.height.get(name) ?? Number.POSITIVE_INFINITY)) {
          this.height.set(name, height);
          changed = true;
        }
      }
    }
  }

  /** A sentence of `start` that uses the rule `goal`. */
  make(start: string, goal: string, seed: number): Sentence {
    this.state = seed * 2_654_435_761 + 1;
    this.goal = goal;
    this.used = new Set();
    return { text: join(this.expandRule(start, 14)), rules: this.used };
  }

  private random(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  private expandRule(name: string, depth: number): readonly string[] {
    this.used.add(name);
    if (this.goal === name) this.goal = undefined;
    const words = WORDS[name];
    if (words !== undefined) return [words[this.random(words.length)]!];
    if (name === 'separator') return [SEPARATOR];
    const inside = this.expand(this.rules.get(name)!, depth - 1);
    // The sign touches its value, as the minus between two values doesn't.
    if (name === 'operand')
      return inside.flatMap((piece, at) => (piece === '-' && isSign(inside, at) ? [piece, GLUE] : [piece]));
    return name === 'call' || name === 'brackets' ? [GLUE, ...inside] : inside;
  }

  private expand(part: Part, depth: number): readonly string[] {
    switch (part.kind) {
      case 'terminal':
        return [part.text];
      case 'rule':
        return this.expandRule(part.text, depth);
      case 'sequence': {
        // Only one part of it leads to the goal; the others are free.
        const leading = part.parts.filter((each) => this.leads(each));
        const nearest = [...leading].sort((a, b) => this.distance(a) - this.distance(b))[0];
        const chosen = depth > 8 ? leading[this.random(Math.max(1, leading.length))] : nearest;
        return part.parts.flatMap((each) =>
          each === chosen || this.goal === undefined ? this.expand(each, depth) : this.aside(each, depth),
        );
      }
      case 'choice': {
        const leading = part.parts.filter((each) => this.leads(each));
        const low = part.parts.filter((each) => this.heightOf(each) <= depth);
        const lowest = [...part.parts].sort((a, b) => this.heightOf(a) - this.heightOf(b)).slice(0, 1);
        const nearest = [...leading].sort((a, b) => this.distance(a) - this.distance(b)).slice(0, 1);
        const towards = depth > 8 ? leading : nearest;
        const among = leading.length > 0 ? towards : low.length > 0 ? low : lowest;
        return this.expand(among[this.random(among.length)]!, depth);
      }
      case 'optional':
      case 'repeated': {
        const least = this.leads(part.part) ? 1 : 0;
        const most = part.kind === 'optional' ? 1 : 2;
        const free = this.heightOf(part.part) <= depth ? most : least;
        const times = Math.max(least, this.random(free + 1));
        return Array.from({ length: times }, () => this.expand(part.part, depth)).flat();
      }
      case 'special':
        return [];
      default:
        return part satisfies never;
    }
  }

  /** A part beside the way to the goal. */
  private aside(part: Part, depth: number): readonly string[] {
    const { goal } = this;
    this.goal = undefined;
    const made = this.expand(part, Math.min(depth, 6));
    this.goal = goal;
    return made;
  }

  private leads(part: Part): boolean {
    if (this.goal === undefined) return false;
    const { goal } = this;
    return textsOf(part, 'rule').some((name) => name === goal || this.reach.get(name)!.has(goal));
  }

  /** How many rules lie between the part and the goal. */
  private distance(part: Part): number {
    const { goal } = this;
    let names = [...textsOf(part, 'rule')];
    const seen = new Set<string>();
    for (let steps = 0; ; steps++) {
      if (names.length === 0) return Number.POSITIVE_INFINITY;
      if (names.some((name) => name === goal)) return steps;
      for (const name of names) seen.add(name);
      const next = names.flatMap((name) => (name in WORDS ? [] : textsOf(this.rules.get(name)!, 'rule')));
      names = [...new Set(next)].filter((name) => !seen.has(name));
    }
  }

  private reachOf(name: string): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next in WORDS) continue;
      for (const each of textsOf(this.rules.get(next)!, 'rule')) {
        if (!found.has(each)) open.push(each);
        found.add(each);
      }
    }
    return found;
  }

  private heightOf(part: Part): number {
    const below = partsOf(part).map((each) => this.heightOf(each));
    switch (part.kind) {
      case 'rule':
        return this.height.get(part.text) ?? Number.POSITIVE_INFINITY;
      case 'sequence':
        return Math.max(...below);
      case 'choice':
        return Math.min(...below);
      default:
        return 0;
    }
  }
}

/** Whether only signs stand before it. */
function isSign(pieces: readonly string[], at: number): boolean {
  return pieces.slice(0, at).every((piece) => piece === '-');
}

/** The pieces as text: blanks between them, and a comma where the next line would go on. */
function join(pieces: readonly string[]): string {
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    if (piece === GLUE) text = text.trimEnd();
    else if (piece === SEPARATOR) text += CONTINUES.has(pieces[index + 1]!) || index % 3 === 0 ? ', ' : '\n';
    else text += piece.endsWith('\n') ? piece : `${piece} `;
  }
  return text;
}
