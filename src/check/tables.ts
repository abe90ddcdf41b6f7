// Tables of reference rows: their keys, and the days that dated rows hold.

import { typeInWords } from '../library/types.ts';
import type { TableModel } from '../model/policy.ts';
import type * as astData from '../syntax/ast-data.ts';
import type { Checking } from './context.ts';
import { checkFields } from './fields.ts';
import * as messages from './messages.ts';

export function tableModel(checking: Checking, declaration: astData.TableDeclaration): TableModel {
  const whose = { kind: 'column', of: declaration.name.text } as const;
  const fields = checkFields(checking, { fields: declaration.fields, whose });
  const keys = declaration.fields.filter((each) => each.key).map((each) => each.name.text);
  if (keys.length === 0)
    checking.diagnostics.push(
      messages.missingPart(
        declaration.name.span,
        `table \`${declaration.name.text}\``,
        'key',
        'client: text key',
      ),
    );
  for (const field of declaration.fields) {
    for (const flag of ['posts', 'owner', 'known'] as const) {
      if (field[flag])
        checking.diagnostics.push(
          messages.notHere(field.span, `\`${flag}\``, 'that is for the fields of events: leave it out'),
        );
    }
    if (field.key && field.type.optional)
      checking.diagnostics.push(
        messages.wrongType(field.type.span, 'a field that is always there', 'one that may be empty (`?`)'),
      );
  }
  const dates = fields.filter((each) => each.name === 'from' || each.name === 'until');
  for (const each of dates) {
    if (each.type.kind !== 'date' && each.type.kind !== 'error')
      checking.diagnostics.push(messages.wrongType(each.span, 'a date', typeInWords(each.type)));
  }
  return {
    name: declaration.name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    fields,
    keys,
    dated: dates.length > 0,
    span: declaration.name.span,
  };
}
