// Policies over several files: imports, amendments, and versions with their days.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { compile, loadProject } from '../../src/node.ts';
import { compileVersions, versionFor } from '../../src/versions.ts';

const HEAD = 'currency RUB\n  timezone "Europe/Moscow"\n  period month';
const DATA = `event deal {
  id: text key
  day: date posts
  who: person owner
  amount: money
}
`;

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-versions-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map((each) => each.code);

describe('imports', () => {
  it('are read wherever they lie in the folder, each once, circles and diamonds too', async () => {
    const folder = await project({
      'main.merit': `import "./data/deals.merit"\nimport "./pay.merit"\npolicy p { ${HEAD} }\n`,
      'pay.merit':
        'import "./data/deals.merit"\nimport "./main.merit"\nkpi revenue = sum(deal.amount)\nrole r { bonus b = revenue * 1% }\n',
      'data/deals.merit': `import "../pay.merit"\n${DATA}`,
    });
    const { value, diagnostics } = await loadProject(join(folder, 'main.merit'));
    expect(diagnostics).toEqual([]);
    expect(value!.policy.map((each) => each.name.slice(folder.length + 1))).toEqual([
      'main.merit',
      'data/deals.merit',
      'pay.merit',
    ]);
    const { value: model, diagnostics: found } = compile(value!.policy);
    expect(found).toEqual([]);
    expect(model!.roles.map((each) => each.name)).toEqual(['r']);
  });

  it('that clash say both places', async () => {
    const folder = await project({
      'main.merit': `import "./other.merit"\npolicy p { ${HEAD} }\n${DATA}kpi revenue = sum(deal.amount)\n`,
      'other.merit': 'kpi revenue = 1 / 3\n',
    });
    const { value } = await loadProject(join(folder, 'main.merit'));
    const { diagnostics } = compile(value!.policy);
    const clash = diagnostics.find((each) => each.code === 'M1102')!;
    expect(
      [clash.span!.source, clash.related![0]!.span.source]
        .map((each) => each.slice(folder.length + 1))
        .sort(),
    ).toEqual(['main.merit', 'other.merit']);
  });

  it.each([
    ['./none.merit', 'M2053'],
    ['../outside.merit', 'M2055'],
    ['../none.merit', 'M2055'],
    ['./x/../../outside.merit', 'M2055'],
    ['./linked/outside.merit', 'M2055'],
    ['..\\\\outside.merit', 'M2059'],
    ['C:/outside.merit', 'M2059'],
    ['./link.merit', 'M2055'],
    ['/etc/passwd.merit', 'M2059'],
    ['http://x/y.merit', 'M2059'],
    ['./data.csv', 'M2059'],
  ])('of `%s` are refused where they stand', async (path, code) => {
    const folder = await project({
      'in/main.merit': `import "${path}"\npolicy p { ${HEAD} }\n`,
      'outside.merit': DATA,
      'in/data.csv': 'x',
    });
    await symlink(join(folder, 'outside.merit'), join(folder, 'in/link.merit'));
    await symlink(folder, join(folder, 'in/linked'));
    const { value, diagnostics } = await loadProject(join(folder, 'in/main.merit'));
    expect(codes(diagnostics)).toEqual([code]);
    expect(diagnostics[0]!.span).toBeDefined();
    // the file that names it is there to be shown
    expect(value!.read.map((each) => each.name)).toContain(diagnostics[0]!.span!.source);
    expect(value!.policy).toEqual([]);
  });
});

