// Targets that aren't one value: a band, a row of a table, a longer one that is spread over its parts.

import { add, compare, equals, exact, ONE, ZERO } from '../base/exact.ts';
import { percentNotation } from '../base/notation.ts';
import { type CalendarGrain, type Grain, grainText, lengthOf, sameCalendar } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { FieldModel, Kpi, Override, Role, TableModel, Target } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { foldConstant, shareText } from './constants.ts';
import { type Checking, unknown } from './context.ts';
import { refuse, require } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { BUILT_IN_ATTRIBUTES } from './names.ts';
import * as rules from './rule-messages.ts';

/** `within a .. b`: two ends of one kind, the lower one first. */
export function checkBand(checking: Checking, low: Expression, high: Expression): boolean {
  if (!require(checking, high, (type) => comparable(type, low.type), typeInWords(low.type))) return false;
  if (!requirePresent(checking, high, 'the upper end of this target')) return false;
  const [from, to] = [foldConstant(low), foldConstant(high)];
  const isBackwards = typeof from === 'object' && typeof to === 'object' && compare(to, from) < 0;
  if (isBackwards) checking.diagnostics.push(rules.backwards(high.span, 'this band'));
  return !isBackwards;
}

/** A band and one value can't be averaged by days: targets of a KPI that can meet in a role are all of one kind. */
export function checkBandsApart(
  checking: Checking,
  roles: readonly Pick<Role, 'targets'>[],
  overrides: readonly Pick<Override, 'targets'>[],
): void {
  const own = overrides.flatMap(({ targets }) => targets);
  for (const { targets } of roles) {
    for (const kpi of new Set(targets.map((each) => each.kpi))) {
      const lines = [...targets, ...own].filter((each) => each.kpi === kpi);
      const band = lines.find((each) => each.upTo);
      const single = lines.find((each) => !each.upTo);
      if (!band || !single) continue;
      const why = `\`${kpi}\` has a band elsewhere, and the two can't be averaged by days: say \`within … .. …\` here too`;
      const related = [{ span: band.span, message: 'the band is here' }];
      checking.diagnostics.push(messages.notHere(single.span, 'a target of one value', why, related));
    }
  }
}

/** How many parts a longer target may be spread over. */
const PARTS: ReadonlyMap<CalendarGrain, readonly number[]> = new Map<CalendarGrain, readonly number[]>([
  ['year', [4, 12]],
  ['quarter', [3]],
]);

/** `spread evenly`, `spread 15%, 25%, 25%, 35%`: only what adds up has parts, and only what is longer than the period. */
export function spreadOf(
  checking: Checking,
  { parts, span }: NonNullable<astRoles.Target['spread']>,
  {
    kpi,
    grain,
    per,
  }: { readonly kpi: Kpi; readonly grain: Grain | undefined; readonly per: ast.GrainName | undefined },
): Target['spread'] | undefined {
  if (!grain) return undefined;
  if (kpi.adding === 'ratio') {
    const why = `\`${kpi.name}\` is a ratio, an average or a bound, of which there are no parts: leave it out`;
    checking.diagnostics.push(messages.notHere(span, '`spread`', why));
    return undefined;
  }
  if (grain === checking.grain) {
    const length = lengthOf(grain);
    const longer = grainText(
      sameCalendar(grain, length === 'month' || length === 'quarter' ? 'year' : 'month'),
    );
    checking.diagnostics.push(
      per
        ? messages.notHere(
            span,
            '`spread`',
            `the target is for one ${grainText(grain)}: say for how long it is, \`per ${longer}\``,
          )
        : messages.missingPart(span, 'this target', 'length that is spread', `per ${longer} spread …`),
    );
    return undefined;
  }
  if (parts === 'evenly') return parts;
  const [first, second] = parts;
  if (first?.kind === 'name' && !second) {
    checking.diagnostics.push(messages.badWord(first.span, 'a way to spread', first.name.text, ['evenly']));
    return undefined;
  }
  const shares = parts.map((each) => shareText(checking, each));
  if (shares.includes(undefined)) return undefined;
  const counts = PARTS.get(lengthOf(grain)) ?? [];
  if (counts.length > 0 && !counts.includes(parts.length)) {
    const wanted = `${counts.join(' or ')} shares for a ${grainText(grain)}`;
    checking.diagnostics.push(messages.wrongType(span, wanted, String(parts.length)));
    return undefined;
  }
  const total = shares.reduce((sum, each) => add(sum, exact(each!)), ZERO);
  if (!equals(total, ONE))
    checking.diagnostics.push(rules.partsDontAddUp(span, 'these shares', percentNotation(total), '100%'));
  return shares as readonly string[];
}

