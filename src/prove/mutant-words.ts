// What is said of a change that no test noticed: the lines that it changes, and a test that would notice.

import { roleFormulas } from '../analyse/formulas.ts';
import { walk } from '../library/parts.ts';
import type { DiffLine } from '../model/mutation.ts';
import type { Model } from '../model/policy.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { isYaml } from '../syntax/forms.ts';
import { printText } from '../syntax/print-text.ts';
import { printYaml } from '../syntax/print-yaml.ts';
import { changed, type Mutant } from './mutants.ts';

/** The lines of the policy, as the formatter writes them, that a change leaves out and puts in. */
export function diffOf(
  { model, files }: { readonly model: Model; readonly files: readonly astPolicy.PolicyFile[] },
  { changes }: Pick<Mutant, 'changes'>,
): readonly DiffLine[] {
  const others = changed(files, changes);
  return files.flatMap((file, at) => {
    const other = others[at]!;
    if (other === file) return [];
    const source = model.sources.find((each) => each.name === file.source)!;
    const print = isYaml(source.name) ? printYaml : printText;
    return linesBetween(print(file, source).split('\n'), print(other, source).split('\n'));
  });
}

/** The lines that differ in more than blanks, of two texts that differ in a few. */
function linesBetween(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const plain = (line: string | undefined): string | undefined => line?.replace(/\s+/g, ' ').trim();
  const same = (a: number, b: number): boolean => plain(before[a]) === plain(after[b]);
  let start = 0;
  while (start < before.length && start < after.length && same(start, start)) start++;
  let [a, b] = [before.length, after.length];
  while (a > start && b > start && same(a - 1, b - 1)) [a, b] = [a - 1, b - 1];
  const inside = (lines: readonly string[], others: readonly string[]): readonly string[] => {
    const left = others.map(plain);
    return lines.filter((line) => {
      const at = left.indexOf(plain(line));
      if (at < 0) return line.trim() !== '';
      left.splice(at, 1);
      return false;
    });
  };
  const [old, fresh] = [before.slice(start, a), after.slice(start, b)];
  return [
    ...inside(old, fresh).map((text): DiffLine => ({ way: 'without', text })),
    ...inside(fresh, old).map((text): DiffLine => ({ way: 'with', text })),
  ];
}

/** A test that would notice the change. */
export function hintFor({ kind, before, after, owner }: Mutant, model: Model): string | undefined {
  switch (kind) {
    case 'bound':
    case 'edge': {
      const at = before.replace(/^(from|above|until|below) |: .*$/g, '');
      return `a test in which ${readBy(owner, model)} is exactly ${at}`;
    }
    case 'rate':
      return `a test in which ${readBy(owner, model)} lies in this part of the table`;
    case 'table':
      return `a test in which ${readBy(owner, model)} lies between two bounds`;
    case 'comparison':
      return isOnlyAtBound(before, after)
        ? `a test in which both sides of \`${before}\` are the same`
        : `a test that goes by whether \`${before}\` holds`;
    case 'logic':
      return before.startsWith('not ')
        ? `a test that goes by whether \`${before}\` holds`
        : `a test in which one side of \`${before}\` holds and the other doesn't`;
    case 'condition':
      return before.startsWith('when ')
        ? `a test in which \`${before.slice('when '.length)}\` doesn't hold`
        : `a test that goes by what \`${before}\` leaves out and \`${after}\` doesn't`;
    case 'gate':
      return 'a test in which a gate fails';
    case 'cap':
      return `a test in which \`${before || owner}\` decides what is paid`;
    case 'else':
      return `a test in which what stands before \`else ${before}\` is missing`;
    case 'missing':
      return `a test in which ${owner.split(', ').at(-1)} is missing`;
    case 'window':
    case 'period':
      return 'a test with rows of other periods';
    case 'scope':
      return 'a test with rows of other people';
    case 'aggregate':
      return 'a test with several rows that differ';
    case 'credit':
      return 'a test with a row that more than one person has a part in';
    case 'rounding':
      return 'a test in which an amount lies half a step above a whole one';
    case 'direction':
      return `a test that expects the attainment of ${owner.replace('kpi ', '')}`;
    case 'days':
      return 'a test of somebody who joins in the middle of a period';
    case 'weight':
      return 'a test that expects the score where these lines differ';
    case 'target':
      return `a test that expects ${owner.replace(/^.*target (`[^`]+`).*$/, 'the target of $1')}`;
    case 'award':
      return 'a test in which people share a place, or just miss one';
    case 'constant':
    case 'arithmetic':
    case 'payment':
      return `a test that expects a figure of ${owner}, where \`${before || after}\` counts`;
    default:
      return kind satisfies never;
  }
}

/** Whether two comparisons differ only where both sides are the same: `<` and `<=`, `>` and `>=`. */
function isOnlyAtBound(before: string, after: string): boolean {
  const plain = (text: string): string => text.replace(/([<>])=/g, '$1');
  return plain(before) === plain(after);
}

/** What a table is read for: a KPI's name where it is one alone. */
function readBy(owner: string, model: Model): string {
  const table = /`([^`]+)`/.exec(owner)?.[1];
  const read = new Set<string>();
  for (const role of model.roles) {
    for (const { value } of roleFormulas(model, role))
      walk(value, (node) => {
        const isRead =
          (node.kind === 'rates' && node.rates === table) || (node.kind === 'curve' && node.curve === table);
        if (isRead) read.add(node.argument.kind === 'figure' ? `\`${node.argument.figure}\`` : '');
      });
    for (const line of role.scorecard ?? [])
      if (line.curve === table)
        read.add(line.reads === 'value' ? `\`${line.kpi}\`` : `an attainment of \`${line.kpi}\``);
  }
  const [only, ...others] = read;
  if (only !== undefined && only !== '' && others.length === 0) return only;
  return table === undefined || !/^(rates|curve|grid)/.test(owner) ? 'a value' : `what \`${table}\` reads`;
}
