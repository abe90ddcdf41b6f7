// Which result gives an amount: exact ends, values that can be worked, jumps, caps, what is out of reach; each worked by
// hand. What comes next, and the way of least effort.

import { describe, expect, it } from 'vitest';
import { askedOf, reachedIn, type Small, sought } from './sought.ts';

const EVENTS = `event deal {
  id:      text key
  on_day:  date posts
  manager: person owner
  amount:  money
}
event call {
  id:      text key
  on_day:  date posts
  manager: person owner
}
event request {
  id:      text key
  on_day:  date posts
  manager: person owner
  took:    duration
}
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
kpi calls = count(call)
kpi answer_time lower is better = average(request.took)
`;

function small(
  policy: string,
  data: Partial<Record<'deal' | 'call' | 'request' | 'people', string>> = {},
): Small {
  return {
    policy: `${EVENTS}${policy}`,
    people: data.people ?? 'id,name,role\nanna,Anna,seller\n',
    data: {
      deal: data.deal ?? 'id,on_day,manager,amount\nd1,2026-01-10,anna,500000\n',
      call: data.call ?? 'id,on_day,manager\nc1,2026-01-10,anna\n',
      request: data.request ?? 'id,on_day,manager,took\nr1,2026-01-10,anna,05:00:00\n',
    },
  };
}

const ANNA = { person: 'anna', period: '2026-01' };

