// Two texts to the lines that differ, as `diff -u` shows them.

const CONTEXT = 3;

interface Step {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** The unified diff from `before` to `after` of a file. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const steps = stepsBetween(linesOf(before), linesOf(after));
  const changed = steps.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  let out = `--- ${file}\n+++ ${file} (formatted)\n`;
  for (let from = 0; from < changed.length; ) {
    let to = from;
    while (to + 1 < changed.length && changed[to + 1]! - changed[to]! <= 2 * CONTEXT) to += 1;
    const start = Math.max(0, changed[from]! - CONTEXT);
    const end = Math.min(steps.length, changed[to]! + CONTEXT + 1);
    out += hunk(steps, start, end);
    from = to + 1;
  }
  return out;
}

function hunk(steps: readonly Step[], start: number, end: number): string {
  const count = (from: number, to: number, mark: Step['mark']) =>
    steps.slice(from, to).filter((step) => step.mark === ' ' || step.mark === mark).length;
  const range = (mark: Step['mark']) => {
    const length = count(start, end, mark);
    return `${count(0, start, mark) + (length === 0 ? 0 : 1)},${length}`;
  };
  const lines = steps.slice(start, end).map(({ mark, text }) => {
    return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
  });
  return `@@ -${range('-')} +${range('+')} @@\n${lines.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The fewest lines to take out and put in (Myers, "An O(ND) difference algorithm"). */
function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  const [n, m] = [before.length, after.length];
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let edits = 0; edits <= n + m; edits++) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = goesDown(furthest, diagonal, edits) ? furthest.get(diagonal + 1)! : furthest.get(diagonal - 1)! + 1;
      while (x < n && x - diagonal < m && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= n && x - diagonal >= m) return walkBack(trace, before, after);
    }
  }
  return [];
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && furthest.get(diagonal - 1)! < furthest.get(diagonal + 1)!;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Step[] {
  const steps: Step[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits]!;
    const diagonal = x - y;
    const down = goesDown(furthest, diagonal, edits);
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(from)!;
    const fromY = fromX - from;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0) && x - 1 >= 0 && y - 1 >= 0) {
      if (x <= (down ? fromX : fromX + 1) || before[x - 1] !== after[y - 1]) break;
      steps.push({ mark: ' ', text: before[x - 1]! });
      [x, y] = [x - 1, y - 1];
    }
    if (edits === 0) break;
    if (down) steps.push({ mark: '+', text: after[fromY]! });
    else steps.push({ mark: '-', text: before[fromX]! });
    [x, y] = [fromX, fromY];
  }
  while (x > 0 && y > 0) {
    steps.push({ mark: ' ', text: before[x - 1]! });
    [x, y] = [x - 1, y - 1];
  }
  return steps.reverse();
}
