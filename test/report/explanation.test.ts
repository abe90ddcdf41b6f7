// How explanations are written out: sentences in both languages, text, HTML and the published form.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Explanation, Step } from '../../src/model/explanation.ts';
import type { FigureValue } from '../../src/model/inputs.ts';
import { distanceIn, figureIn } from '../../src/report/explain-figures.ts';
import { explanationHtml, STYLE, STYLE_HASH } from '../../src/report/explain-html.ts';
import { explanationText } from '../../src/report/explain-text.ts';
import { WORDS } from '../../src/report/explain-words.ts';
import { explanationSchema } from '../../src/report/explanation-schema.ts';

const RUB = { kind: 'money', currency: 'RUB' } as const;
const PERCENT = { kind: 'percent' } as const;
const money = (value: string): FigureValue => ({ value, type: RUB });

const REVENUE: Step = {
  kind: 'kpi',
  id: 's1',
  name: 'revenue',
  title: 'Revenue',
  text: 'sum(deal.amount)',
  at: { file: 'a/policy.merit', line: 4, column: 9 },
  value: money('1234567.5'),
  how: {
    kind: 'rows',
    aggregate: 'sum',
    event: 'deal',
    from: '2026-01-01',
    until: '2026-01-31',
    scope: 'own',
  },
  parts: [],
  rows: {
    event: 'deal',
    count: 3,
    rows: [
      {
        key: 'D-1',
        row: 2,
        day: '2026-01-05',
        share: '0.5',
        value: money('2000000'),
        adds: money('1000000'),
      },
    ],
    rest: { count: 2, value: money('234567.5') },
  },
};

const BONUS: Step = {
  kind: 'bonus',
  name: 'commission',
  title: 'Commission <b>&"\u202e',
  text: 'revenue * 3%',
  value: money('0'),
  how: {
    kind: 'bonus',
    counts: 'payable now',
    share: '1',
    computed: '37037.025',
    because: [{ kind: 'gate', condition: 'conversion >= 10%' }],
    payable: '0',
    rounding: { step: '0.01', mode: 'half up' },
    earned: '0',
  },
  parts: [
    {
      kind: 'formula',
      name: 'revenue * 3%',
      text: 'revenue * 3%',
      value: money('37037.025'),
      how: { kind: 'operation', function: '*' },
      parts: [
        REVENUE,
        {
          kind: 'constant',
          name: '3%',
          value: { value: '0.03', type: PERCENT },
          how: { kind: 'given' },
          parts: [],
        },
      ],
    },
  ],
  would: [
    {
      kind: 'gate',
      text: 'conversion >= 10%',
      held: {
        text: 'conversion',
        value: { value: '1/11', type: PERCENT },
        bound: { value: '0.1', type: PERCENT },
        short: { value: '1/110', type: PERCENT },
      },
      amount: '37037.03',
      pay: '37037.03',
      currency: 'RUB',
    },
  ],
};

const EXPLANATION: Explanation = {
  formatVersion: 1,
  policy: { name: 'sales', currency: 'RUB' },
  person: 'anna',
  name: 'Anna',
  period: '2026-01',
  asked: 'commission',
  rejectsAllowed: false,
  answers: [BONUS],
};

describe('words', () => {
  it('are the same in both languages, down to the words within', () => {
    const keysOf = (value: object): readonly string[] =>
      Object.entries(value).flatMap(([key, each]) =>
        typeof each === 'object' ? keysOf(each).map((inner) => `${key}.${inner}`) : [key],
      );
    expect(keysOf(WORDS.ru).toSorted()).toEqual(keysOf(WORDS.en).toSorted());
    expect(keysOf(WORDS.en).length).toBeGreaterThan(150);
  });

  it('say the same values: what is put in stands in every sentence', () => {
    for (const [key, english] of Object.entries(WORDS.en)) {
      if (typeof english !== 'function' || OF_KINDS.has(key)) continue;
      const args = Array.from({ length: english.length }, (_, at) => (COUNTS.has(key) ? at + 21 : `<${at}>`));
      const russian = WORDS.ru[key as keyof typeof WORDS.ru] as (...all: unknown[]) => string;
      const shown = (text: string) => (text.match(/<\d>/g) ?? []).toSorted();
      const said = (english as (...all: unknown[]) => string)(...args);
      expect(shown(russian(...args)), key).toEqual(shown(said));
      expect(russian(...args), key).not.toContain('undefined');
    }
  });

  it.each([
    [1, '1 строка'],
    [2, '2 строки'],
    [5, '5 строк'],
    [11, '11 строк'],
    [21, '21 строка'],
    [112, '112 строк'],
  ])('count in Russian: %d is %s', (count, text) => expect(WORDS.ru.rows(count)).toBe(text));

  it.each([
    [1, '1 row'],
    [2, '2 rows'],
    [1200, '1,200 rows'],
  ])('count in English: %d is %s', (count, text) => expect(WORDS.en.rows(count)).toBe(text));
});

