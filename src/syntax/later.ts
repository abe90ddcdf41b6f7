// What the language has and this version refuses by name, so that nobody takes it for a mistake of spelling.

/** Declarations of the language that this version refuses; in YAML they are sections, mostly in the plural. */
export const LATER_DECLARATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    import: 'imports',
    calendar: 'calendars',
    award: 'awards',
    level: 'levels',
    pool: 'pools',
    grid: 'grids',
    amounts: 'amounts',
    for: 'for',
    test: 'tests',
    invariant: 'invariants',
    absence: 'absences',
    gate: 'gates',
    cap: 'caps',
    floor: 'floors',
    draw: 'draws',
  }),
);

/** Clauses of the language that this version refuses, by their first word. */
export const LATER_CLAUSES: ReadonlySet<string> = new Set([
  'ramp',
  'draw',
  'hold',
  'holds',
  'floor',
  'floors',
  'draws',
  'ramps',
  'pays',
  'prorate',
  'takes',
  'corrections',
  'reopens',
  'known',
  'attainment',
  'status',
  'given',
  'gate',
  'gates',
  'cap',
  'caps',
  'within',
  'payable',
]);

/** Words inside a phrase that this version refuses. */
export const LATER_WORDS: ReadonlySet<string> = new Set([
  'each',
  'of',
  'after',
  'within',
  'spread',
  'from',
  'also',
  'carry',
  'while',
  'first',
  'with',
  'at',
  'after',
  'on',
]);
