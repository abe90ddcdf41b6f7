// The outline, folding, colours and formatting of files, in both forms.

import { describe, expect, it } from 'vitest';
import { type Colour, coloursOf } from '../../src/editor/colours.ts';
import { textWithEdits, withEdits } from '../../src/editor/edits.ts';
import { foldsOf } from '../../src/editor/folding.ts';
import { formatEdits, lineEdits } from '../../src/editor/format.ts';
import { type OutlineItem, outlineOf } from '../../src/editor/outline.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';
import { EXAMPLES } from './helpers.ts';

const TEXT = `// what it is for 🎯
// on two lines
policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
}

event deal {
  since 2026-01-01
  id: text key
  at: datetime posts
  manager: person owner
  amount: money
  status: won | lost
  /// signed at last
  is_won = status is won
}

/// All that is sold.
/// Also abroad.
kpi sales "Продажи" = sum(deal.amount where is_won)

let before = sales[team, previous 2] else 0 RUB

role seller "Продавец" {
  target sales 1_000 RUB
  bonus plan "План" = 5% * sales when deal_count > 3
}

kpi deal_count = count(deal where is_won)

test "one" {
  person anna { role seller }
  expect anna in 2026-01 { sales is 0 RUB }
}
`;
const YAML = convertPolicy({ name: 'p.merit', text: TEXT }, 'yaml').value!;

function open(name: string, text: string): Project {
  return openProject([{ name, text }]);
}

/** `kind name: detail`, parts indented. */
function lines(items: readonly OutlineItem[], indent = ''): readonly string[] {
  return items.flatMap((each) => [
    `${indent}${each.kind} ${each.name}${each.detail === undefined ? '' : `: ${each.detail}`}`,
    ...lines(each.children, `${indent}  `),
  ]);
}

describe.each([
  ['p.merit', TEXT],
  ['p.merit.yaml', YAML],
])('%s', (name, text) => {
  const project = open(name, text);

  it('has an outline with titles and types', () => {
    const outline = outlineOf(project, name);
    expect(lines(outline).toSorted()).toEqual(
      [
        'policy p',
        'event deal',
        '  field id: text',
        '  field at: date and time',
        '  field manager: person',
        '  field amount: RUB',
        '  field status: won | lost',
        '  computed field is_won: yes or no',
        'kpi sales: Продажи, RUB',
        'let before: RUB',
        'role seller: Продавец',
        '  target sales',
        '  bonus plan: План, RUB',
        'kpi deal_count: number',
        'test one',
      ].toSorted(),
    );
    const isIn = (each: OutlineItem): boolean =>
      each.span.start <= each.nameSpan.start &&
      each.nameSpan.end <= each.span.end &&
      each.children.every(isIn);
    expect(outline.every(isIn)).toBe(true);
    const sales = outline.find((each) => each.name === 'sales')!;
    expect(sales.doc).toBe('All that is sold.\nAlso abroad.');
    expect(text.slice(sales.nameSpan.start, sales.nameSpan.end)).toBe('sales');
  });

  it('has colours by what names stand for', () => {
    const colours = coloursOf(project, name);
    const of = (kind: string): readonly string[] => [
      ...new Set(
        colours.flatMap((each) => (each.kind === kind ? [text.slice(each.span.start, each.span.end)] : [])),
      ),
    ];
    expect(of('kpi').toSorted()).toEqual(['deal_count', 'sales']);
    expect(of('field').toSorted()).toEqual(['amount', 'at', 'id', 'is_won', 'manager', 'status']);
    expect(of('event')).toEqual(['deal']);
    expect(of('word').toSorted()).toEqual(['lost', 'won']);
    expect(of('role')).toEqual(['seller']);
    expect(of('scope').toSorted()).toEqual(['previous', 'team']);
    expect(of('function').toSorted()).toEqual(['count', 'sum']);
    expect(of('bonus')).toEqual(['plan']);
    expect(of('let')).toEqual(['before']);
    expect(of('money').toSorted()).toEqual(['0 RUB', '1_000 RUB']);
    expect(of('number').toSorted()).toEqual(['2', '3', '5%']);
    expect(of('date').toSorted()).toEqual(['2026-01', '2026-01-01']);
    expect(of('type').toSorted()).toEqual(['datetime', 'money', 'person', 'text']);
    expect(of('test').map((each) => each.replaceAll('"', ''))).toEqual(['one']);
    expect(of('test person')).toEqual(['anna']);
    expect(of('unit')).toEqual(['RUB']);
    expect(of('comment').length).toBe(2);
    expect(of('doc').join(' ')).toMatch(/All that is sold\..*Also abroad\./);
    expect(of('keyword')).toContain('where');
    const declared = colours.filter(({ modifiers }) => modifiers.includes('declaration'));
    expect(declared.map(({ span }) => text.slice(span.start, span.end))).toContain('sales');
  });

  it('folds blocks and comments', () => {
    const seen = foldsOf(project, name).map(
      ({ kind, span }) => `${kind} ${text.slice(span.start, span.end).split('\n')[0]}`,
    );
    const [first] = text.split('\n');
    expect(seen[0]).toBe(`comment ${first}`);
    const blocks =
      name === 'p.merit'
        ? ['block policy p {', 'block event deal {', 'block role seller "Продавец" {', 'block test "one" {']
        : [
            'block events:',
            'block   deal:'.replace('   ', ' '),
            'block roles:',
            'block seller:',
            'block one:',
          ];
    for (const each of blocks) expect(seen).toContain(each);
  });
});

