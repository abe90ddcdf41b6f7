// The names and types of a policy as TypeScript, for programs that run it: names stand in quotes, so that any name is just
// a name there too.

import type { FieldModel, Kpi, Model } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';

/** A declaration of one type, `Policy`: the policy's roles and KPIs, and the rows of the sources that it is read from. */
export function policyTypes(model: Model, sources: ReadonlyMap<string, readonly FieldModel[]>): string {
  return `// Names and types of policy ${quoted(model.name)}, written by \`merit types\`: write them again when it changes.

import type * as merit from 'merit/embed';

export interface Policy {
  readonly roles: ${oneOf(model.roles.map((each) => each.name))};
  readonly kpis: {
${model.kpis.map(kpiLines).join('')}  };
  readonly rows: {
${[...sources].map(([name, fields]) => sourceLines(name, fields)).join('')}  };
}
`;
}

function kpiLines({ name, title, doc, type, optional }: Kpi): string {
  const about = [title, doc].filter((each) => each !== undefined).join('\n');
  return `${docOf(about, '    ')}    readonly ${quoted(name)}: { readonly type: ${literal(type)}; readonly optional: ${optional} };\n`;
}

/** Absences are known of some companies only; every other source is needed. */
function sourceLines(name: string, fields: readonly FieldModel[]): string {
  const optional = name === 'absence' ? '?' : '';
  const lines = fields.map((field) => {
    const mayLack = field.optional || field.fallback !== undefined;
    const type = `${cellOf(field.type)}${mayLack ? ' | null' : ''}`;
    return `${docOf(field.doc ?? '', '      ')}      readonly ${quoted(field.name)}${mayLack ? '?' : ''}: ${type};\n`;
  });
  return `    readonly ${quoted(name)}${optional}: {\n${lines.join('')}    };\n`;
}

/** What a program may give for a value of the type. */
function cellOf(type: ValueType): string {
  switch (type.kind) {
    case 'number':
    case 'money':
    case 'percent':
      return 'merit.NumberCell';
    case 'date':
      return 'merit.DateCell';
    case 'datetime':
      return 'merit.DatetimeCell';
    case 'truth':
      return 'merit.TruthCell';
    case 'enumeration':
      return oneOf(type.members);
    case 'text':
    case 'person':
      return 'merit.TextCell';
    case 'duration':
    case 'period':
    case 'error':
      return 'string';
    default:
      return type satisfies never;
  }
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'never' : [...new Set(names)].map(quoted).join(' | ');
}

/** Plain data as the type that nothing else is of. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).map(([key, each]) => `readonly ${quoted(key)}: ${literal(each)}`);
  return `{ ${parts.join('; ')} }`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function docOf(text: string, indent: string): string {
  const lines = inComment(text)
    .split(/\r\n|[\n\r]/)
    .map((each) => each.trim());
  if (text.trim() === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((each) => `${indent} * ${each}\n`).join('')}${indent} */\n`;
}

/** Text that doesn't end the comment that it stands in. */
function inComment(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/[\u2028\u2029]/g, ' ');
}
