// `merit test`: what it prints, how it ends, and that it runs again when a file changes.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { watchTests } from '../../src/cli/test.ts';
import { SHOP } from '../prove/tests.ts';
import { merit, workplace } from './command.ts';

const { files } = workplace();

const test = (name: string, calls: number): string => `test "${name}" {
  person anna { role seller }
  call { manager anna, at 2026-01-10 }
  expect anna in 2026-01 { calls is ${calls} }
}
`;

describe('merit test', () => {
  it('prints each test, and ends with 0 where all passed', async () => {
    files({ 'a/policy.merit': `${SHOP}\n${test('one call', 1)}` });
    expect(await merit('test', 'a')).toEqual({
      code: 0,
      out: 'passed  one call\nshop: 1 test, passed\n',
      err: '',
    });
  });

  it('ends with 1 where one failed, and runs those that the filter names', async () => {
    files({ 'b/policy.merit': `${SHOP}\n${test('one call', 1)}\n${test('two calls', 2)}` });
    const all = await merit('test', 'b');
    expect([all.code, all.out.split('\n').at(-2)]).toEqual([1, 'shop: 2 tests, 1 failed']);
    expect((await merit('test', 'b', '--filter', 'ONE')).code).toBe(0);
    expect((await merit('test', 'b', '--filter', '/^two/')).code).toBe(1);
    expect(await merit('test', 'b', '--filter', '/(/')).toMatchObject({ code: 2, out: '' });
  });

  it('without tests ends with 0, or with 1 where they are asked for', async () => {
    files({ 'c/policy.merit': SHOP });
    const note = 'note: the policy has no tests: write one, as `merit test --help` shows\n';
    expect(await merit('test', 'c')).toEqual({ code: 0, out: 'shop: no tests\n', err: note });
    expect(await merit('test', 'c', '--require-tests')).toEqual({
      code: 1,
      out: 'shop: no tests\n',
      err: note,
    });
    files({ 'd/policy.merit': `${SHOP}\n${test('one call', 1)}` });
    expect(await merit('test', 'd', '--filter', 'none', '--require-tests')).toMatchObject({
      code: 1,
      err: 'note: no test fits `none`, of 1\n',
    });
  });

  it('writes JSON and JUnit, to a file where it is named', async () => {
    files({ 'e/policy.merit': `${SHOP}\n${test('one call', 1)}` });
    const json = await merit('test', 'e', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ formatVersion: 1, passed: 1, failed: 0 });
    expect(await merit('test', 'e', '--format', 'junit', '--output', 'tests.xml')).toMatchObject({
      code: 0,
      out: '',
    });
    expect(readFileSync('tests.xml', 'utf8')).toContain('<testcase classname="shop" name="one call"');
  });

  it('says what is wrong in a policy, and runs nothing', async () => {
    files({ 'f/policy.merit': `${SHOP}\n${test('one call', 1).replace('role seller', 'role seler')}` });
    const found = await merit('test', 'f');
    expect(found).toMatchObject({ code: 1, out: '' });
    expect(found.err).toContain('error[M1101]: no role is called `seler`');
    expect(await merit('test', 'nowhere')).toMatchObject({ code: 2 });
  });

  it('runs tests that stand in a file of their own', async () => {
    files({
      'g/policy.merit': SHOP.replace('person {', 'import "./tests.merit"\n\nperson {'),
      'g/tests.merit': test('one call', 1),
    });
    expect((await merit('test', 'g/policy.merit')).out).toBe('passed  one call\nshop: 1 test, passed\n');
  });
});

describe('merit test --watch', () => {
  it('runs again when a file changes that the policy imports, and when it is asked to', async () => {
    files({
      'w/policy.merit': SHOP.replace('person {', 'import "./tests.merit"\n\nperson {'),
      'w/tests.merit': test('one call', 2),
    });
    const codes: number[] = [];
    const steps = [
      () => 'look' as const,
      () => {
        writeFileSync('w/tests.merit', `${test('one call', 1)}\n`);
        return 'look' as const;
      },
      () => 'again' as const,
      () => {
        writeFileSync('w/tests.merit', 'test "broken" {');
        return 'look' as const;
      },
      () => 'quit' as const,
    ];
    const out: string[] = [];
    const write = process.stdout.write.bind(process.stdout);
    const complain = process.stderr.write.bind(process.stderr);
    process.stdout.write = ((text: string) => out.push(text) > 0) as typeof write;
    process.stderr.write = (() => true) as typeof complain;
    try {
      codes.push(
        await watchTests('w/policy.merit', { format: 'text' }, { wait: async () => steps.shift()!() }),
      );
    } finally {
      process.stdout.write = write;
      process.stderr.write = complain;
    }
    const heads = out.join('').match(/shop: .*/g);
    expect(heads).toEqual(['shop: 1 test, 1 failed', 'shop: 1 test, passed', 'shop: 1 test, passed']);
    expect(out.filter((each) => each.startsWith('waiting'))).toHaveLength(4);
    expect(codes).toEqual([1]);
    expect(steps).toEqual([]);
  });
});

describe('merit test --record', () => {
  const data = {
    'people.csv': 'id,role,salary,region\nanna,seller,90000,North\n',
    'deals.csv': 'id,closed_on,manager,client,amount,cost,status\nD1,2026-01-10,anna,Alder,1000,10,won\n',
    'calls.csv': 'id,at,manager\n1,2026-01-10,anna\n',
    'prices.csv': 'product,amount\n',
    'merit.config.yaml':
      'policy: policy.merit\npeople:\n  file: people.csv\ndata:\n  deal: deals.csv\n  call: calls.csv\n  price: prices.csv\nperiod: 2026-01\n',
  };
  const inFolder = (folder: string, contents: Readonly<Record<string, string>>) =>
    files(Object.fromEntries(Object.entries(contents).map(([name, text]) => [`${folder}/${name}`, text])));

  it('writes a file of tests that the policy can import, and writes over nothing', async () => {
    const policy = SHOP.replace('person {', 'import "./policy.tests.merit"\n\nperson {');
    inFolder('r', { ...data, 'policy.merit': SHOP });
    const found = await merit('test', 'r', '--record');
    expect(found).toMatchObject({ code: 0, out: '1 test with 3 rows written to r/policy.tests.merit\n' });
    inFolder('r', { 'policy.merit': policy });
    expect((await merit('test', 'r')).out).toBe('passed  anna in 2026-01\nshop: 1 test, passed\n');
    expect(await merit('test', 'r', '--record')).toMatchObject({ code: 2, out: '' });
    expect(await merit('test', 'r', '--record', '--force', '--person', 'anna')).toMatchObject({ code: 0 });
  });

  it('refuses what says nothing', async () => {
    inFolder('s', { ...data, 'policy.merit': SHOP });
    expect(await merit('test', 's', '--record', '--person', 'nobody')).toMatchObject({ code: 2, out: '' });
    expect(await merit('test', 's', '--period', '2026-01')).toMatchObject({ code: 2, out: '' });
    expect(await merit('test', 's', '--record', '--filter', 'x')).toMatchObject({ code: 2, out: '' });
    expect(await merit('test', 's', '--record', '--period', '2027-01')).toMatchObject({ code: 1, out: '' });
  });
});