describe('what gives an amount', () => {
  const ladder = `rates ladder marginal {
    from 0 RUB:         3%
    from 1_000_000 RUB: 5%
    from 2_000_000 RUB: 7%
  }
  role seller { bonus commission = ladder(revenue) }`;

  it('goes back through the tiers of a table, as an exact fraction', async () => {
    // 30,000 + 50,000 at 2,000,000, and 20,000 / 7% = 2,000,000/7 more: 16,000,000/7 = 2,285,714.2857…
    const found = await reachedIn(small(ladder), { ...ANNA, reach: '100_000', by: 'revenue' });
    expect(found.outcome).toBe('reached');
    expect(found.at).toMatchObject({ value: { value: '16000000/7' }, includes: true, isExact: true });
    expect(found.stretches).toEqual([{ from: '16000000/7', includes: true, isExact: true }]);
    // 285,714.22 × 7% = 19,999.9954, which is paid as 20,000.00; a cent less is 19,999.9947, paid as 19,999.99
    expect(found.practical).toMatchObject({ value: { value: '2285714.22' }, amount: { value: '100000' } });
    expect(found.short).toMatchObject({ value: { value: '2285714.21' }, amount: { value: '99999.99' } });
  });

  it('finds a bound that belongs to what is above it, and one that does not', async () => {
    const from = small('role seller { bonus prize = 10_000 RUB when revenue >= 1_000_000 RUB }');
    expect((await reachedIn(from, { ...ANNA, reach: '10_000', by: 'revenue' })).at).toMatchObject({
      value: { value: '1000000' },
      includes: true,
      isExact: true,
    });
    const above = small('role seller { bonus prize = 10_000 RUB when revenue > 1_000_000 RUB }');
    const found = await reachedIn(above, { ...ANNA, reach: '10_000', by: 'revenue' });
    expect(found.at).toMatchObject({ value: { value: '1000000' }, includes: false, isExact: true });
    expect(found.practical?.value.value).toBe('1000000.01');
    expect(found.short).toMatchObject({ value: { value: '1000000' }, amount: { value: '0' } });
  });

  it('says what is out of reach, the most there is, and the cap that holds it', async () => {
    // 10% of revenue, 50,000 at most, from 500,000 on
    const found = await reachedIn(
      small('role seller { bonus commission = revenue * 10%\n  cap 50_000 RUB }'),
      {
        ...ANNA,
        reach: '60_000',
        by: 'revenue',
      },
    );
    expect(found).toMatchObject({
      outcome: 'out of reach',
      stretches: [],
      most: { value: { value: '500000' }, amount: { value: '50000' } },
      because: [{ kind: 'cap', text: 'cap 50_000 RUB' }],
    });
    expect(found.at).toBeUndefined();
  });

  it('takes the greatest value where lower is better', async () => {
    const found = await reachedIn(
      small('role seller { bonus quick = 5_000 RUB when (answer_time else 9 hours) <= 4 hours }'),
      { ...ANNA, reach: '5_000', by: 'answer_time' },
    );
    expect(found).toMatchObject({ moved: 'set', outcome: 'reached', lowerIsBetter: true });
    expect(found.at).toMatchObject({ value: { value: '14400' }, includes: true, isExact: true });
    expect(found.stretches).toEqual([
      { from: '0', includes: true, until: '14400', untilIncludes: true, isExact: true },
    ]);
    expect(found.practical).toMatchObject({ value: { value: '14400' }, amount: { value: '5000' } });
    expect(found.short).toMatchObject({ value: { value: '14460' }, amount: { value: '0' } });
  });

  it('inverts a quotient: target by actual, where lower is better', async () => {
    // 10,000 × 4 h / actual = 12,500 where the actual is 3.2 h = 11,520 s; at 0 there is no upper end
    const found = await reachedIn(
      small(`role seller {
        target answer_time 4 hours
        bonus quick = 10_000 RUB * min(attainment(answer_time) else 0%, 150%)
      }`),
      { ...ANNA, reach: '12_500', by: 'answer_time' },
    );
    expect(found.at).toMatchObject({ value: { value: '11520' }, includes: true, isExact: true });
  });

  it('inverts a product of two that both go with the KPI', async () => {
    // revenue × 10% × revenue / 1,000,000 = 64,000 where revenue² = 6.4 × 10¹¹: 800,000
    const square = small(`role seller {
      target revenue 1_000_000 RUB
      bonus result = revenue * 10% * (attainment(revenue) else 0%)
    }`);
    expect((await reachedIn(square, { ...ANNA, reach: '64_000', by: 'revenue' })).at).toMatchObject({
      value: { value: '800000' },
      isExact: true,
    });
    // of 50,000 the root of 5 × 10¹¹ has no end: 707,106.7811…
    const root = await reachedIn(square, { ...ANNA, reach: '50_000', by: 'revenue' });
    expect(root.at?.isExact).toBe(false);
    // 707,106.75² × 10⁻⁷ = 49,999.9956, which rounds to 50,000.00; a cent less gives 49,999.99419
    expect(root.practical?.value.value).toBe('707106.75');
    expect(root.short).toMatchObject({ value: { value: '707106.74' }, amount: { value: '49999.99' } });
  });

  it('searches where a formula rounds, and says so', async () => {
    // 3% of revenue to 100 RUB is 1,000 from 950 on, half up: 950 / 3% = 95,000/3
    const found = await reachedIn(
      small('role seller { bonus commission = round(revenue * 3% to 100 RUB) }'),
      { ...ANNA, reach: '20_000', by: 'revenue' },
    );
    // 19,950 / 3% = 665,000
    expect(found.at).toMatchObject({ value: { value: '665000' }, isExact: false });
    expect(found.practical).toMatchObject({ value: { value: '665000' }, amount: { value: '20000' } });
  });

  it('lists every stretch where more is not always more', async () => {
    // 1% of revenue up to 300,000, then nothing more but 2,000; 3% again from 1,000,000
    const found = await reachedIn(
      small(`role seller {
        bonus a = revenue * 1% when revenue <= 300_000 RUB
        bonus b = revenue * 3% when revenue >= 1_000_000 RUB
      }`),
      { ...ANNA, reach: '2_000', by: 'revenue' },
    );
    expect(found.stretches).toEqual([
      { from: '200000', includes: true, until: '300000', untilIncludes: true, isExact: true },
      { from: '1000000', includes: true, isExact: true },
    ]);
    expect(found).toMatchObject({ outcome: 'reached', at: { value: { value: '200000' } } });
  });

  it('sees a value at which alone something is paid', async () => {
    const found = await reachedIn(small('role seller { bonus just = 700 RUB when calls is 7 }'), {
      ...ANNA,
      reach: '700',
      by: 'calls',
    });
    expect(found.stretches).toEqual([
      { from: '7', includes: true, until: '7', untilIncludes: true, isExact: true },
    ]);
    expect(found.practical).toMatchObject({ value: { value: '7' }, amount: { value: '700' } });
  });

  it('gives the least whole number of a count beside the fraction', async () => {
    // 1,000 × calls / 30 = 100 where calls = 3
    const found = await reachedIn(
      small(`role seller {
        target calls 30
        bonus plan = 1_000 RUB * (attainment(calls) else 0%)
      }`),
      { ...ANNA, reach: '110', by: 'calls' },
    );
    // 110 / 1,000 × 30 = 3.3; 4 calls give 133.33, and 3 give 100
    expect(found).toMatchObject({
      at: { value: { value: '3.3' } },
      practical: { value: { value: '4' }, amount: { value: '133.33' } },
      short: { value: { value: '3' }, amount: { value: '100' } },
    });
  });

  it('says so where the amount is reached already, and by how little it would have been', async () => {
    const found = await reachedIn(small('role seller { bonus commission = revenue * 10% }'), {
      ...ANNA,
      reach: '40_000',
      by: 'revenue',
    });
    expect(found).toMatchObject({ outcome: 'reached already', at: { value: { value: '400000' } } });
  });

  it('asks for a score, an attainment, a bonus or a condition alike', async () => {
    const policy = small(`role seller {
      target calls 8
      scorecard { calls 100% }
      bonus plan = 1_000 RUB * (score else 0%)
      bonus other = 10_000 RUB
    }`);
    const at = async (what: string, reach: string) =>
      (await reachedIn(policy, { ...ANNA, what, reach, by: 'calls' })).at?.value.value;
    expect(await at('score', '75%')).toBe('6');
    expect(await at('plan', '500')).toBe('4');
    expect(await at('attainment(calls) >= 200%', '1')).toBe('16');
  });
});

