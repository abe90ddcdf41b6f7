// Small parts of the page's frame: names of files, differences of texts, the order of problems, what the browser keeps.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formOf, nameIn } from '../../playground/src/app/file-names.ts';
import { placeAfter } from '../../playground/src/app/next-problem.ts';
import { placeText } from '../../playground/src/app/places.ts';
import { difference } from '../../playground/src/editor/difference.ts';
import { plain } from '../../playground/src/editor/markdown.ts';
import { EXAMPLES, loadExample } from '../../playground/src/share/examples.ts';
import type { Snapshot } from '../../playground/src/share/snapshot.ts';
import { starter } from '../../playground/src/share/starter.ts';
import {
  keepLook,
  keepSession,
  keepVersions,
  keptLook,
  keptSession,
  keptVersions,
} from '../../playground/src/share/storage.ts';
import { inOtherForm, renamed } from '../../playground/src/worker/convert.ts';
import { handlers } from '../../playground/src/worker/handle-run.ts';
import { createDesk, type DataFile } from '../../playground/src/worker/held.ts';
import { parseConfig } from '../../src/syntax/parse-config.ts';
import { generatedRuns } from '../runs.ts';

const FOLDER = fileURLToPath(new URL('../../examples/', import.meta.url));
const read = async (path: string): Promise<string> => readFileSync(join(FOLDER, path), 'utf8');

describe('names of policy files', () => {
  it('follow the form', () => {
    expect(nameIn('yaml', 'policy.merit')).toBe('policy.merit.yaml');
    expect(nameIn('yaml', 'policy.merit.yml')).toBe('policy.merit.yaml');
    expect(nameIn('text', 'a.b.merit.yaml')).toBe('a.b.merit');
    expect(nameIn('text', 'calendar')).toBe('calendar.merit');
    expect(['a.merit', 'a.merit.yaml', 'a.merit.YML'].map(formOf)).toEqual(['text', 'yaml', 'yaml']);
  });

  it('change in imports, and nowhere else', () => {
    const names = ['policy.merit', 'calendar.merit'];
    expect(renamed('import "./calendar.merit"\n// calendar.merit\n', names, 'yaml')).toBe(
      'import "./calendar.merit.yaml"\n// calendar.merit\n',
    );
    expect(renamed('import "./other.merit"', names, 'yaml')).toBe('import "./other.merit"');
    expect(
      renamed(
        'imports:\n  - ./calendar.merit.yaml\ndoc: calendar.merit.yaml\n',
        [...names, 'calendar.merit.yaml'],
        'text',
      ),
    ).toBe('imports:\n  - ./calendar.merit\ndoc: calendar.merit.yaml\n');
  });
});

