// What goes on from one version of a policy to the next: nothing that was promised, owed or counted ends with the text
// that it was promised by. Amounts are worked by hand beside each case.

import { expect, test } from 'vitest';
import { explainEvent } from '../../src/ask/moved.ts';
import { seek } from '../../src/ask/seek.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Statement } from '../../src/model/result.ts';
import { openingFor } from '../../src/openings.ts';
import { compileVersions, versionFor } from '../../src/versions.ts';

const DATA = `event deal {
  id: text key
  day: date posts
  who: person owner
  amount: money
}
event payment {
  id: text key
  day: date posts
  deal: deal
  amount: money
}
kpi revenue = sum(deal.amount)
`;

/** A version of the policy that holds in a half of 2026. */
function version(half: 1 | 2, rules: string) {
  const days = half === 1 ? '2026-01-01 until 2026-06-30' : '2026-07-01 until 2026-12-31';
  const text = `policy half_${half} {
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from ${days}
}
${DATA}
${rules}`;
  return { name: `half-${half}.merit`, text };
}

interface Rows {
  readonly people?: string;
  readonly deals: string;
  readonly payments?: string;
}

const ANNA = 'anna,Anna,seller,2026-01-01,';

function sourcesOf({ people = ANNA, deals, payments = '' }: Rows): readonly SourceSpec[] {
  const texts = {
    person: `id,name,role,from,until\n${people}\n`,
    deal: `id,day,who,amount\n${deals}\n`,
    payment: `id,day,deal,amount\n${payments}\n`,
  };
  return Object.entries(texts).map(([name, text]) => ({
    name,
    file: name,
    format: 'csv',
    content: { kind: 'text', text },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  }));
}