describe('what goes along', () => {
  it('windows, longer periods and teams move as if a row were added', async () => {
    const policy = small(
      `role seller {
        target revenue 1_000_000 RUB
        bonus team = 7_000 RUB when (attainment(revenue[team]) else 0%) >= 100%
        bonus quarter per quarter = revenue * 1%
      }`,
      {
        people: 'id,name,role,team\nanna,Anna,seller,north\nboris,Boris,seller,north\n',
        deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,500000\nd2,2026-03-10,boris,900000\n',
      },
    );
    // The team's target is 2,000,000: anna's 1,100,000 of March are missing. With January's 500,000 the quarter is 1,600,000.
    const found = await reachedIn(policy, {
      person: 'anna',
      period: '2026-03',
      reach: '23_000',
      by: 'revenue',
    });
    expect(found).toMatchObject({
      moved: 'added',
      alone: ['deals'],
      at: { value: { value: '1100000' }, includes: true },
      practical: { amount: { value: '23000' } },
    });
  });

  it('what goes on from earlier periods is rounded as it was paid', async () => {
    // January's 100.00 are paid as 33.34, 33.33 and 33.33; February's own third is 1% × 30,000 / 3 = 100
    const policy = small('role seller { bonus share = revenue * 1% pays in 3 monthly parts }', {
      deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,10000\n',
    });
    const found = await reachedIn(policy, {
      person: 'anna',
      period: '2026-02',
      reach: '133.33',
      by: 'revenue',
    });
    expect(found.at).toMatchObject({ value: { value: '30000' }, includes: true, isExact: true });
  });

  it('other KPIs over the same rows stay unless they are asked for', async () => {
    // a deal brings 100,000 × 1% + 500 = 1,500; now 5,500, so 11,500 takes four more
    const policy = small('role seller { bonus share = revenue * 1%\n bonus each = deals * 500 RUB }');
    const found = await reachedIn(policy, {
      ...ANNA,
      reach: '11_500',
      by: 'deals',
      with: { revenue: '100_000 RUB' },
    });
    expect(found).toMatchObject({ at: { value: { value: '5' } }, alone: [], with: [{ kpi: 'revenue' }] });
    expect((await reachedIn(policy, { ...ANNA, reach: '11_500', by: 'deals' })).at?.value.value).toBe('13');
  });

  it('the place that wins an award is the other one’s value', async () => {
    // a tie shares the place, and each gets the whole prize
    const policy = small(
      'role seller { bonus share = revenue * 1% }\naward best { to top 1 of seller by revenue\n gives 10_000 RUB }',
      {
        people: 'id,name,role\nanna,Anna,seller\nboris,Boris,seller\n',
        deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,100000\nd2,2026-01-11,boris,250000\n',
      },
    );
    const found = await reachedIn(policy, { ...ANNA, reach: '12_500', by: 'revenue' });
    expect(found).toMatchObject({ at: { value: { value: '250000' }, includes: true } });
  });
});

