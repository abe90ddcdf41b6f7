// Draws the grammar as railroad diagrams: one SVG per rule, in one page of HTML that loads nothing. A part becomes a
// box with its track at one height; boxes stand beside, above or below one another.

import { type Part, readGrammar } from './ebnf.ts';

/** A drawn part: the track runs from its left to its right at `up` from its top. */
interface Box {
  readonly width: number;
  readonly up: number;
  readonly down: number;
  /** Its drawing, with the track's left end at the point. */
  draw(x: number, y: number): string;
}

const LETTER = 7.3;
const GAP = 12;
const TURN = 8;
const HALF = 12;

/** The page of all diagrams. */
export function railroadPage(grammar: string): string {
  const rules = [...readGrammar(grammar)];
  const names = new Set(rules.map(([name]) => name));
  const sections = rules.map(
    ([name, part]) => `<h2 id="${name}">${name}</h2>\n${diagram(name, part, names)}`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The grammar of Merit</title>
<style>
body { font: 15px system-ui, sans-serif; margin: 2em auto; max-width: 72em; padding: 0 1em; color: #222; background: #fff; }
h2 { font: 600 15px ui-monospace, monospace; margin: 1.8em 0 0.3em; }
figure { margin: 0; overflow-x: auto; }
svg text { font: 12px ui-monospace, monospace; text-anchor: middle; dominant-baseline: central; fill: #222; }
svg path { fill: none; stroke: #555; stroke-width: 1.5; }
svg rect { stroke: #555; stroke-width: 1.5; fill: #f4f4f4; }
svg rect.word { fill: #e3efe3; }
svg rect.special { fill: #fff; stroke-dasharray: 4 3; }
</style>
<h1>The grammar of Merit</h1>
<p>Made from <code>merit.ebnf</code>, which has the notes on lines and words; green is what is written as it stands.</p>
${sections.join('\n')}
</html>
`;
}

function diagram(name: string, part: Part, names: ReadonlySet<string>): string {
  const box = boxOf(part, names);
  const [width, height] = [box.width + 2 * GAP + 2, box.up + box.down + 4];
  const y = box.up + 2;
  const ends = `${track(1, y, GAP)}${track(1 + GAP + box.width, y, GAP)}<path d="M1 ${y - 6}v12M${width - 1} ${y - 6}v12"/>`;
  const size = `width="${round(width)}" height="${round(height)}"`;
  return `<figure><svg ${size} role="img" aria-label="${name}">${ends}${box.draw(1 + GAP, y)}</svg></figure>`;
}

function boxOf(part: Part, names: ReadonlySet<string>): Box {
  switch (part.kind) {
    case 'terminal':
      return label(part.text, 'word');
    case 'special':
      return label(part.text, 'special');
    case 'rule': {
      const box = label(part.text, 'rule');
      if (!names.has(part.text)) return box;
      return { ...box, draw: (x, y) => `<a href="#${part.text}">${box.draw(x, y)}</a>` };
    }
    case 'sequence':
      return beside(part.parts.map((each) => boxOf(each, names)));
    case 'choice':
      return stacked(part.parts.map((each) => boxOf(each, names)));
    case 'optional':
      return stacked([EMPTY, boxOf(part.part, names)]);
    case 'repeated':
      return loop(boxOf(part.part, names));
    default:
      return part satisfies never;
  }
}

const EMPTY: Box = { width: 0, up: 4, down: 4, draw: () => '' };

function label(text: string, kind: 'word' | 'rule' | 'special'): Box {
  const width = round([...text].length * LETTER + 16);
  const corner = kind === 'word' ? HALF : 2;
  return {
    width,
    up: HALF + 2,
    down: HALF + 2,
    draw: (x, y) =>
      `<rect class="${kind}" x="${round(x)}" y="${round(y - HALF)}" width="${width}" height="${2 * HALF}" rx="${corner}"/>` +
      `<text x="${round(x + width / 2)}" y="${round(y)}">${escaped(text)}</text>`,
  };
}

function beside(boxes: readonly Box[]): Box {
  const width = boxes.reduce((sum, box) => sum + box.width, 0) + GAP * (boxes.length - 1);
  return {
    width,
    up: Math.max(...boxes.map(({ up }) => up)),
    down: Math.max(...boxes.map(({ down }) => down)),
    draw: (x, y) => {
      let at = x;
      return boxes
        .map((box, index) => {
          const drawn = (index === 0 ? '' : track(at - GAP, y, GAP)) + box.draw(at, y);
          at += box.width + GAP;
          return drawn;
        })
        .join('');
    },
  };
}

/** One of several: the first on the track, the others below it. */
function stacked(boxes: readonly Box[]): Box {
  const inner = Math.max(...boxes.map(({ width }) => width));
  const offsets = [0];
  for (const [index, box] of boxes.entries()) {
    if (index > 0) offsets.push(offsets[index - 1]! + Math.max(boxes[index - 1]!.down + box.up, 2 * TURN));
  }
  return {
    width: inner + 4 * TURN,
    up: boxes[0]!.up,
    down: offsets.at(-1)! + boxes.at(-1)!.down,
    draw: (x, y) => {
      const right = x + inner + 4 * TURN;
      return boxes
        .map((box, index) => {
          const at = y + offsets[index]!;
          const rest = inner - box.width;
          const branch =
            index === 0
              ? track(x, y, 2 * TURN) + track(right - 2 * TURN, y, 2 * TURN)
              : `<path d="M${round(x)} ${round(y)}q${TURN} 0 ${TURN} ${TURN}V${round(at - TURN)}q0 ${TURN} ${TURN} ${TURN}` +
                `M${round(right)} ${round(y)}q${-TURN} 0 ${-TURN} ${TURN}V${round(at - TURN)}q0 ${TURN} ${-TURN} ${TURN}"/>`;
          return branch + box.draw(x + 2 * TURN, at) + track(x + 2 * TURN + box.width, at, rest);
        })
        .join('');
    },
  };
}

/** None or several: the track passes, and the part hangs below it on the way back. */
function loop(box: Box): Box {
  const down = TURN * 2 + box.up;
  return {
    width: box.width + 4 * TURN,
    up: 4,
    down: down + box.down,
    draw: (x, y) => {
      const [left, right, at] = [x + TURN, x + box.width + 3 * TURN, y + down];
      const back =
        `<path d="M${round(right)} ${round(y)}q${TURN} 0 ${TURN} ${TURN}V${round(at - TURN)}q0 ${TURN} ${-TURN} ${TURN}h${-TURN}` +
        `M${round(left)} ${round(y)}q${-TURN} 0 ${-TURN} ${TURN}V${round(at - TURN)}q0 ${TURN} ${TURN} ${TURN}h${TURN}"/>`;
      return track(x, y, box.width + 4 * TURN) + back + box.draw(x + 2 * TURN, at);
    },
  };
}

function track(x: number, y: number, length: number): string {
  return length <= 0 ? '' : `<path d="M${round(x)} ${round(y)}h${round(length)}"/>`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
