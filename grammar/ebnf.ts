// The grammar as a tree: what railroad.ts draws and the tests make sentences of. Reads the notation of ISO 14977 that
// merit.ebnf uses: `=`, `,`, `|`, `[ ]`, `{ }`, `( )`, terminals in quotes, `? … ?` and comments.

/** A part of a rule; `special` is what the notation can't say. */
export type Part =
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'optional' | 'repeated'; readonly part: Part }
  | { readonly kind: 'terminal' | 'rule' | 'special'; readonly text: string };

const PIECE = /\s+|\(\*[\s\S]*?\*\)|"[^"]*"|'[^']*'|\?[^?]*\?|[a-z_]+|[=,|;()[\]{}]/y;

/** The rules by name, in the order in which they stand. */
export function readGrammar(text: string): ReadonlyMap<string, Part> {
  const pieces = split(text);
  const rules = new Map<string, Part>();
  let at = 0;
  while (at < pieces.length) {
    const name = pieces[at]!;
    if (rules.has(name)) throw new Error(`the grammar has two rules called ${name}`);
    at += 1;
    take('=');
    rules.set(name, choice());
    take(';');
  }
  return rules;

  function take(sign: string): void {
    if (pieces[at] !== sign) throw new Error(`the grammar has ${pieces[at]} where ${sign} belongs`);
    at += 1;
  }

  function choice(): Part {
    const parts = [sequence()];
    while (pieces[at] === '|') {
      at += 1;
      parts.push(sequence());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  function sequence(): Part {
    const parts = [one()];
    while (pieces[at] === ',') {
      at += 1;
      parts.push(one());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  function one(): Part {
    const piece = pieces[at++]!;
    const close = { '(': ')', '[': ']', '{': '}' }[piece];
    if (close !== undefined) {
      const part = choice();
      take(close);
      if (piece === '(') return part;
      return { kind: piece === '[' ? 'optional' : 'repeated', part };
    }
    if (/^["']/.test(piece)) return { kind: 'terminal', text: piece.slice(1, -1) };
    if (piece.startsWith('?')) return { kind: 'special', text: piece.slice(1, -1).trim() };
    return { kind: 'rule', text: piece };
  }
}

function split(text: string): readonly string[] {
  const pieces: string[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const from = PIECE.lastIndex;
    const found = PIECE.exec(text)?.[0];
    if (found === undefined) throw new Error(`the grammar has ${text.slice(from, from + 20)}`);
    if (found.trim() !== '' && !found.startsWith('(*')) pieces.push(found);
  }
  return pieces;
}

/** The parts right below a part. */
export function partsOf(part: Part): readonly Part[] {
  switch (part.kind) {
    case 'sequence':
    case 'choice':
      return part.parts;
    case 'optional':
    case 'repeated':
      return [part.part];
    case 'terminal':
    case 'rule':
    case 'special':
      return [];
    default:
      return part satisfies never;
  }
}

/** All texts of the parts of a kind, in a rule. */
export function textsOf(part: Part, kind: 'terminal' | 'rule'): readonly string[] {
  if (part.kind === kind) return [part.text];
  return partsOf(part).flatMap((each) => textsOf(each, kind));
}