/**
 * `target revenue from quota`: the table's row of the person. Its keys are the person, or attributes of the person by
 * their names, or `kpi`; its column is called like the KPI, or is the only one of the KPI's type.
 */
export function fromTable(checking: Checking, target: astRoles.Target, kpi: Kpi): Expression {
  const { value } = target;
  const name = value.kind === 'name' ? value.name : { text: 'this', span: value.span };
  const table = checking.declared.tables.get(name.text);
  if (!table)
    return refuse(
      checking,
      messages.unknownName(name.span, 'table', name.text, [...checking.declared.tables.keys()]),
    );
  means(checking, name, { kind: 'table' });
  const column = columnFor(checking, table, kpi, name.span);
  const fields = table.keys.map((key) => table.fields.find((each) => each.name === key)!);
  const keys = fields.map((each) => keyOf(checking, each, kpi, name.span));
  sharedNames(checking, table, kpi);
  if (!column || keys.includes(undefined)) return unknown(value.span);
  // day by day, as any other target that changes within a period
  const day = {
    kind: 'period',
    edge: 'held',
    type: { kind: 'date' },
    optional: false,
    span: value.span,
  } as const;
  return {
    kind: 'lookup',
    table: table.name,
    keys: keys as readonly Expression[],
    ...(table.dated ? { at: day } : {}),
    column: column.name,
    type: column.type,
    optional: true,
    span: value.span,
  };
}

function columnFor(
  checking: Checking,
  { name, fields, keys }: TableModel,
  kpi: Kpi,
  use: Span,
): FieldModel | undefined {
  const values = fields.filter(
    (each) => !keys.includes(each.name) && each.name !== 'from' && each.name !== 'until',
  );
  const alike = values.filter((each) => comparable(each.type, kpi.type));
  const found = values.find((each) => each.name === kpi.name) ?? (alike.length === 1 ? alike[0] : undefined);
  if (found && comparable(found.type, kpi.type)) return found;
  if (values.some((each) => each.type.kind === 'error')) return undefined;
  checking.diagnostics.push(
    messages.missingPart(
      use,
      `table \`${name}\``,
      `column \`${kpi.name}\` with ${typeInWords(kpi.type)}`,
      `${kpi.name}: ${kpi.type.kind}`,
    ),
  );
  return undefined;
}

/** Columns that are found by the name of an attribute or a KPI can't be called otherwise alone. */
function sharedNames({ meanings, declared }: Checking, table: TableModel, { name: kpi }: Kpi): void {
  if (!meanings?.joined) return;
  for (const { name } of table.fields) {
    const column = { kind: 'column', name, of: table.name } as const;
    if (table.keys.includes(name)) {
      if (declared.attributes.has(name)) meanings.joined(column, { kind: 'attribute', name });
    } else if (name === kpi) meanings.joined(column, { kind: 'kpi', name });
  }
}

function keyOf(checking: Checking, field: FieldModel, kpi: Kpi, span: Span): Expression | undefined {
  if (field.name === 'kpi' && field.type.kind === 'text')
    return { kind: 'constant', text: kpi.name, type: field.type, optional: false, span };
  if (field.type.kind === 'period')
    return { kind: 'period', edge: 'itself', type: field.type, optional: false, span };
  if (field.type.kind === 'error') return undefined;
  const name = field.type.kind === 'person' && field.name !== 'lead' ? 'id' : field.name;
  const attribute = checking.declared.attributes.get(name) ?? BUILT_IN_ATTRIBUTES.get(name);
  if (!attribute || !comparable(attribute.type, field.type)) {
    const help = `no attribute of the person is ${describeField(field)}: look the target up by other keys`;
    checking.diagnostics.push(
      messages.wrongType(
        span,
        'a table whose keys are those of a person',
        `\`${field.name}\``,
        [{ span: field.span, message: 'this key' }],
        help,
      ),
    );
    return undefined;
  }
  return { kind: 'attribute', name, type: attribute.type, optional: false, span };
}

function describeField(field: FieldModel): string {
  return `\`${field.name}\`, ${typeInWords(field.type)}`;
}
