// Pages of a report: what a statement says and leaves out, that pages run nothing whatever names say, and their words.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { EN as CHARTS_EN } from '../../src/charts/words-en.ts';
import { RU as CHARTS_RU } from '../../src/charts/words-ru.ts';
import { type ReportRequest, reportFiles } from '../../src/node-report.ts';
import { fileNames } from '../../src/report/file-names.ts';
import { filled } from '../../src/report/filled.ts';
import { REPORT_STYLE, REPORT_STYLE_HASH } from '../../src/report/page.ts';
import { dayName, momentName, periodName } from '../../src/report/page-dates.ts';
import { EN } from '../../src/report/page-words-en.ts';
import { RU } from '../../src/report/page-words-ru.ts';
import type { Final } from '../../src/report/result-parts.ts';
import { rolePlaces, withFinals } from '../../src/report/result-parts.ts';
import { EN as SENTENCES_EN } from '../../src/report/sentence-words-en.ts';
import { RU as SENTENCES_RU } from '../../src/report/sentence-words-ru.ts';
import { statementPage } from '../../src/report/statement-page.ts';
import { hostile } from './hostile.ts';
import { anna, percent, rub } from './sample.ts';

const REPORT = fileURLToPath(new URL('../../src/report/', import.meta.url));
const { model, sources } = hostile();
const openBackend = async () =>
  createMemoryBackend({ readFile: () => Promise.reject(new Error('no files here')) });

async function pagesOf(more: Partial<ReportRequest> = {}): Promise<ReadonlyMap<string, string>> {
  const request = { model, sources, period: '2026-02', language: 'en', feedback: 'each', ...more } as const;
  const { value, diagnostics } = await reportFiles(request, openBackend);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return new Map(value!.map(({ name, text }) => [name, text]));
}

const pages = await pagesOf();
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const textOf = (html: string) => plain(html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

describe('the pages of a report', () => {
  it('are the company, its roles and teams, and each statement', () => {
    expect([...pages.keys()]).toEqual([
      'index.html',
      'role-seller.html',
      'team-etc.html',
      'team-b-North-b.html',
      'statements/tmp-x.html',
      'statements/script-alert-6-script.html',
      'statements/HYPERLINK-http-evil-example.html',
      'statements/anna.html',
    ]);
  });

  it('lead to pages that are there', () => {
    for (const [name, text] of pages)
      for (const [, href = ''] of text.matchAll(/<a href="([^"]*)"/g)) {
        expect(pages.has(decodeURIComponent(href)), `${name}: ${href}`).toBe(true);
      }
  });

  it('have a folder for each of several periods', async () => {
    const both = await pagesOf({ period: '2026-01..2026-02', feedback: 'none' });
    expect(both.has('2026-01/index.html')).toBe(true);
    expect(both.has('2026-02/statements/anna.html')).toBe(true);
    const index = both.get('index.html')!;
    for (const [, href = ''] of index.matchAll(/<a href="([^"]*)"/g))
      expect(both.has(decodeURIComponent(href)), href).toBe(true);
  });

  it('are one statement alone, where a person is asked for', async () => {
    const one = await pagesOf({ person: 'anna', feedback: 'none' });
    expect([...one.keys()]).toEqual(['statements/anna.html']);
  });
});

describe('hostile names', () => {
  // what our own pages are made of
  const OURS =
    /^\/?(?:html|head|meta|title|style|body|h[1-3]|p|ul|li|div|span|section|header|footer|nav|a|table|thead|tbody|tfoot|tr|th|td|code|strong|figure|figcaption|details|summary|br|svg|g|path|rect|text|defs|clipPath|!doctype)$/;

  it.each([...pages])('are text and nothing else in %s', (_, text) => {
    const tags = [...text.matchAll(/<(\/?!?[a-zA-Z0-9]+)/g)].map((each) => each[1]!);
    expect([...new Set(tags)].filter((each) => !OURS.test(each))).toEqual([]);
    // attributes that run or load something, or a style that the page's policy would drop
    const attributes = [...text.matchAll(/<[a-zA-Z](?:"[^"]*"|[^>"])*>/g)].join('').replace(/"[^"]*"/g, '""');
    expect(attributes).not.toMatch(/\s(?:on\w+|style|src|srcset|xlink:href)=/i);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(text.match(/<title>/g)).toHaveLength(1);
  });

  it('meet pages that allow their own style and nothing else', () => {
    expect(REPORT_STYLE_HASH).toBe(`sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}`);
    for (const text of pages.values())
      expect(text).toContain(
        `content="default-src &#39;none&#39;; style-src &#39;${REPORT_STYLE_HASH}&#39;; base-uri`,
      );
  });

  it('make names of files that every system takes', () => {
    expect([...fileNames(['../../x', 'CON', '', 'a b', 'A-B', 'Ёж', '.', '-rf']).values()]).toEqual([
      'x',
      'x-CON',
      'x-',
      'a-b',
      'A-B-2',
      'Ёж',
      'x--2',
      'rf',
    ]);
    const long = fileNames(['x'.repeat(500), `${'x'.repeat(500)}y`]);
    expect(new Set(long.values()).size).toBe(2);
    expect([...long.values()].every((each) => each.length < 70)).toBe(true);
  });
});