describe('what comes next', () => {
  const policy = small(`rates ladder marginal { from 0 RUB: 3%, from 1_000_000 RUB: 5% }
    role seller {
      target calls 4
      gate calls >= 2
      bonus commission gated = ladder(revenue)
      bonus per_call = calls * 100 RUB
      cap 60_000 RUB
    }`);

  it('tells the gate, the tier, the target and the cap, each with what it brings', async () => {
    const { now, next } = await sought(policy, ANNA);
    expect(now.value).toBe('100');
    const [revenue, calls] = next!;
    expect(revenue).toMatchObject({ kpi: 'revenue', worth: { gain: { value: '0' } }, steps: [] });
    expect(calls?.worth).toMatchObject({ by: { value: '1' }, gain: { value: '15100' } });
    // 2 calls pass the gate: 500,000 × 3% + 2 × 100 = 15,200
    expect(calls?.steps[0]).toMatchObject({
      kind: 'gate',
      text: 'calls >= 2',
      way: 'passed',
      missing: { value: '1' },
      practical: { amount: { value: '15200' } },
      gain: { value: '15100' },
    });
    expect(calls?.steps[1]).toMatchObject({
      kind: 'target',
      missing: { value: '3' },
      gain: { value: '15300' },
    });
    // 15,000 + 100 × calls comes to 60,000 at 450; past it the cap binds
    expect(calls?.steps.at(-1)).toMatchObject({
      kind: 'cap',
      way: 'binds',
      value: { value: '450' },
      includes: false,
    });
  });

  it('leaves out what changes nothing', async () => {
    // the cap binds from 1,500,000 on (30,000 + 25,000 = 55,000), so that the tier from 2,000,000 pays nothing
    const capped =
      small(`rates ladder marginal { from 0 RUB: 3%, from 1_000_000 RUB: 5%, from 2_000_000 RUB: 7% }
      role seller {
        bonus commission = ladder(revenue)
        cap 55_000 RUB
      }`);
    const { next } = await sought(capped, { ...ANNA, by: 'revenue' });
    expect(next?.[0]?.steps.map(({ kind, value, gain }) => [kind, value.value, gain.value])).toEqual([
      ['tier', '1000000', '15000'],
      ['cap', '1500000', '40000'],
    ]);
  });

  it('tells what one more row like the others brings', async () => {
    const { next } = await sought(
      small('role seller { bonus share = revenue * 1%\n bonus each = deals * 500 RUB }'),
      { ...ANNA, by: 'deals' },
    );
    // one deal of 500,000: 5,000 + 500
    expect(next?.[0]?.row).toMatchObject({
      event: 'deal',
      gain: { value: '5500' },
      with: [{ kpi: 'revenue' }],
    });
    expect(next?.[0]?.worth?.gain.value).toBe('500');
  });
});

describe('the way of least effort', () => {
  const policy = small(`role seller {
    target revenue 1_000_000 RUB
    target calls 10
    bonus a = revenue * 1%
    bonus b = 8_000 RUB when calls >= 5
  }`);

  it('takes the moves that are the least share of their targets', async () => {
    // 5,000 now. 13,000 takes 800,000 more revenue (80% of its target), or 4 more calls (40%)
    const { reach } = await sought(policy, { ...ANNA, reach: '13_000' });
    expect(reach?.path).toMatchObject({
      moves: [{ kpi: 'calls', to: { value: '5' }, by: { value: '4' }, effort: '0.4' }],
      amount: { value: '13000' },
      effort: '0.4',
    });
    // 14,000: calls and 99,999.50 of revenue are 40% + 9.99995%, as 5,999.995 rounds to 6,000; revenue alone 90%
    expect((await sought(policy, { ...ANNA, reach: '14_000' })).reach?.path).toMatchObject({
      moves: [
        { kpi: 'calls', to: { value: '5' } },
        { kpi: 'revenue', to: { value: '599999.5' } },
      ],
      effort: '0.4999995',
    });
  });

  it('passes a gate that by itself brings nothing', async () => {
    // nothing is sold yet: 2 calls of 10 open the gate, and 200,000 × 3% = 6,000 is 20% of the target
    const gated = small(
      `role seller {
        target revenue 1_000_000 RUB
        target calls 10
        gate calls >= 2
        bonus commission gated = revenue * 3%
      }`,
      { deal: 'id,on_day,manager,amount\n', call: 'id,on_day,manager\n' },
    );
    expect((await sought(gated, { ...ANNA, reach: '6_000.01' })).reach?.path).toMatchObject({
      // 200,000.17 × 3% = 6,000.0051, which rounds to 6,000.01
      moves: [
        { kpi: 'calls', to: { value: '2' } },
        { kpi: 'revenue', to: { value: '200000.17' } },
      ],
    });
  });

  it('counts an effort as often as its weight says', async () => {
    const weighted = await sought(policy, { ...ANNA, reach: '13_000', weights: { calls: '3' } });
    // 12,999.995 rounds to 13,000
    expect(weighted.reach?.path?.moves).toMatchObject([{ kpi: 'revenue', to: { value: '1299999.5' } }]);
  });
});

describe('what can’t be asked', () => {
  const policy = small('role seller { bonus a = revenue * 1% }');
  const codes = async (question: Partial<Parameters<typeof askedOf>[1]>) =>
    (await askedOf(policy, { ...ANNA, reach: '1', ...question })).diagnostics.map((each) => each.code);

  it('is said', async () => {
    expect(await codes({ by: 'revenu' })).toEqual(['M3067']);
    expect(await codes({ reach: '5%' })).toEqual(['M3069']);
    expect(await codes({ what: 'person.name' })).toEqual(['M3068']);
    expect(await codes({ person: 'ana' })).toEqual(['M3060']);
    expect(await codes({ period: '2026-Q1' })).toEqual(['M3062']);
  });
});