/** Statements of a period by the version that holds in it, with what goes on from the others. */
async function statements(
  versions: readonly { readonly name: string; readonly text: string }[],
  period: string,
  rows: Rows,
): Promise<readonly Statement[]> {
  const { value: models, diagnostics } = compileVersions(versions);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  const model = versionFor(models, period).value!;
  const open = async () => createMemoryBackend({ readFile: () => Promise.reject() });
  const request = { model, sources: sourcesOf(rows), period };
  const opening = await openingFor(request, { models, open });
  expect(opening.diagnostics).toEqual([]);
  const result = await run({ ...request, opening: opening.value }, await open());
  expect(result.diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return result.value!.statements;
}

/** What anna is paid in each period of the second half that is asked for, one run each. */
async function paid(
  versions: readonly { readonly name: string; readonly text: string }[],
  periods: readonly string[],
  rows: Rows,
): Promise<readonly (string | undefined)[]> {
  const found = [];
  for (const period of periods) found.push((await statements(versions, period, rows))[0]?.pay);
  return found;
}

const PLAIN = 'role seller { bonus share = revenue * 1% }';

test('parts of the version before are paid when they are due', async () => {
  // 3,000 of June, 10%: 300 in three parts of 100: June, July, August. July by the new version: 1% of 5,000.
  const rows = { deals: '1,2026-06-10,anna,3000\n2,2026-07-10,anna,5000' };
  const versions = [
    version(1, 'role seller { bonus share = revenue * 10% pays in 3 monthly parts }'),
    version(2, PLAIN),
  ];
  expect(await paid(versions, ['2026-07', '2026-08', '2026-09'], rows)).toEqual(['150', '100', '0']);
  const [july] = await statements(versions, '2026-07', rows);
  expect(july!.lines).toMatchObject([{ kind: 'due', name: 'share', period: '2026-06', amount: '100' }]);
  expect(july!.due).toMatchObject([{ period: '2026-08', amount: '100' }]);
  // the same in one run over both months
  const both = await statements(versions, '2026-07..2026-08', rows);
  expect(both.map((each) => each.pay)).toEqual(['150', '100']);
});

test('who has left before the new version has what is still due', async () => {
  const versions = [
    version(1, 'role seller { bonus share = revenue * 10% pays in 3 monthly parts }'),
    version(2, PLAIN),
  ];
  const rows = { people: 'anna,Anna,seller,2026-01-01,2026-06-20', deals: '1,2026-06-10,anna,3000' };
  expect(await paid(versions, ['2026-07', '2026-08', '2026-09'], rows)).toEqual(['100', '100', undefined]);
});

test('what is owed of a draw is recovered by the next version', async () => {
  // June: 100 earned, drawn up to 500: 400 owed. July without a draw: 1% of 30,000 is 300, all of it is kept back.
  // August: 1% of 50,000 is 500, less the 100 that are left.
  const rows = { deals: '1,2026-06-10,anna,1000\n2,2026-07-10,anna,30000\n3,2026-08-10,anna,50000' };
  const people = 'anna,Anna,seller,2026-06-01,';
  const versions = [
    version(1, 'role seller { bonus share = revenue * 10%\n draw 500 RUB recoverable }'),
    version(2, PLAIN),
  ];
  expect(await paid(versions, ['2026-07', '2026-08'], { ...rows, people })).toEqual(['0', '400']);
  const [july] = await statements(versions, '2026-07', { ...rows, people });
  expect(july!.balances).toEqual([{ kind: 'draw', role: 'seller', before: '400', after: '100' }]);
  // with a draw of 200 there too, July's 300 leave 100 for what is owed
  const drawn = [
    versions[0]!,
    version(2, 'role seller { bonus share = revenue * 1%\n draw 200 RUB recoverable }'),
  ];
  expect(await paid(drawn, ['2026-07'], { ...rows, people })).toEqual(['200']);
});

test('what a cap kept is paid under the next cap, or as it would be to who has left the role', async () => {
  // June: 10% of 10,000 is 1,000, 400 paid, 600 kept. July earns 1% of 10,000 = 100.
  const rows = { deals: '1,2026-06-10,anna,10000\n2,2026-07-10,anna,10000' };
  const first = version(1, 'role seller { bonus share = revenue * 10%\n cap 400 RUB carry excess }');
  const capped = [first, version(2, 'role seller { bonus share = revenue * 1%\n cap 300 RUB carry excess }')];
  // 300 − 100 = 200 of the 600; August 300; September the last 100
  expect(await paid(capped, ['2026-07', '2026-08', '2026-09'], rows)).toEqual(['300', '300', '100']);
  // without a cap the old one's amount is paid of it each month: 400 beside what July earns, then 200
  expect(await paid([first, version(2, PLAIN)], ['2026-07', '2026-08', '2026-09'], rows)).toEqual([
    '500',
    '200',
    '0',
  ]);
});

test('a bound over the year goes on counting', async () => {
  // 700 of the year's 1,000 were paid by June, so July's 1% of 50,000 = 500 comes to 300
  const rows = { deals: '1,2026-06-10,anna,7000\n2,2026-07-10,anna,50000' };
  const cap = 'cap pay 1_000 RUB per year';
  const first = version(1, `role seller { bonus share = revenue * 10% }\n`);
  const withCap = (each: { readonly name: string; readonly text: string }) => ({
    ...each,
    text: each.text.replace('period month\n', `period month\n  ${cap.replace('cap pay', 'cap')}\n`),
  });
  const versions = [withCap(first), withCap(version(2, PLAIN))];
  expect(await paid(versions, ['2026-07', '2026-08'], rows)).toEqual(['300', '0']);
});

test('what payments free of an earlier version comes with the payment', async () => {
  // 10% of 2,000 is 200: half of it is freed in June, a quarter in August
  const rows = {
    deals: '1,2026-06-10,anna,2000',
    payments: 'a,2026-06-20,1,1000\nb,2026-08-05,1,500',
  };
  const freed =
    'role seller { bonus share per deal = deal.amount * 10% payable as payment.amount of amount }';
  const versions = [version(1, freed), version(2, PLAIN)];
  expect(await paid(versions, ['2026-06', '2026-07', '2026-08'], rows)).toEqual(['100', '0', '50']);
});

test('points, badges and levels go on', async () => {
  const award = (points: number) => `role seller { bonus share = revenue * 1%
  bonus loyal = points[trailing 12 months] * 1 RUB }
award monthly {
  to seller
  when revenue > 0 RUB
  gives points ${points} and badge "Seller"
}
level senior { to seller when points >= 30 }`;
  const rows = { deals: '1,2026-05-10,anna,100\n2,2026-06-10,anna,100\n3,2026-07-10,anna,100' };
  const versions = [version(1, award(20)), version(2, award(5))];
  const [july] = await statements(versions, '2026-07', rows);
  // 20 for each of May and June, reached 30 in June, and 5 for July
  expect(july!.points).toEqual({ gained: '5', balance: '45' });
  expect(july!.levels).toMatchObject([{ level: 'senior', since: '2026-06' }]);
  expect(july!.kept!.map(({ name, period }) => `${name} ${period}`)).toEqual([
    'Seller 2026-05',
    'Seller 2026-06',
    'Seller 2026-07',
  ]);
  // 1% of 100, and a rouble for each of 45 points
  expect(july!.pay).toBe('46');
});

test('versions hand on through each other', async () => {
  // 10% of 6,000 of March in six parts of 100: March to August; the version in between hands on what isn't due yet
  const head = (name: string, days: string) =>
    `policy ${name} { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from ${days} }\n${DATA}`;
  const versions = [
    {
      name: 'a.merit',
      text: `${head('a', '2026-01-01 until 2026-03-31')}role seller { bonus share = revenue * 10% pays in 6 monthly parts }`,
    },
    { name: 'b.merit', text: `${head('b', '2026-04-01 until 2026-06-30')}${PLAIN}` },
    { name: 'c.merit', text: `${head('c', '2026-07-01')}${PLAIN}` },
  ];
  const rows = { deals: '1,2026-03-10,anna,6000' };
  expect(await paid(versions, ['2026-03', '2026-06', '2026-07', '2026-08', '2026-09'], rows)).toEqual([
    '100',
    '100',
    '100',
    '100',
    '0',
  ]);
});

test('roles that only a later version has earn nothing by the earlier one', async () => {
  const versions = [
    version(1, 'role seller { bonus share = revenue * 10% pays in 3 monthly parts }'),
    version(2, `${PLAIN}\nrole lead { bonus fee = 50 RUB }`),
  ];
  const rows = {
    people: `${ANNA}2026-06-30\nanna,Anna,lead,2026-07-01,`,
    deals: '1,2026-06-10,anna,3000',
  };
  expect(await paid(versions, ['2026-07'], rows)).toEqual(['150']);
});

test('what is asked of a period knows what goes on into it', async () => {
  // June: 300 of 3,000 in three parts of 100, drawn from 100 up to 500: 400 owed. July earns 1% and has 100 due.
  const versions = [
    version(
      1,
      'role seller { bonus share = revenue * 10% pays in 3 monthly parts\n draw 500 RUB recoverable }',
    ),
    version(2, PLAIN),
  ];
  const rows = {
    people: 'anna,Anna,seller,2026-06-01,',
    deals: '1,2026-06-10,anna,3000\n2,2026-07-10,anna,10000',
  };
  const { value: models } = compileVersions(versions);
  const model = versionFor(models, '2026-07').value!;
  const sources = sourcesOf(rows);
  const open = async () => createMemoryBackend({ readFile: () => Promise.reject() });
  const request = { model, sources, period: '2026-07' };
  const { value: opening } = await openingFor(request, { models, open });

  // 1,000 beside the 100 that are due and the 400 that are owed: 1% of 130,000 is 1,300
  const sought = { ...request, opening, person: 'anna', reach: '1000', by: 'revenue' };
  const { value: found } = await seek(sought, await open());
  expect(found!.reach!.by[0]).toMatchObject({ outcome: 'reached', at: { value: { value: '130000' } } });

  // without June's deal nothing is due of it, and July's own 100 are kept back for the draw
  const asked = { ...request, versions: models, event: 'deal', key: '1' };
  const { value: moved } = await explainEvent(asked, open);
  expect(moved!.moved).toMatchObject([
    { of: 'recovery', without: { value: '-100' }, with: { value: '-200' } },
    { of: 'due', with: { value: '100' } },
  ]);
  expect(moved!.moved[1]!.without).toBeUndefined();
});