describe.each(Object.entries(EXAMPLES))('%s', (_, sources) => {
  const project = openProject(sources);

  it.each(sources.map((each) => [each.name, each] as const))(
    '%s: colours lie on lines, in order and apart',
    (name, { text }) => {
      const colours = coloursOf(project, name);
      expect(colours.length).toBeGreaterThan(0);
      let at = 0;
      for (const { span } of colours) {
        expect(span.start).toBeGreaterThanOrEqual(at);
        expect(span.end).toBeGreaterThan(span.start);
        expect(text.slice(span.start, span.end)).not.toMatch(/[\r\n]/);
        at = span.end;
      }
    },
  );

  it.each(sources.map((each) => [each.name, each] as const))(
    '%s: every name has a colour',
    (name, { text }) => {
      const colours = coloursOf(project, name);
      const starts = new Map(colours.map((each) => [each.span.start, each]));
      for (const { span } of project.names.byFile.get(name)!) {
        const within = [...starts.values()].some(
          (each: Colour) => each.span.start < span.end && span.start < each.span.end,
        );
        expect(within, text.slice(span.start, span.end)).toBe(true);
      }
    },
  );

  it.each(sources.map((each) => [each.name, each] as const))(
    '%s: formatting mends what the layout lost',
    (name, source) => {
      const lines = source.text.split('\n');
      // every fifth line of the text form is indented in another way; in YAML only blank lines can be
      const worse = lines.map((line, index) =>
        index % 5 === 0 && line !== '' && !name.endsWith('.yaml') ? `   ${line}` : line,
      );
      const text = `${worse.join('\n')}\n\n\n`;
      const others = sources.map((each) => (each.name === name ? { name, text } : each));
      const edits = formatEdits(openProject(others), name);
      const after = withEdits(others, edits).find((each) => each.name === name)!.text;
      expect(after).toBe(formatPolicy({ name, text }).value);
    },
  );
});

describe('formatting', () => {
  it('touches only what changes', () => {
    const text = TEXT.replace('  currency RUB', 'currency   RUB').replace('let before', 'let   before');
    const edits = formatEdits(open('p.merit', text), 'p.merit');
    expect(edits.every(({ span }) => span.end - span.start < 40)).toBe(true);
    expect(textWithEdits(text, edits)).toBe(formatPolicy({ name: 'p.merit', text }).value);
  });

  it('keeps the line ends of the file', () => {
    const text = TEXT.replace('  currency', ' currency').replaceAll('\n', '\r\n');
    const edits = formatEdits(open('p.merit', text), 'p.merit');
    const formatted = formatPolicy({ name: 'p.merit', text }).value!;
    expect(textWithEdits(text, edits)).toBe(formatted.replaceAll('\n', '\r\n'));
    expect(edits.length).toBeLessThan(10);
  });

  it('leaves a file alone that can’t be read', () => {
    expect(formatEdits(open('p.merit', `${TEXT}\nkpi x = (`), 'p.merit')).toEqual([]);
    expect(formatEdits(open('p.merit', TEXT), 'other.merit')).toEqual([]);
  });

  it.each([
    ['a\nb\nc\n', 'a\nc\n', [[2, 4, '']]],
    ['a\nb\n', 'a\nx\nb\n', [[2, 2, 'x\n']]],
    ['a\nbcd\n', 'a\nbxd\n', [[3, 4, 'x']]],
    ['😀\n', '😁\n', [[0, 2, '😁']]],
    ['', 'a\n', [[0, 0, 'a\n']]],
    ['a', '', [[0, 1, '']]],
  ])('%j to %j', (from, to, edits) => {
    const found = lineEdits({ name: 'f', text: from }, to);
    expect(found.map(({ span, text }) => [span.start, span.end, text])).toEqual(edits);
    expect(textWithEdits(from, found)).toBe(to);
  });
});
