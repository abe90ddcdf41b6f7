// Every part of an expression of the syntax tree.

import type * as ast from '../syntax/ast.ts';

/** Every part of an expression of the syntax tree, the whole first. */
export function walk(node: ast.Expression, visit: (node: ast.Expression) => void): void {
  visit(node);
  for (const part of partsOf(node)) walk(part, visit);
}

function partsOf(node: ast.Expression): readonly ast.Expression[] {
  switch (node.kind) {
    case 'member':
      return [node.of];
    case 'call':
      return [
        ...node.args,
        ...(node.by ?? []),
        ...(node.where ? [node.where] : []),
        ...(node.to ? [node.to] : []),
        ...(node.of ? [node.of] : []),
        ...(node.after ? [node.after] : []),
        ...(node.at ? [node.at] : []),
        ...(node.within ? [node.within.length, node.within.of] : []),
      ];
    case 'step':
      return [node.of, node.count];
    case 'brackets':
      return [
        node.of,
        ...node.items.flatMap((item) =>
          item.kind === 'expression'
            ? [item.value, ...(item.at ? [item.at] : [])]
            : item.kind === 'by'
              ? [item.value]
              : [],
        ),
      ];
    case 'unary':
    case 'exists':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'else':
      return [node.value, node.fallback];
    case 'choice':
      return [node.condition, node.value, node.otherwise];
    default:
      return [];
  }
}
