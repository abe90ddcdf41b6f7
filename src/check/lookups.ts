// Look-ups in tables: `account_care[client at closed_on].farmer`.

import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import { comparable, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { describe, infer, refuse } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';

/** Money in the currency that a row of a table names isn't money in that of another row. */
function ofTable(table: string, type: ValueType): ValueType {
  if (type.kind !== 'money' || isCurrencyCode(type.currency)) return type;
  return { kind: 'money', currency: `${table}.${type.currency}` };
}

/** `table[key, … at day].column`. */
export function inferLookup(
  checking: Checking,
  brackets: ast.Brackets,
  column: ast.Name,
  span: Span,
  world: World,
): Expression {
  const owner = brackets.of.kind === 'name' ? brackets.of.name : undefined;
  const table = owner && checking.declared.tables.get(owner.text);
  if (!owner || !table) {
    if (owner && checking.declared.kpis.has(owner.text)) {
      means(checking, owner, { kind: 'kpi' });
      return refuse(
        checking,
        messages.notHere(
          column.span,
          `\`.${column.text}\``,
          `a KPI has no columns: \`${owner.text}[…]\` is its value`,
        ),
      );
    }
    return refuse(
      checking,
      messages.unknownName(brackets.of.span, 'table', owner?.text ?? 'this', [
        ...checking.declared.tables.keys(),
      ]),
    );
  }
  means(checking, owner, { kind: 'table' });
  const field = table.fields.find((each) => each.name === column.text);
  if (field) means(checking, column, { kind: 'column', of: table.name });
  if (!field)
    return refuse(
      checking,
      messages.unknownName(
        column.span,
        `column of \`${table.name}\``,
        column.text,
        table.fields.map((each) => each.name),
      ),
    );
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(span, 'a look-up'));
  if (brackets.items.length !== table.keys.length) {
    return refuse(
      checking,
      messages.wrongArguments(
        brackets.span,
        table.name,
        table.keys.length === 1 ? 'one key' : `${table.keys.length} keys`,
        brackets.items.length,
      ),
    );
  }
  const keys: Expression[] = [];
  let at: Expression | undefined;
  for (const [index, item] of brackets.items.entries()) {
    if (item.kind !== 'expression')
      return refuse(
        checking,
        messages.notHere(
          item.span,
          'a scope or window',
          `these brackets look up a row of \`${table.name}\` by \`${table.keys.join('`, `')}\``,
        ),
      );
    const wanted = table.fields.find((each) => each.name === table.keys[index])!;
    const key = infer(checking, item.value, world, wanted.type);
    if (wanted.type.kind === 'error') return unknown(span);
    if (!isError(key) && !comparable(key.type, wanted.type))
      checking.diagnostics.push(messages.wrongType(key.span, typeInWords(wanted.type), describe(key)));
    keys.push(key);
    if (item.of)
      checking.diagnostics.push(
        messages.notHere(item.of.span, 'a calendar', 'a row is looked up by its keys'),
      );
    if (item.at) at = infer(checking, item.at, world);
  }
  if (keys.some(isError)) return unknown(span);
  if (table.dated && !at) {
    return refuse(
      checking,
      messages.missingPart(
        brackets.span,
        `this look-up in \`${table.name}\``,
        'day, and the table is dated',
        `${table.name}[… at ${world.kind === 'row' ? 'closed_on' : 'period.end'}]`,
      ),
    );
  }
  if (!table.dated && at)
    return refuse(
      checking,
      messages.notHere(
        at.span,
        '`at`',
        `table \`${table.name}\` isn't dated: give it a \`from: date\` column`,
      ),
    );
  if (at && at.type.kind !== 'date') {
    if (!isError(at)) checking.diagnostics.push(messages.wrongType(at.span, 'a date', describe(at)));
    return unknown(span);
  }
  return {
    kind: 'lookup',
    table: table.name,
    keys,
    ...(at ? { at } : {}),
    column: field.name,
    type: ofTable(table.name, field.type),
    optional: true,
    span,
  };
}
