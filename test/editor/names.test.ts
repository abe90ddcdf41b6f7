// What a name stands for, where else it is written, and calling it otherwise: places worked out by hand, in both forms.

import { describe, expect, it } from 'vitest';
import { definitionAt, referencesAt } from '../../src/editor/definition.ts';
import { withEdits } from '../../src/editor/edits.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { nameAt, renameAt } from '../../src/editor/rename.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { marked, shown } from './helpers.ts';

const TEXT = `policy p {
  title "Политика 📈"
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01
}

// ради примера 🎯 with an emoji
person {
  регион: text
  quota: money
}

event deal {
  since 2025-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  amount: money
  status: won | lost
  is_won = status is won
  first_of_client = nth(by client where is_won) is 1
}

event refund {
  since 2025-01-01
  id: text key
  deal: deal
  refunded_on: date posts
  manager: person owner
  client: text
  amount: money
  again = exists(deal of client within 30 days after refunded_on)
}

table care {
  client: text key
  farmer: person
}

credit deal {
  to manager 100%
  to care[client].farmer 30% extra as care when care[client].farmer exists
}

kpi выручка "Выручка" = sum(deal.amount where is_won)

kpi deals = count(deal where is_won)

kpi cared = sum(deal.amount as care)

let half = выручка / 2

curve standard linear {
  below 80%: 0%
  80%: 50%
  100%: 100%
  above: 150%
}

rates ladder marginal {
  from 0 RUB: 3%
  from 1_000 RUB: 5%
}

role seller {
  target выручка 1_000 RUB
  scorecard {
    выручка 100% on standard
  }
  gate deals >= 1
  bonus plan gated = 100 RUB * score
  bonus commission = ladder(выручка) when person.регион is "Юг"
  bonus both = plan + commission
}

role hunter extends seller {
  bonus commission = 5% * half
}

award best {
  to top 1 of hunter by выручка[team, ytd]
  gives 1_000 RUB
}

test "one deal" {
  person anna { role hunter, quota 1 RUB }
  2 deals { manager anna, client c, amount 100 RUB, closed_on 2026-01-05, status won }
  expect anna in 2026-01 {
    commission is 5 RUB
    выручка is 200 RUB
  }
}

invariant "never more" {
  commission <= 7% * выручка + 1_000 RUB
}
`;
const YAML = convertPolicy({ name: 'p.merit', text: TEXT }, 'yaml').value!;
const FORMS = [
  ['text', 'p.merit', TEXT],
  ['YAML', 'p.merit.yaml', YAML],
] as const;

/** The place of the mark in a piece of the text that stands there once. */
function at(text: string, piece: string): number {
  const plain = piece.replace('‸', '');
  const first = text.indexOf(plain);
  if (first < 0 || text.indexOf(plain, first + 1) >= 0) throw new Error(`not there once: ${plain}`);
  return first + piece.indexOf('‸');
}

function lineAt(project: Project, span: { readonly source: string; readonly start: number }): string {
  const { text } = project.sources.find(({ name }) => name === span.source)!;
  const from = text.lastIndexOf('\n', span.start - 1) + 1;
  return text.slice(from, text.indexOf('\n', from)).trim();
}