describe('the other form of a policy', () => {
  it('says the same, in all its files, there and back', async () => {
    const { policy } = await loadExample(EXAMPLES.find((each) => each.folder === 'whole-language')!, read);
    const yaml = await inOtherForm(policy, 'yaml');
    expect(yaml.value?.map((each) => each.name)).toEqual(['policy.merit.yaml', 'calendar.merit.yaml']);
    const text = await inOtherForm(yaml.value!, 'text');
    expect(text.value).toEqual(policy);
  });

  it('is refused where a file has errors', async () => {
    const { value, diagnostics } = await inOtherForm([{ name: 'policy.merit', text: 'policy {' }], 'yaml');
    expect(value).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});

describe('the gallery', () => {
  it('has each example of the repository', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((each) => each.isDirectory());
    expect(EXAMPLES.map((each) => each.folder).sort()).toEqual(folders.map((each) => each.name).sort());
  });

  it.each(EXAMPLES)(
    'says of $folder what its configuration says',
    async ({ folder, data, period, withoutData }) => {
      const text = await read(`${folder}/merit.config.yaml`);
      const { value } = parseConfig({ name: 'merit.config.yaml', text });
      expect(period).toBe(value.period);
      const told = data.map(({ name, file, columns = {}, constants = {} }) => ({
        name,
        file,
        columns,
        constants,
      }));
      expect(told).toEqual(
        value.sources.map(({ name, file, columns, constants }) => ({
          name,
          file: withoutData ? file : file.replace('data/', ''),
          columns: Object.fromEntries(columns),
          constants: Object.fromEntries(constants),
        })),
      );
    },
  );

  it.each([...EXAMPLES.filter((each) => !each.withoutData)])('runs $folder', async (example) => {
    const opened = await loadExample(example, read);
    expect(await ran({ ...opened, period: example.period })).toMatchObject({ diagnostics: [] });
  });

  it('begins a new policy that runs', async () => {
    // Anna sold 8,000 and 4,000, Boris 6,000; 5% of it are 600 and 300
    const { result } = await ran(starter());
    expect(result?.statements.map((each) => [each.name, each.pay])).toEqual([
      ['Anna', '600'],
      ['Boris', '300'],
    ]);
  });
});

async function ran({ policy, data, period }: Pick<ReturnType<typeof starter>, 'policy' | 'data' | 'period'>) {
  const desk = createDesk();
  desk.hold({ policy, data });
  const errors = (await desk.compiled()).diagnostics.filter((each) => each.severity === 'error');
  expect(errors).toEqual([]);
  const answer = await handlers['run.period']({ period }, desk);
  return { ...answer, diagnostics: answer.diagnostics.filter((each) => each.severity === 'error') };
}

describe('the periods to choose from', () => {
  const events = (text: string): readonly DataFile[] => [
    { name: 'person', file: 'people.csv', text: 'id,name,role\nanna,Anna,seller\n' },
    { name: 'deal', file: 'deals.csv', text: `id,closed_on,manager,amount\n${text}` },
  ];
  const periodsOf = async (text: string) => {
    const desk = createDesk();
    desk.hold({ policy: starter().policy, data: events(text) });
    return handlers['run.periods']({}, desk);
  };

  it('are those that the data covers, and the longer ones around them', async () => {
    expect(await periodsOf('1,2025-11-30,anna,1\n2,2026-01-02,anna,1\n')).toEqual({
      groups: [
        { grain: 'year', periods: ['2025', '2026'] },
        { grain: 'quarter', periods: ['2025-Q4', '2026-Q1'] },
        { grain: 'month', periods: ['2025-11', '2025-12', '2026-01'] },
      ],
      last: '2026-01',
    });
  });

  it('are none without rows or dates', async () => {
    expect(await periodsOf('')).toEqual({ groups: [] });
    expect(await periodsOf('1,2026-99-99,anna,1\n')).toEqual({ groups: [] });
  });

  it('name what data is missing instead of running', async () => {
    const desk = createDesk();
    desk.hold({ policy: starter().policy, data: [] });
    expect(await handlers['run.period']({ period: '2026-01' }, desk)).toMatchObject({
      missing: ['person', 'deal'],
    });
  });
});

describe('differences of texts', () => {
  it('are as small as can be', () => {
    expect(difference('one two three', 'one 2 three')).toEqual({ start: 4, end: 7, middle: '2' });
    expect(difference('aa', 'aaa')).toEqual({ start: 2, end: 2, middle: 'a' });
    expect(difference('same', 'same')).toEqual({ start: 4, end: 4, middle: '' });
    // the two differ in the second half of a pair only
    expect(difference('x🎉', 'x🎊')).toEqual({ start: 1, end: 3, middle: '🎊' });
  });

  it('make one text of the other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (a, b, around) => {
          const [before, after] = [around + a + around, around + b + around];
          const { start, end, middle } = difference(before, after);
          expect(before.slice(0, start) + middle + before.slice(end)).toBe(after);
        },
      ),
      generatedRuns(200),
    );
  });
});

describe('the next problem', () => {
  const at = (source: string, start: number) => ({ source, start, end: start + 1 });
  const places = [at('b', 1), at('a', 9), at('a', 3)];
  const files = ['a', 'b'];

  it('follows the cursor through all files, and begins again', () => {
    const from = (place: ReturnType<typeof at> | undefined, way: 'on' | 'back') =>
      placeAfter(places, { files, from: place, way });
    expect(from(undefined, 'on')).toEqual(at('a', 3));
    expect(from(at('a', 3), 'on')).toEqual(at('a', 9));
    expect(from(at('a', 9), 'on')).toEqual(at('b', 1));
    expect(from(at('b', 1), 'on')).toEqual(at('a', 3));
    expect(from(at('a', 3), 'back')).toEqual(at('b', 1));
    expect(from(at('b', 0), 'back')).toEqual(at('a', 9));
    expect(placeAfter([], { files, from: undefined, way: 'on' })).toBeUndefined();
  });

  it('has a place that people count', () => {
    expect(placeText('one\r\ntwo\n🎉x', 9)).toBe('3:1');
    expect(placeText('one\r\ntwo\n🎉x', 11)).toBe('3:2');
  });
});