/** Sentences that take a word of ours, which each language has its own for. */
const OF_KINDS = new Set(['ofDays', 'override', 'later']);
/** Sentences of a number of things. */
const COUNTS = new Set(['people', 'rows', 'periods', 'hidden']);

describe('figures', () => {
  it.each([
    ['en', money('1234567.5'), '1,234,567.50 RUB'],
    ['ru', money('1234567.5'), '1\u00a0234\u00a0567,50 RUB'],
    ['ru', money('-1/3'), '-0,33… RUB'],
    ['en', { value: '1/11', type: PERCENT }, '9.09… %'],
    ['ru', { value: '1/11', type: PERCENT }, '9,09… %'],
    ['ru', { value: '15900', type: { kind: 'duration' } }, '4 ч 25 мин'],
    ['ru', { value: 'true', type: { kind: 'truth' } }, 'да'],
    ['en', { value: null, type: RUB }, 'missing'],
    ['ru', { value: null, type: RUB }, 'нет значения'],
  ] as const)('%s: %o', (language, figure, text) => expect(figureIn(language, figure)).toBe(text));

  it('lie apart by points where they are percents', () => {
    expect(distanceIn('en', { value: '-1/110', type: PERCENT })).toBe('0.90… points');
    expect(distanceIn('en', { value: '0.01', type: PERCENT })).toBe('1 point');
    expect(distanceIn('ru', { value: '0.055', type: PERCENT })).toBe('5,5 п. п.');
    expect(distanceIn('en', money('-5'))).toBe('5.00 RUB');
  });
});

describe('text', () => {
  it('tells a bonus with its formula, why it is nothing, and what would have paid', () => {
    expect(explanationText(EXPLANATION, { width: 100 })).toBe(`Anna (anna), 2026-01

Commission <b>&"\\u{202e} (commission): 0.00 RUB
  \`revenue * 3%\` = 37,037.025 RUB
  1,234,567.50 RUB × 3 %
  nothing is paid
  because the gate \`conversion >= 10%\` is not passed
  it would come to 37,037.025 RUB
  What would have paid:
    if \`conversion >= 10%\` held: 37,037.03 RUB, and pay 37,037.03 RUB (\`conversion\` is 9.09… %, and
        0.90… points short of 10 %)
  Revenue (revenue): 1,234,567.50 RUB                                                 policy.merit:4
    sum over 3 rows of deal, 2026-01-01 to 2026-01-31
      Key  Row  Day                    Value  Share            Counts
      ───────────────────────────────────────────────────────────────
      D-1    2  2026-01-05  2,000,000.00 RUB   50 %  1,000,000.00 RUB
      and 2 rows more: 234,567.50 RUB
`);
  });

  it('tells less where less is asked for', () => {
    const text = explanationText(EXPLANATION, { depth: 0 });
    expect(text).not.toContain('D-1');
    expect(text).toContain('(1 more step below: raise --depth)');
    expect(explanationText(EXPLANATION, { depth: 0, language: 'ru' })).toContain(
      '(ниже ещё 1 шаг: увеличьте --depth)',
    );
  });

  it('says that rows were left out', () => {
    expect(explanationText({ ...EXPLANATION, rejectsAllowed: true })).toMatch(
      /^Rows that could not be read were left out\.\n/,
    );
  });
});

describe('HTML', () => {
  it('escapes all that it is given, and lets nothing run or load', () => {
    const page = explanationHtml(EXPLANATION);
    expect(page).toContain('Commission &lt;b&gt;&amp;&quot;\\u{202e} (commission)');
    expect(page).not.toContain('<b>');
    expect(page).not.toMatch(/<script|\son[a-z]+=|https?:/);
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;${STYLE_HASH}&#39;; base-uri`,
    );
  });

  it('allows its own style by its hash', () => {
    expect(STYLE_HASH).toBe(`sha256-${createHash('sha256').update(STYLE).digest('base64')}`);
    expect(explanationHtml(EXPLANATION)).toContain(`<style>${STYLE}</style>`);
  });

  it('opens as deep as is asked for', () => {
    const open = (depth: number) =>
      explanationHtml(EXPLANATION, { depth }).match(/<details open>/g)?.length ?? 0;
    expect([open(0), open(1), open(2)]).toEqual([0, 1, 2]);
  });

  it('is in the language that it says', () => {
    const page = explanationHtml(EXPLANATION, { language: 'ru' });
    expect(page).toContain('<html lang="ru">');
    expect(page).toContain('не выплачивается');
  });
});

describe('the published form', () => {
  it('is fresh, and holds the sample', () => {
    const committed = fileURLToPath(new URL('../../schemas/merit.explanation.schema.json', import.meta.url));
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(explanationSchema());
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(explanationSchema());
    expect(isValid(EXPLANATION), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
    expect(isValid({ ...EXPLANATION, more: 1 })).toBe(false);
  });
});
