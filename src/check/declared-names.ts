// Where the names of a policy are given, told to who listens: all that the files declare, also what an amending file takes
// the place of.

import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import type * as astTests from '../syntax/ast-tests.ts';
import type { Checking } from './context.ts';
import { lineageOf } from './credit.ts';
import { declares, fieldOf, type Meaning, means, personOf, wordOf } from './meanings.ts';

/** Tells the names of all declarations and of what has a name within them. */
export function declareNames(checking: Checking, files: readonly astPolicy.PolicyFile[]): void {
  for (const each of files.flatMap(({ declarations }) => declarations)) declareName(checking, each);
}

function declareName(checking: Checking, declaration: astPolicy.Declaration): void {
  const { declared } = checking;
  switch (declaration.kind) {
    case 'import':
      return;
    case 'for':
      means(checking, declaration.name, { kind: declaration.of });
      return;
    case 'person':
      declareFields(checking, declaration.fields, { kind: 'attribute' });
      return;
    case 'event': {
      const whose = fieldOf(declaration.name.text);
      declares(checking, declaration.name, { kind: 'event' });
      declareFields(checking, declaration.fields, whose);
      for (const each of declaration.computed) declares(checking, each.name, whose);
      return;
    }
    case 'table':
      declares(checking, declaration.name, { kind: 'table' });
      declareFields(checking, declaration.fields, { kind: 'column', of: declaration.name.text });
      return;
    case 'credit': {
      const { name, lines } = declaration;
      if (declared.eventNames.has(name.text)) means(checking, name, { kind: 'event' });
      for (const { as } of lines) if (as) declares(checking, as, { kind: 'credit line', of: name.text });
      return;
    }
    case 'grid':
      declares(checking, declaration.name, { kind: 'grid' });
      for (const each of declaration.dimensions)
        declares(checking, each, { kind: 'dimension', of: declaration.name.text });
      return;
    case 'role':
      declares(checking, declaration.name, { kind: 'role' });
      for (const each of declaration.bonuses) declareBonus(checking, declaration, each.name);
      return;
    case 'test':
      declares(checking, declaration.name, { kind: 'test' });
      declarePeople(checking, declaration);
      return;
    case 'policy':
    case 'kpi':
    case 'let':
    case 'curve':
    case 'rates':
    case 'pool':
    case 'award':
    case 'level':
    case 'calendar':
    case 'invariant':
      declares(checking, declaration.name, { kind: declaration.kind });
      return;
    default:
      declaration satisfies never;
  }
}

/** Fields, with the words of the lists among them. */
function declareFields(
  checking: Checking,
  fields: readonly astData.Field[],
  whose: Omit<Meaning, 'name'>,
): void {
  for (const { name, type } of fields) {
    declares(checking, name, whose);
    if (type.kind !== 'enumeration') continue;
    const members = [...new Set(type.members.map((each) => each.text))];
    const list: ValueType & { readonly kind: 'enumeration' } = {
      kind: 'enumeration',
      members,
      ordered: type.ordered,
    };
    for (const each of type.members) declares(checking, each, wordOf(list), list);
  }
}

/** A bonus, which is one with that of a role that it takes the place of. */
function declareBonus(checking: Checking, { name: role }: astRoles.RoleDeclaration, bonus: ast.Name): void {
  const of = (each: string): Meaning => ({ kind: 'bonus', name: bonus.text, of: each });
  declares(checking, bonus, of(role.text));
  for (const each of lineageOf(checking, role.text)) {
    const { bonuses = [] } = checking.declared.roles.get(each) ?? {};
    if (each !== role.text && bonuses.some(({ name }) => name.text === bonus.text))
      checking.meanings?.joined?.(of(role.text), of(each));
  }
}

/** The people whom a test makes up. */
function declarePeople(checking: Checking, { name, rows }: astTests.TestDeclaration): void {
  const whose = personOf(name.text);
  for (const { of, id } of rows) if (of.text === 'person' && id) declares(checking, id, whose);
}