describe('texts where Markdown is read', () => {
  it('have no sign left that means something', () => {
    const { value, isTrusted, supportHtml } = plain(
      '[x](command:y) <img src=x onerror=z> **b** `c` &amp; http://a.b',
    );
    expect([isTrusted, supportHtml]).toEqual([false, false]);
    expect(value).not.toMatch(/[[\]()<>*`]|&amp;|:\/\//);
  });
});

describe('what the browser keeps', () => {
  afterEach(() => vi.unstubAllGlobals());

  const STATE: Snapshot = {
    policy: [{ name: 'policy.merit', text: 'policy' }],
    data: [{ name: 'deal', file: 'deals.csv', text: 'x'.repeat(500) }],
    period: '2026-01',
    person: '',
  };
  const { data: _, ...WITHOUT_DATA } = STATE;

  /** A store with room for so many signs. */
  function storeWith(room: number): Map<string, string> {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => {
        const others = [...kept].reduce((sum, [name, text]) => sum + (name === key ? 0 : text.length), 0);
        if (others + value.length > room) throw new DOMException('full', 'QuotaExceededError');
        kept.set(key, value);
      },
    });
    return kept;
  }

  it('comes back', () => {
    storeWith(10_000);
    expect(keepSession(STATE)).toBe(true);
    expect(keptSession()).toEqual(STATE);
    expect(keepLook({ locale: 'ru', theme: 'dark', autoRun: false })).toBe(true);
    expect(keptLook()).toEqual({ locale: 'ru', theme: 'dark', autoRun: false });
  });

  it('goes without data where there is little room, and is not kept where there is none', () => {
    storeWith(300);
    expect(keepSession(STATE)).toBe(true);
    expect(keptSession()).toEqual(WITHOUT_DATA);
    storeWith(10);
    expect(keepSession(STATE)).toBe(false);
    expect(keptSession()).toBeUndefined();
  });

  it('lets the oldest versions go first', () => {
    storeWith(400);
    const versions = [1, 2, 3].map((at) => ({
      name: `v${at}`,
      at,
      policy: [{ name: 'policy.merit', text: 'x'.repeat(100) }],
    }));
    expect(keepVersions('own', versions)).toBe(true);
    expect(keptVersions('own').map((each) => each.name)).toEqual(['v2', 'v3']);
  });

  it('has versions of their own for each workspace, of those that were used last', () => {
    storeWith(100_000);
    const version = (at: number) => ({ name: `v${at}`, at, policy: [{ name: 'policy.merit', text: '' }] });
    for (let at = 1; at <= 14; at++) keepVersions(`w${at}`, [version(at)]);
    keepVersions('w3', [version(3), version(33)]);
    expect(keptVersions('w3').map((each) => each.name)).toEqual(['v3', 'v33']);
    expect([1, 2, 4, 14].map((at) => keptVersions(`w${at}`).length)).toEqual([0, 0, 1, 1]);
    keepVersions('w3', []);
    expect(keptVersions('w3')).toEqual([]);
    expect(keptVersions('w14')).toHaveLength(1);
  });

  it('is nothing where the browser allows no store', () => {
    vi.stubGlobal('localStorage', {
      get getItem() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect([keptSession(), keptVersions('own'), keptLook()]).toEqual([undefined, [], {}]);
    expect(keepSession(STATE)).toBe(false);
  });

  it.each(['{', '[]', '7', '{"policy":7}', '{"locale":"xx","theme":1}'])('takes no harm from %s', (text) => {
    const kept = storeWith(1000);
    for (const key of ['merit.session', 'merit.versions', 'merit.look']) kept.set(key, text);
    expect([keptSession(), keptVersions('own'), keptLook()]).toEqual([undefined, [], {}]);
  });
});
