// What lints tell to write is in the form of the file: the same policy in both.

import { expect, it } from 'vitest';
import { lint } from '../../src/analyse/lint.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { DATA, modelOf } from './helpers.ts';

const HEAD = 'policy p {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n}\n';
const TEXT = `${HEAD}${DATA}kpi deals = count(deal)
kpi lost "Lost" = count(deal where status is lost)
role a { target lost 5, bonus fee gated = lost * 1 RUB }
role b { target lost 5, gate lost >= 3, bonus fee = lost * 1 RUB }
`;

const CODES = ['M1500', 'M1501', 'M1522', 'M1523'];

function helps(text: string, name: string): Readonly<Record<string, string | undefined>> {
  const found = lint(modelOf(text, name)).filter(({ code }) => CODES.includes(code));
  return Object.fromEntries(found.map(({ code, help }) => [code, help]));
}

it('speaks the text form of a text file', () => {
  expect(helps(TEXT, 'policy.merit')).toEqual({
    M1500:
      'add a title, or a `///` line before it, `target deals …` to a role and a line that reads it (a KPI that is only shown is fine too)',
    M1501: 'add a line like `effective from 2026-01-01 until 2026-12-31`',
    M1522: 'write `gated` after the names of the bonuses that it is meant for',
    M1523: 'add a line like `gate (conversion else 0%) >= 10%`, or leave `gated` out',
  });
});

it('speaks YAML of a YAML file', () => {
  const yaml = convertPolicy({ name: 'policy.merit', text: TEXT }, 'yaml').value!;
  expect(helps(yaml, 'policy.merit.yaml')).toEqual({
    M1500:
      'add a title (`title: …`) or a description (`doc: …`), `targets: { deals: … }` to a role and a line that reads it (a KPI that is only shown is fine too)',
    M1501: 'add a line like `effective: from 2026-01-01 until 2026-12-31`',
    M1522: 'write `gated: true` in the bonuses that it is meant for',
    M1523: 'add a line like `gates: (conversion else 0%) >= 10%`, or leave `gated` out',
  });
});
