// The rules for cells in an engine against those of the judge: many odd texts at once, a type at a time.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { dayOf } from '../../src/base/date.ts';
import { bindColumns } from '../../src/input/bind.ts';
import type { Dialect, SourceSpec } from '../../src/model/dataset.ts';
import type { EventModel, FieldModel, Model } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';
import { drawFrom } from './draw.ts';
import type { Engine } from './engine.ts';
import { cellText } from './generated-cells.ts';
import { loadOne } from './load.ts';
import { PEOPLE } from './sales.ts';
import { field, MONEY, measure, STATUS, smallModel } from './small-model.ts';

const RUNS = Math.min(Number(process.env.MERIT_RUNS ?? 4), 200);
const span = { source: 'policy.merit', start: 0, end: 0 };

/** Letters of which texts that nearly are a value of the type are made. */
export const LETTERS: readonly (readonly [ValueType, string])[] = [
  [MONEY, "0011259+-.., \u00a0\u202f'e%"],
  [{ kind: 'number' }, "0011259+-.., \u00a0'٣１"],
  [{ kind: 'percent' }, '0011259+-.%% ,'],
  [{ kind: 'duration' }, '0159::. hourdaysweekmint'],
  [{ kind: 'date' }, '00112269--- T:.Z'],
  [{ kind: 'datetime' }, '00112269--: TtZz+.'],
  [{ kind: 'period' }, '0011223456--QW rfy'],
  [{ kind: 'truth' }, 'trueyesnofalseTRUYNO 1ſ'],
  [STATUS, 'wonlst WО'],
  [{ kind: 'person' }, 'anboN \u0301'],
  [{ kind: 'text' }, 'aе\u0301\u0306\u0327и\u1aeb\u{11347}\u{1133e}각\u1100\u1161ﬁÅΩ 😀\ufeff\u0000"'],
];

const CALENDARS: Model['calendars'] = [
  { name: 'fy', starts: dayOf(2024, 4, 30) },
  // the years begin on the Sunday nearest to the first of February
  { name: 'retail', starts: dayOf(2026, 2, 1), weeks: [4, 5, 4] },
].map(({ name, ...fiscal }) => ({ name, fiscal, week: [], days: [], holidays: [], span }));

const DIALECTS: readonly Dialect[] = [
  {},
  {},
  { decimal: ',', thousands: ' ' },
  { decimal: ',', thousands: '.' },
  { thousands: "'" },
  { percents: 'fractions' },
];

const FRAMES = [
  '2026-03-29T02:30:00',
  '2026-10-25 02:30:00.5',
  '2026-01-05',
  '0001-01-03 00:00',
  '9999-12-31T23:59:59Z',
  '01:30:00.25',
  '12 hours',
  '1.5 weeks',
  '-12.345',
  '5.25%',
  '1 234,5',
  "1'234.5",
  '1.234,50',
  '123456789012345678.123456789',
  '2026-W53',
  'fy-2026-Q4',
  'retail-2026-12',
  'retail-2023-W53',
  'won',
  'true',
  'ann',
];

async function verdicts(backend: Backend, source: SourceSpec, model: Model): Promise<unknown> {
  const event = model.events[0]!;
  try {
    const header = await backend.columns(source);
    const bound = bindColumns(source, event.fields, header.value);
    await backend.open({ model, people: PEOPLE, tables: [] });
    const range = { from: dayOf(1, 1, 1), until: dayOf(9999, 12, 31) };
    const report = await loadOne(backend, event.name, bound.value, range);
    const { name, type } = event.fields[2]!;
    const facts = await backend.facts({
      id: 'q',
      event: event.name,
      scope: { kind: 'company' },
      buckets: [{ id: 'all', ...range }],
      measures: [
        measure(event, 'distinct', { value: field(name, type, true) }),
        ...(['min', 'max', 'lower middle', 'upper middle'] as const)
          .filter(() => !['text', 'person', 'truth', 'enumeration', 'period'].includes(type.kind))
          .map((aggregate) => measure(event, aggregate, { value: field(name, type, true) })),
      ],
    });
    return { report, facts };
  } finally {
    await backend.close();
  }
}

/** Holds an engine against the judge on many cells of a type, and near it. */
export async function agreeOnCells(engine: Engine, [type, letters]: (typeof LETTERS)[number]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-'));
  let run = 0;
  const agree = fc.asyncProperty(fc.gen(), fc.infiniteStream(fc.nat()), async (gen, stream) => {
    const draw = drawFrom(gen);
    const numbers = stream[Symbol.iterator]();
    const below = (limit: number): number => (numbers.next().value as number) % limit;
    const alphabet = [...letters];
    const letter = (): string => alphabet[below(alphabet.length)]!;
    const cell = (): string => {
      const kind = below(3);
      if (kind === 0)
        return Array.from({ length: below(8) }, letter)
          .join('')
          .replace(engine.without ?? /(?!)/, '');
      const text = [...(kind === 1 ? FRAMES[below(FRAMES.length)]! : cellText(draw, type, 2))];
      // one letter changed, dropped or put in
      if (below(2) === 0)
        text.splice(below(text.length + 1), below(2), ...(below(2) === 0 ? [letter()] : []));
      return text.join('').replace(engine.without ?? /(?!)/, '');
    };
    const cells = Array.from({ length: 150 }, cell);
    const tested: FieldModel = { name: 'cell', type, optional: below(2) === 0, span };
    const event: EventModel = {
      name: 'row',
      fields: [
        { name: 'id', type: { kind: 'text' }, optional: false, span },
        { name: 'at', type: { kind: 'date' }, optional: false, span },
        tested,
      ],
      key: 'id',
      posting: 'at',
      computed: [],
      credit: [],
      span,
    };
    const zone = draw.pick(['Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe']);
    const model: Model = { ...smallModel, zone, events: [event], tables: [], calendars: CALENDARS };
    const path = join(folder, `${type.kind}${run++}.json`);
    await writeFile(
      path,
      JSON.stringify(cells.map((each, at) => ({ id: String(at), at: '2026-01-05', cell: each }))),
    );
    const source: SourceSpec = {
      name: 'row',
      file: 'rows',
      format: 'json',
      content: { kind: 'file', path },
      columns: new Map(),
      constants: new Map(),
      dialect: draw.pick(DIALECTS),
    };
    const judged = await verdicts(createMemoryBackend({ readFile }), source, model);
    const found = await verdicts(await engine.open([path]), source, model);
    expect(found).toEqual(judged);
  });
  await fc.assert(agree, { numRuns: RUNS, endOnFailure: true });
  await rm(folder, { recursive: true });
}
