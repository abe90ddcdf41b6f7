// What two versions of a policy say differently, and what that moves. Plain data that JSON can hold: figures are exact
// text, and every delta is after less before.

/** The differences of two versions; figures are there where both were run. */
export interface PolicyDiff {
  readonly format_version: 1;
  readonly before: Version;
  readonly after: Version;
  /** What they say differently in what a run works out, in the order of the text of the later version. */
  readonly changes: readonly PolicyChange[];
  /** What differs in words for people only: titles, descriptions, names that nothing refers to, comments. */
  readonly words: readonly WordsChange[];
  /** Tests and invariants, which move no pay. */
  readonly proofs: readonly PolicyChange[];
  readonly figures?: DiffFigures;
}

export interface Version {
  readonly policy: string;
  readonly title?: string;
  /** The files that it was read from. */
  readonly files: readonly string[];
}

/** One thing that the versions say differently. */
export interface PolicyChange {
  /** From 1. */
  readonly id: number;
  /**
   * `renamed`: it says the same under another name; `moved`: the line stands in another role of those that take it over
   * from one another, and whoever had it has it still.
   */
  readonly how: 'added' | 'removed' | 'changed' | 'renamed' | 'moved';
  /** The word that begins the declaration: `role`, `rates`. */
  readonly kind: string;
  /** Its name in the later version, of what is removed in the earlier one; empty where it has none. */
  readonly name: string;
  /** The line of it that differs, where lines are compared by themselves: `target revenue`, `bonus commission`. */
  readonly part?: string;
  /** Of what is renamed: what it was called. */
  readonly was?: string;
  /** Of what is moved: the roles that said it themselves before, or do now. */
  readonly roles?: readonly string[];
  /** The lines that differ, as the formatter writes them. */
  readonly lines: readonly { readonly before?: string; readonly after?: string }[];
  /** Where several versions are compared: the periods in which these two hold. */
  readonly periods?: string;
  readonly placeBefore?: Place;
  readonly place?: Place;
}

/** A place in a file; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface WordsChange {
  /** `role hunter`, or `comment`. */
  readonly of: string;
  /** `title`, `bonus commission: description`; absent for comments. */
  readonly what?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Before, after, and the one less the other; exact text. */
export interface Delta {
  readonly before: string;
  readonly after: string;
  readonly delta: string;
}

/** What the differences move. INVARIANT: deltas by cause come to the delta, of each line, person and total. */
export interface DiffFigures {
  readonly currency: string;
  readonly periods: readonly string[];
  /** Rows that couldn't be read were left out at the user's wish. */
  readonly rejectsAllowed: boolean;
  readonly attribution: Attribution;
  readonly total: Delta;
  readonly byPeriod: readonly ({ readonly period: string } & Delta)[];
  /** `role` is null for what belongs to a person and no role. */
  readonly byRole: readonly ({ readonly role: string | null } & Delta)[];
  readonly byLine: readonly (LineName & { readonly role: string | null } & Delta)[];
  /** In the order in which they are taken one by one. */
  readonly causes: readonly Cause[];
  /** Everybody with a statement, those whose pay moves most first. */
  readonly people: readonly PersonDelta[];
  /** By period, person and role: what moves. */
  readonly moved: readonly RoleDelta[];
  readonly crossings: readonly Crossing[];
}

/** How deltas are shared among several causes. */
export interface Attribution {
  /**
   * `average`: what each cause moves, averaged over all orders in which the causes can be taken one by one; `in order`:
   * what each moves when they are taken one by one in the order listed.
   */
  readonly kind: 'average' | 'in order';
  /** Of how many orders: those in which every step is a policy that checks and runs. */
  readonly orders: string;
}

/** What one change moves, or several that only make a policy together. */
export interface Cause {
  /** From 1. */
  readonly id: number;
  /** By their ids. */
  readonly changes: readonly number[];
  readonly delta: string;
  /** People whose pay it moves. */
  readonly people: number;
  readonly byPeriod: readonly { readonly period: string; readonly delta: string }[];
}

export interface ByCause {
  readonly cause: number;
  readonly delta: string;
}

export interface LineName {
  /** As in a statement: `bonus`, `award`, `cap`, … */
  readonly kind: string;
  readonly name: string;
}

export interface PersonDelta extends Delta {
  readonly person: string;
  readonly name: string;
  /** The delta over what was before; null where that is 0. */
  readonly relative: string | null;
  /** Has statements in one version only. */
  readonly only?: 'before' | 'after';
  readonly byCause: readonly ByCause[];
}

export interface RoleDelta extends Delta {
  readonly period: string;
  readonly person: string;
  readonly name: string;
  /** Null for what belongs to the person and no role. */
  readonly role: string | null;
  /** The role is in the person's statement in one version only. */
  readonly only?: 'before' | 'after';
  readonly byCause: readonly ByCause[];
  readonly lines: readonly (LineName & Delta & { readonly byCause: readonly ByCause[] })[];
}

/** What decides pay and fell out otherwise. */
export interface Crossing {
  readonly period: string;
  readonly person: string;
  readonly name: string;
  readonly role: string | null;
  readonly kind:
    | 'gate'
    | 'condition'
    | 'tier'
    | 'cap'
    | 'floor'
    | 'draw'
    | 'status'
    | 'award'
    | 'badge'
    | 'training'
    | 'level'
    | 'points';
  /** What it is about: a condition, a bonus, a KPI, an award. */
  readonly of: string;
  /** `passed` and `failed`, `binds` and `doesn't bind`, `from 1000000`, `green`, `won`, a number of points. */
  readonly before: string;
  readonly after: string;
}