describe('a statement', () => {
  const text = textOf(pages.get('statements/anna.html')!);

  it('has pay with how it came about, feedback and room for the meeting', () => {
    // 5,000 × 3% + 3,000 × 5% = 300; 80% of the target scores 50%: 500
    expect(text).toContain('To be paid 800.00 RUB');
    expect(text).toContain('8,000.00 RUB 10,000.00 RUB 80 % ▲ close to target');
    expect(text).toContain('Score 50 %');
    expect(text).toContain('from 5,000.00 RUB: 3,000.00 RUB × 5 % = 150.00 RUB');
    expect(text).toContain('Where it falls short');
    expect(text).toContain('Date of the meeting');
  });

  it('says a place, and nothing of others', () => {
    // by score: 100%, 75%, 50%, 0%
    expect(text).toContain('Place by score 3 of 4');
    const html = pages.get('statements/anna.html')!;
    for (const other of ['alert(6)', 'alert(7)', '202e', '+7 495', '12,000', '9,000'])
      expect(html, other).not.toContain(other);
  });

  it('is told in Russian too', async () => {
    const ru = await pagesOf({ language: 'ru' });
    const told = textOf(ru.get('statements/anna.html')!);
    expect(told).toContain('К выплате 800,00 RUB');
    expect(told).toContain('февраль 2026');
    expect(told).toContain('Слабое место');
    expect(ru.get('index.html')).toContain('<html lang="ru">');
  });

  it('has what was said in meetings', async () => {
    const meetings = [
      {
        person: 'anna',
        period: '2026-02',
        comments: [{ by: 'olga', at: '2026-03-03T10:00+03:00', text: 'Two <b>renewals</b> moved to March' }],
        acknowledgements: [{ by: 'anna', at: '2026-03-04' }],
      },
    ];
    const one = await pagesOf({ person: 'anna', feedback: 'none', meetings });
    const told = textOf(one.get('statements/anna.html')!);
    expect(told).toContain('3 March 2026, 10:00, olga Two &lt;b&gt;renewals&lt;/b&gt; moved to March');
    expect(told).toContain('Acknowledged by anna, 4 March 2026');
    expect(told).not.toContain('Date of the meeting');
  });

  it('says why a closed period is corrected', () => {
    const [statement] = anna.statements;
    const cause = {
      kind: 'row',
      change: 'changed',
      source: 'deal',
      key: 'D-7',
      fields: [{ field: 'amount', before: '10000', after: '9000' }],
    } as const;
    const line = {
      kind: 'adjustment',
      name: 'deal D-7',
      period: '2025-12',
      formula: '',
      inputs: [],
      computed: '-30',
      amount: '-30',
      cause,
      lines: [{ kind: 'bonus', name: 'commission', role: 'hunter', amount: '-30' }],
    } as const;
    const page = (language: 'en' | 'ru') =>
      textOf(
        statementPage({
          result: anna,
          statement: { ...statement!, lines: [line] },
          language,
          places: [],
          pictures: [],
        }),
      );
    expect(page('en')).toContain('Correction of December 2025 -30.00 RUB');
    expect(page('en')).toContain('deal D-7 has changed amount: 10000 before, 9000 now');
    expect(page('en')).toContain('commission (hunter): -30.00 RUB');
    expect(page('ru')).toContain('amount: было 10000, стало 9000');
  });

  it('says that rejected rows were left out', () => {
    const [statement] = anna.statements;
    const shown = { result: anna, statement: statement!, places: [], pictures: [] };
    expect(anna.rejectsAllowed).toBe(true);
    expect(textOf(statementPage({ ...shown, language: 'en' }))).toMatch(/WITHOUT REJECTED ROWS \(\w+: \d/);
    expect(textOf(statementPage({ ...shown, language: 'ru' }))).toMatch(/БЕЗ ОТКЛОНЁННЫХ СТРОК \(\w+: \d/);
  });
});

describe('a dashboard', () => {
  const role = textOf(pages.get('role-seller.html')!);

  it('has people in order, awards and cost by component', () => {
    expect(role).toMatch(/1 \\u\{202e\}evil.* 2 &lt;script&gt;alert\(7\).* 3 O&#39;Neil.* 4 \+7 495/);
    // 500 + 350 + 90.02 + 300 of commission (3,000.5 × 3% = 90.015), 1,000 + 750 + 0 + 500 of the plan, and the award
    expect(role).toContain('1,240.02 RUB');
    expect(role).toContain('2,250.00 RUB');
    expect(role).toContain('Total 3,990.02 RUB');
  });

  it('counts statuses', () => {
    // attainments of 120%, 90%, 80% and 30.005%
    expect(role).toContain('● 1 ▲ 2 ■ 1');
  });

  it('of a team is of its people alone', () => {
    const team = textOf(pages.get('team-etc.html')!);
    expect(team).toContain('alert(7)');
    expect(team).not.toContain('Neil');
  });
});

describe('parts of a result', () => {
  it('place equals alike, and after two firsts comes the third', () => {
    const [statement] = anna.statements;
    const [role] = statement!.roles;
    const of = (person: string, score: string | null) => ({
      ...statement!,
      person,
      roles: [{ ...role!, score: { lines: [], value: percent(score) } }],
    });
    const result = { ...anna, statements: [of('a', '1'), of('b', '1'), of('c', '1/3'), of('d', null)] };
    const places = rolePlaces(result, '2026-01');
    expect(['a', 'b', 'c', 'd'].map((each) => places.get(each)?.[0]?.place)).toEqual([1, 1, 3, undefined]);
    expect(places.get('a')?.[0]).toMatchObject({ by: 'score', of: 3 });
  });

  it('are final where a period is closed', () => {
    const [statement] = anna.statements;
    const frozen: Final = {
      result: { ...anna, statements: [{ ...statement!, pay: '1' }] },
      closed: { by: 'olga', at: '2026-02-03' },
    };
    expect(withFinals(anna, [frozen]).statements.map((each) => each.pay)).toEqual(['1']);
    const later = { ...frozen, result: { ...frozen.result, periods: ['2026-02'] } };
    expect(withFinals(anna, [later]).statements).toEqual(anna.statements);
  });
});

describe('dates and periods', () => {
  it('are named as the language does', () => {
    expect(dayName('en', '2026-06-30')).toBe('30 June 2026');
    expect(plain(dayName('ru', '2026-06-30'))).toBe('30 июня 2026 г.');
    expect(['2026-06', '2026-Q2', '2026', '2026-W05'].map((each) => periodName('en', each))).toEqual([
      'June 2026',
      'Q2 2026',
      '2026',
      '2026-W05',
    ]);
    expect(periodName('ru', '2026-Q4')).toBe('IV квартал 2026 г.');
    expect(momentName('en', '2026-02-03T10:00+03:00')).toBe('3 February 2026, 10:00');
    expect(momentName('en', '\u202enever')).toBe('\\u{202e}never');
  });

  it('group digits as the language does', () => {
    const digits = (language: string, locale: string) =>
      plain(new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(1234567.5)) === language;
    expect(digits('1,234,567.50', 'en')).toBe(true);
    expect(digits('1 234 567,50', 'ru')).toBe(true);
    expect(rub('1234567.5').type).toEqual({ kind: 'money', currency: 'RUB' });
  });
});

describe.each([
  ['pages', EN, RU, '.'],
  ['sentences', SENTENCES_EN, SENTENCES_RU, '.'],
  ['charts', CHARTS_EN, CHARTS_RU, '../charts'],
] as const)('the words of %s', (_, english, russian, folder) => {
  const valuesIn = (text: string) =>
    [...new Set([...text.matchAll(/\{(\w+)/g)].map((each) => each[1]!))].sort();

  it('are the same in both languages', () => {
    expect(Object.keys(russian)).toEqual(Object.keys(english));
    const other = Object.values(russian);
    for (const [at, [key, text]] of Object.entries(english).entries()) {
      const told = other[at] as string;
      expect(valuesIn(told), key).toEqual(valuesIn(text));
      expect(text, key).not.toMatch(/[а-яё]/i);
      const values = Object.fromEntries(valuesIn(text).map((each) => [each, 3]));
      expect(filled(told, values, 'ru'), key).not.toMatch(/[{}]/);
    }
  });

  it('are all used', () => {
    const code = readdirSync(join(REPORT, folder))
      .filter((each) => !/words-(?:en|ru)\.ts$/.test(each))
      .map((each) => readFileSync(join(REPORT, folder, each), 'utf8'))
      .concat(readFileSync(join(REPORT, '../charts/report-dashboards.ts'), 'utf8'))
      .join('\n');
    const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((each) => each[1] as string);
    const unused = Object.keys(english).filter(
      (key) => !code.includes(`'${key}'`) && !made.some((each) => key.startsWith(each)),
    );
    expect(unused).toEqual([]);
  });
});