describe('amendments', () => {
  const BASE = `policy base { ${HEAD}\n  title "Base" }\n${DATA}kpi revenue = sum(deal.amount)
kpi deals = count(deal)
rates ladder marginal { from 0 RUB: 3% }
role seller {
  target revenue 100 RUB
  bonus share = ladder(revenue)
  bonus flat = 10 RUB
  cap 50 RUB
}
`;

  it('change what they declare again, and keep the rest', async () => {
    const folder = await project({
      'base.merit': BASE,
      'branch.merit': `policy branch { amends "./base.merit" }
rates ladder marginal { from 0 RUB: 4% }
role seller {
  target revenue 80 RUB
  bonus flat = 12 RUB
  bonus extra = deals * 1 RUB
}
`,
    });
    const { value } = await loadProject(join(folder, 'branch.merit'));
    const { value: model, diagnostics } = compile(value!.policy);
    expect(diagnostics).toEqual([]);
    expect([model!.name, model!.title, model!.currency]).toEqual(['branch', 'Base', 'RUB']);
    expect(model!.rates[0]!.tiers.map((each) => each.rate)).toEqual(['0.04']);
    const [seller] = model!.roles;
    expect(seller!.bonuses.map((each) => each.name)).toEqual(['share', 'flat', 'extra']);
    // the later target wins; the cap stays
    expect(seller!.targets.map((each) => (each.value.kind === 'constant' ? each.value.text : '?'))).toEqual([
      '100',
      '80',
    ]);
    expect(seller!.caps).toHaveLength(1);
  });

  it('in a circle are an error', async () => {
    const folder = await project({
      'a.merit': `policy a { ${HEAD}\n amends "./b.merit" }\n`,
      'b.merit': `policy b { ${HEAD}\n amends "./a.merit" }\n`,
    });
    const { value } = await loadProject(join(folder, 'a.merit'));
    expect(codes(compile(value!.policy).diagnostics)).toContain('M1429');
  });
});

describe('versions', () => {
  const version = (name: string, days: string) => ({
    name: `${name}.merit`,
    text: `policy ${name} { ${HEAD}\n  effective ${days} }\n`,
  });

  it('are compiled apart, and the run takes the one that holds', () => {
    const { value, diagnostics } = compileVersions([
      version('y2025', 'from 2025-01-01 until 2025-12-31'),
      version('y2026', 'from 2026-01-01'),
      { name: 'shared.merit', text: `${DATA}kpi revenue = sum(deal.amount)\n` },
    ]);
    expect(diagnostics).toEqual([]);
    expect(value.map((each) => [each.name, each.kpis.length])).toEqual([
      ['y2025', 1],
      ['y2026', 1],
    ]);
    expect(versionFor(value, '2025-12').value!.name).toBe('y2025');
    expect(versionFor(value, '2026-Q1').value!.name).toBe('y2026');
    const across = versionFor(value, '2025-12..2026-01');
    expect([across.value, codes(across.diagnostics)]).toEqual([undefined, ['M3008']]);
  });

  it('are what an amendment begins after, too', () => {
    const base = {
      name: 'base.merit',
      text: `policy base { ${HEAD}\n  effective from 2026-01-01 until 2026-06-30 }\n${DATA}kpi revenue = sum(deal.amount)\nrole r { bonus b = revenue * 1% }\n`,
    };
    const next = (from: string) => ({
      name: 'next.merit',
      text: `policy next {\n  amends "./base.merit"\n  effective from ${from}\n}\nrole r { bonus b = revenue * 2% }\n`,
    });
    const { value, diagnostics } = compileVersions([base, next('2026-07-01')]);
    expect(diagnostics).toEqual([]);
    expect(value.map((each) => each.name)).toEqual(['base', 'next']);
    expect(value.map((each) => each.roles[0]!.bonuses.length)).toEqual([1, 1]);
    expect(versionFor(value, '2026-06').value!.name).toBe('base');
    expect(versionFor(value, '2026-07').value!.name).toBe('next');
    const gap = compileVersions([base, next('2026-08-01')]).diagnostics;
    expect(gap.map(({ code, span, related }) => [code, span!.source, related![0]!.span.source])).toEqual([
      ['M1431', 'next.merit', 'base.merit'],
    ]);
    // One that begins while the other holds takes its place whole, as a branch does.
    const branch = compileVersions([base, next('2026-06-30')]);
    expect([codes(branch.diagnostics), branch.value.map((each) => each.name)]).toEqual([[], ['next']]);
  });

  it('that overlap are an error, and a gap is a warning', () => {
    const overlap = compileVersions([
      version('a', 'from 2025-01-01 until 2026-01-01'),
      version('b', 'from 2026-01-01'),
    ]);
    expect([overlap.value, codes(overlap.diagnostics)]).toEqual([[], ['M1430']]);
    const gap = compileVersions([
      version('a', 'from 2025-01-01 until 2025-11-30'),
      version('b', 'from 2026-01-01'),
    ]);
    expect(codes(gap.diagnostics)).toEqual(['M1431']);
    expect(gap.diagnostics[0]!.message).toContain('from 2025-12-01 until 2025-12-31');
  });
});
