// The outline of a file: its declarations with what has a name within them, as far as the file can be read.

import type { Span } from '../base/source.ts';
import type { Meaning } from '../check/meanings.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type { Project } from './project.ts';
import { told, typeText } from './told.ts';

/** What an entry of the outline is. */
export type OutlineKind =
  | Exclude<astPolicy.Declaration['kind'], 'for'>
  | 'targets'
  | 'field'
  | 'computed field'
  | 'bonus'
  | 'target'
  | 'scorecard'
  | 'credit line';

/** A declaration or a part of one. */
export interface OutlineItem {
  readonly name: string;
  readonly kind: OutlineKind;
  /** Its title or type. */
  readonly detail?: string;
  readonly doc?: string;
  /** All of it. */
  readonly span: Span;
  /** Its name, which lies within `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

/** The outline of a file, in the order of its text. */
export function outlineOf(project: Project, file: string): readonly OutlineItem[] {
  const declarations = project.files.get(file)?.value.declarations ?? [];
  return inOrder(declarations.map((each) => entryOf(project, each)));
}

interface Part {
  readonly kind: OutlineKind;
  readonly name: ast.Name;
  readonly span: Span;
  readonly doc?: string | undefined;
  readonly title?: ast.Name | undefined;
  readonly meaning?: Omit<Meaning, 'name'>;
  readonly children?: readonly OutlineItem[];
}

function item(project: Project, { kind, name, span, doc, title, meaning, children = [] }: Part): OutlineItem {
  const known = meaning && project.checking && told(project.checking, { name: name.text, ...meaning });
  const type = known?.type && known.type.kind !== 'error' ? typeText(known.type) : undefined;
  const detail = [title?.text, type].filter((each) => each !== undefined).join(', ');
  const isWithin = name.span.start >= span.start && name.span.end <= span.end;
  return {
    name: name.text === '' ? kind : name.text,
    kind,
    ...(detail === '' ? {} : { detail }),
    ...(doc === undefined || doc === '' ? {} : { doc }),
    span,
    nameSpan: isWithin ? name.span : { ...span, end: span.start },
    children: inOrder(children),
  };
}

function inOrder(items: readonly OutlineItem[]): readonly OutlineItem[] {
  return items.toSorted((a, b) => a.span.start - b.span.start);
}

function entryOf(project: Project, declaration: astPolicy.Declaration): OutlineItem {
  const { kind, span, doc } = declaration;
  const within = { span, doc };
  const first = (text: string): ast.Name => ({ text, span: { ...span, end: span.start } });
  switch (kind) {
    case 'import':
      return item(project, { ...within, kind, name: declaration.path });
    case 'person':
      return item(project, {
        ...within,
        kind,
        name: first('person'),
        children: fieldsOf(project, declaration.fields, { kind: 'attribute' }),
      });
    case 'for':
      return item(project, {
        ...within,
        kind: 'targets',
        name: { ...declaration.name, text: `${declaration.of} ${declaration.name.text}` },
        children: targetsOf(project, declaration.targets),
      });
    case 'event': {
      const whose = { kind: 'field', of: declaration.name.text } as const;
      const computed = declaration.computed.map((each) =>
        item(project, {
          kind: 'computed field',
          name: each.name,
          span: each.span,
          doc: each.doc,
          meaning: whose,
        }),
      );
      return item(project, {
        ...within,
        kind,
        name: declaration.name,
        children: [...fieldsOf(project, declaration.fields, whose), ...computed],
      });
    }
    case 'table':
      return item(project, {
        ...within,
        kind,
        name: declaration.name,
        children: fieldsOf(project, declaration.fields, { kind: 'column', of: declaration.name.text }),
      });
    case 'credit':
      return item(project, {
        ...within,
        kind,
        name: declaration.name,
        children: declaration.lines.flatMap(({ as, span }) =>
          as ? item(project, { kind: 'credit line', name: as, span }) : [],
        ),
      });
    case 'role':
      return item(project, {
        ...within,
        kind,
        name: declaration.name,
        title: declaration.title,
        children: partsOfRole(project, declaration),
      });
    case 'kpi':
      return item(project, {
        ...within,
        kind,
        name: declaration.name,
        title: declaration.title,
        meaning: { kind },
      });
    case 'let':
      return item(project, { ...within, kind, name: declaration.name, meaning: { kind } });
    case 'policy':
    case 'award':
    case 'level':
    case 'pool':
      return item(project, { ...within, kind, name: declaration.name, title: declaration.title });
    case 'curve':
    case 'rates':
    case 'grid':
    case 'calendar':
    case 'test':
    case 'invariant':
      return item(project, { ...within, kind, name: declaration.name });
    default:
      return declaration satisfies never;
  }
}

function fieldsOf(
  project: Project,
  fields: readonly { readonly name: ast.Name; readonly doc?: string; readonly span: Span }[],
  meaning: Omit<Meaning, 'name'>,
): readonly OutlineItem[] {
  return fields.map(({ name, doc, span }) => item(project, { kind: 'field', name, doc, span, meaning }));
}

function targetsOf(
  project: Project,
  targets: readonly { readonly kpi: ast.Name; readonly span: Span }[],
): readonly OutlineItem[] {
  return targets.map(({ kpi, span }) => item(project, { kind: 'target', name: kpi, span }));
}

function partsOfRole(
  project: Project,
  role: astPolicy.Declaration & { readonly kind: 'role' },
): readonly OutlineItem[] {
  const { scorecard } = role;
  const score = scorecard && {
    kind: 'scorecard' as const,
    name: { text: 'scorecard', span: { ...scorecard.span, end: scorecard.span.start } },
    span: scorecard.span,
  };
  const bonuses = role.bonuses.map(({ name, title, doc, span }) =>
    item(project, { kind: 'bonus', name, title, doc, span, meaning: { kind: 'bonus', of: role.name.text } }),
  );
  return [...targetsOf(project, role.targets), ...(score ? [item(project, score)] : []), ...bonuses];
}
