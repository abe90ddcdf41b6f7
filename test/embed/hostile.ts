// A policy whose names are hard on whoever writes them into a program, and a program over its types.

import type { Model } from '../../src/model/policy.ts';

export const RUSSIAN = {
  name: 'продажи.merit',
  text: `policy продажи {
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

/// Ends a comment: */ and begins one: /*
event сделка {
  id:          text key
  /// Когда закрыта; \`\${1}\` */ export {};
  closed_on:   datetime posts
  constructor: person owner
  __proto__:   money
  class:       выиграна | "не выиграна"
}

/// */ declare const evil: 1; /*
kpi выручка "Выручка \\" */" {
  value sum(сделка.__proto__)
}

kpi доля {
  value count(сделка where class is выиграна) / count(сделка)
}

role продавец {
  bonus премия = выручка * 2%
}
`,
};

/** Programs over the types of the Russian policy, in which each line that says so is wrong. */
export const PROGRAM = `import { run, toDecimal, type Model } from 'merit/embed';
import type { Policy } from './types.js';

type Deal = Policy['rows']['сделка'];

export async function paid(model: Model): Promise<string> {
  const person = [{ id: 'a', role: 'продавец' }];
  const deal: Deal = {
    id: 1n,
    closed_on: new Date(0),
    constructor: 'a',
    ['__proto__']: '0.10',
    class: 'выиграна',
  };
  const data = { person, сделка: [deal] };
  const { value } = await run<Policy>({ model, data, period: '2026-01' });
  // @ts-expect-error a source is left out
  await run<Policy>({ model, data: { person }, period: '2026-01' });
  // @ts-expect-error a column is left out
  await run<Policy>({ model, data: { person: [{ id: 'a' }], сделка: [deal] }, period: '2026-01' });
  // @ts-expect-error no such word
  const lost: Deal = { ...deal, class: 'проиграна' };
  for (const { role, kpis } of value!.statements.flatMap((each) => each.roles)) {
    const name: 'продавец' = role;
    for (const kpi of kpis) {
      // @ts-expect-error no such KPI
      if (kpi.kpi === 'прибыль') continue;
      if (kpi.kpi === 'выручка') {
        const currency: 'RUB' = kpi.actual.type.currency;
        return name + currency + toDecimal(kpi.actual.value).toFixed();
      }
      // @ts-expect-error a ratio may be missing
      toDecimal(kpi.actual.value);
    }
  }
  return lost.id.toString();
}
`;

/** Names that no policy has and a Model may. */
export const NAMES = ['a"b', "a'b", 'a\nb', '*/ }', '\u2028', '$`', '\\', '', 'constructor', '\ud800'];

/** A Model with KPIs of those names. */
export function hostileModel(model: Model): Model {
  const [kpi] = model.kpis;
  return {
    ...model,
    name: 'x\nexport {};',
    kpis: NAMES.map((name) => ({ ...kpi!, name, title: name, doc: `${name}\r*/\u2029/**` })),
  };
}

/** A program that knows all of them, with one line that is wrong. */
export const HOSTILE_PROGRAM = `import type { Policy } from './types.js';
// @ts-expect-error nothing is wrong here: the files are looked at
export const names: Record<keyof Policy['kpis'], true> = {
${NAMES.map((each) => `  ${JSON.stringify(each)}: true,`).join('\n')}
};
`;