it('the policy checks in both forms', () => {
  for (const [, name, text] of FORMS)
    expect(
      openProject([{ name, text }]).checked.diagnostics.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
});

// a piece with the cursor; the line of the definition in each form; how often the name is written
const NAMES: readonly (readonly [string, string, string | undefined, number])[] = [
  // the field of deal: its line, two sums, the row of the test
  ['sum(deal.am‸ount where is_won)', 'amount: money', undefined, 4],
  ['sum(d‸eal.amount where is_won)', 'event deal {', 'deal:', 8],
  ['sum(deal.amount where is_w‸on)', 'is_won = status is won', 'is_won: status is won', 4],
  [
    'sum(deal.amount as ca‸re)',
    'to care[client].farmer 30% extra as care when care[client].farmer exists',
    undefined,
    2,
  ],
  ['status is w‸on', 'status: won | lost', undefined, 3],
  ['ladder(выруч‸ка)', 'kpi выручка "Выручка" = sum(deal.amount where is_won)', 'выручка:', 8],
  ['lad‸der(выручка)', 'rates ladder marginal {', 'ladder:', 2],
  ['person.рег‸ион is', 'регион: text', undefined, 2],
  ['100 RUB * sco‸re', '', undefined, 0],
  ['5% * ha‸lf', 'let half = выручка / 2', 'half: выручка / 2', 2],
  ['pl‸an + commission', 'bonus plan gated = 100 RUB * score', 'plan:', 2],
  // both roles have it: one name, declared twice, used in `both`, in the test and in the invariant
  ['com‸mission <= 7%', 'bonus commission = ladder(выручка) when person.регион is "Юг"', 'commission:', 5],
  ['to top 1 of hun‸ter by', 'role hunter extends seller {', 'hunter:', 3],
  ['extends sel‸ler', 'role seller {', 'seller:', 2],
  ['on stand‸ard', 'curve standard linear {', 'standard:', 2],
];

describe.each(FORMS)('in %s', (form, name, text) => {
  const project = openProject([{ name, text }]);
  const pieces = NAMES.map(([piece, ...rest]) => {
    const inYaml = piece
      .replace('to top 1 of hun‸ter by', 'top 1 of hun‸ter by')
      .replace('extends ', 'extends: ');
    return [form === 'YAML' ? inYaml : piece, ...rest] as const;
  });

  it.each(pieces)('%s', (piece, inText, inYaml, places) => {
    const offset = at(text, piece);
    const [definition] = definitionAt(project, name, offset);
    const line = form === 'text' ? inText : (inYaml ?? inText.replace('to care', '- to care'));
    if (line === '') expect(definition).toBeUndefined();
    else expect(lineAt(project, definition!)).toBe(line);
    const references = referencesAt(project, name, offset);
    if (places > 0) expect(references.map(({ span }) => shown(project, span)).length).toBe(places);
  });

  it('a use is among the references of its definition', () => {
    for (const each of project.names.byFile.get(name)!) {
      const [definition] = definitionAt(project, name, each.span.start);
      if (!definition) continue;
      const spans = referencesAt(project, name, definition.start).map(({ span }) => span);
      expect(spans).toContainEqual(each.span);
    }
  });

  it('a rename writes the name at all places, and nothing else', () => {
    const { edits } = renameAt(project, name, at(text, 'ladder(выруч‸ка)'), 'доход') as {
      readonly edits: Parameters<typeof withEdits>[1];
    };
    const after = withEdits(project.sources, edits)[0]!.text;
    expect(after).toBe(text.replaceAll('выручка', 'доход'));
  });

  it('a rename keeps the plural in the rows of tests', () => {
    const answer = renameAt(project, name, at(text, 'sum(d‸eal.amount where'), 'inquiry');
    if ('refused' in answer) throw new Error(answer.refused);
    const after = withEdits(project.sources, answer.edits)[0]!.text;
    expect(after).toContain('2 inquiries');
    expect(answer.note).toBe(
      'the data of `deal` is now asked for as `inquiry`: change it in merit.config.yaml, too',
    );
  });

  it.each([
    ['100 RUB * sco‸re', 'points', '`score` is a word of the language, which has that name in every policy'],
    ['su‸m(deal.amount where', 'total', '`sum` is a function, which has that name in every policy'],
    ['выручка[te‸am, ytd]', 'group', '`team` is a scope or window, which has that name in every policy'],
    ['5% * ha‸lf', 'deals', '`deals` is the name of a KPI already'],
    ['5% * ha‸lf', 'plan', '`plan` is the name of a bonus already'],
    [
      '5% * ha‸lf',
      'score',
      "`half` can't be called `score`: a value may not be called `score`, which is the score of the scorecard",
    ],
    [
      '5% * ha‸lf',
      'a half',
      "`a half` can't stand in a formula: a name there is one word of letters, digits and `_`, and begins with a letter",
    ],
    ['5% * ha‸lf', ' ', 'a name has at least one letter or digit, and no space at its ends'],
    ['sum(deal.am‸ount where is_won)', 'client', '`client` is the name of a field already'],
    [
      'sum(deal.am‸ount where is_won)',
      'otherwise',
      '`otherwise` is a word of the language, and would be read as that',
    ],
  ])('%s refuses to be called %s', (piece, to, why) => {
    expect(renameAt(project, name, at(text, piece), to)).toEqual({ refused: why });
  });

  it('a field tells of the column that is read', () => {
    expect(renameAt(project, name, at(text, 'sum(deal.am‸ount where is_won)'), 'sum_paid')).toMatchObject({
      note: 'the data is now read from a column called `sum_paid`; where it keeps the name `amount`, say so under `columns` in merit.config.yaml: `sum_paid: amount`',
    });
  });

  it('a KPI tells of tables that say by its name whose targets they give', () => {
    const head = 'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n}\n';
    const quota = 'table quota { kpi: text key, month: period key, goal: number }\n';
    const { project, file, offset } = marked(
      `${head}${quota}event e { id: text key, at: date posts, m: person owner }\nkpi sa‸les = count(e)\nrole r { target sales from quota }\n`,
    );
    expect(renameAt(project, file, offset, 'deals')).toMatchObject({
      note: 'rows of `quota` that give the target of `sales` have to say `deals`',
    });
  });

  it('one name that says fields of two events is changed in both', () => {
    const answer = renameAt(project, name, at(text, 'exists(deal of cli‸ent within'), 'account');
    if ('refused' in answer) throw new Error(answer.refused);
    const after = openProject(withEdits(project.sources, answer.edits));
    expect(
      after.checked.value?.events.map(({ fields }) => fields.map((each) => each.name).includes('account')),
    ).toEqual([true, true]);
  });
});

describe('files of one policy', () => {
  const HEAD =
    'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n  effective from 2026-01-01\n}\n';

  it('lead from a path to the file, and from a use to where it is declared', () => {
    const other = {
      name: 'cal.merit',
      text: 'calendar office {\n  work monday to friday 09:00 to 18:00\n}\n',
    };
    const path = marked(`${HEAD}import "./c‸al.merit"\n`, 'p.merit', [other]);
    expect(definitionAt(path.project, 'p.merit', path.offset)).toEqual([
      { source: 'cal.merit', start: 0, end: 0 },
    ]);
    expect(nameAt(path.project, 'p.merit', path.offset)).toEqual({
      refused: '`cal.merit` is a file: move the file itself',
    });
    const use = marked(
      `${HEAD}import "./cal.merit"\nrole a { prorate by working days }\nevent e { id: text key, at: datetime posts, m: person owner, took = working_time(at, at, off‸ice) }\n`,
      'p.merit',
      [other],
    );
    expect(definitionAt(use.project, 'p.merit', use.offset).map((each) => shown(use.project, each))).toEqual([
      '1 office',
    ]);
    const answer = renameAt(use.project, 'p.merit', use.offset, 'desk');
    expect('edits' in answer && answer.edits.map(({ span, text }) => [span.source, text])).toEqual([
      ['p.merit', 'desk'],
      ['cal.merit', 'desk'],
    ]);
  });

  it('an amending file and what it takes the place of have one name', () => {
    const base = `${HEAD}kpi old = count(e)\nevent e { id: text key, at: date posts, m: person owner }\nlet twice = old * 2\n`;
    const change = marked('policy q { amends "./base.merit" }\nlet twi‸ce = 3 * old\n', 'change.merit', [
      { name: 'base.merit', text: base },
    ]);
    expect(
      referencesAt(change.project, 'change.merit', change.offset).map(({ span }) => span.source),
    ).toEqual(['change.merit', 'base.merit']);
    // also where the formula that uses it is the one that is replaced
    const old = referencesAt(change.project, 'base.merit', base.indexOf('old'));
    expect(old.map(({ span }) => shown(change.project, span)).toSorted()).toEqual([
      '2 old',
      '7 old',
      '9 old',
    ]);
  });

  it('what isn’t given may use the name, too', () => {
    const { project, file, offset } = marked(`${HEAD}import "./gone.merit"\nlet ha‸lf = 50%\n`);
    expect(renameAt(project, file, offset, 'part')).toEqual({
      refused: expect.stringMatching(/^a file that this policy names isn't given, and may use the name too/),
    });
  });
});

describe('files that are broken in places', () => {
  const HEAD =
    'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n}\nevent deal {\n  id: text key\n  at: date posts\n  m: person owner\n  amount: money\n}\n';

  it('the rest still answers', () => {
    const { project, file, offset } = marked(
      `${HEAD}kpi b = sum(deal.am‸ount)\nkpi a = sum(deal.amount\nrole x { bonus\n`,
    );
    expect(definitionAt(project, file, offset).map((each) => shown(project, each))).toEqual(['10 amount']);
  });

  it('a KPI with a mistake in it is still the one that is named', () => {
    const { project, file, offset } = marked(
      `${HEAD}kpi a = sum(deal.amont)\nrole x { bonus b = 5% * ‸a }\n`,
    );
    expect(definitionAt(project, file, offset).map((each) => shown(project, each))).toEqual(['12 a']);
  });

  it('nothing is renamed that may stand where nobody can read it', () => {
    const { project, file, offset } = marked(
      `${HEAD}kpi a = sum(deal.am‸ount)\nrole x { bonus b 5% (* amount }\n`,
    );
    expect(renameAt(project, file, offset, 'paid')).toEqual({
      refused: "line 13 of p.merit can't be understood yet, and `amount` stands in it: mend it first",
    });
  });
});
