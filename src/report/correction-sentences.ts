// What a page says of a line for closed periods, in the language's sentences: why each is corrected, and what of that is
// taken when.

import { signOfText } from '../base/exact-text.ts';
import type { AdjustmentCause } from '../model/ledger.ts';
import type { PayLine } from '../model/pay-lines.ts';
import { figureIn, type Language } from './explain-figures.ts';
import { periodName } from './page-dates.ts';
import { type SentenceTexts, sentenceTexts } from './sentence-words.ts';
import { visible } from './terminal-text.ts';

/** What such a line is called; nothing of any other. */
export function correctionTitle(
  {
    kind,
    name,
    title,
    period,
    due = '',
  }: Pick<PayLine, 'kind' | 'name' | 'title'> & Partial<Pick<PayLine, 'period' | 'due'>>,
  language: Language,
): string | undefined {
  const tell = sentenceTexts(language);
  const of = period === undefined ? undefined : periodName(language, period);
  switch (kind) {
    case 'adjustment':
      return of === undefined ? tell('correction') : tell('correction.of', { period: of });
    case 'offset':
      return of === undefined
        ? tell('correction')
        : tell('correction.offset', {
            period: of,
            what: visible(title ?? name),
            due: periodName(language, due),
          });
    case 'owed':
    case 'carried':
      return tell(`correction.${kind}`);
    default:
      return undefined;
  }
}

/** Why it is corrected and which lines that moves; nothing of any other line. */
export function correctionSentences(
  { kind, amount, cause, lines = [] }: PayLine,
  { language, currency }: { readonly language: Language; readonly currency: string },
): readonly string[] {
  const tell = sentenceTexts(language);
  if (kind === 'offset') return [tell(signOfText(amount) > 0 ? 'correction.spared' : 'correction.taken')];
  if (kind !== 'adjustment') return [];
  const moved = lines.map(({ name, role, over, amount: by }) => {
    const whose = role === undefined ? '' : ` (${visible(role)})`;
    const time =
      over === undefined ? '' : `, ${tell('correction.over', { period: periodName(language, over) })}`;
    const value = figureIn(language, { value: by, type: { kind: 'money', currency } });
    return `${visible(name)}${whose}${time}: ${value}`;
  });
  return [...(cause ? causeSentences(cause, tell) : []), ...moved];
}

function causeSentences(cause: AdjustmentCause, tell: SentenceTexts): readonly string[] {
  switch (cause.kind) {
    case 'row': {
      const source = visible(cause.source);
      const says = (text: string | undefined) => (text === undefined ? tell('cause.empty') : visible(text));
      return [
        tell(`cause.${cause.change}`, { source, key: visible(cause.key) }),
        ...cause.fields.map(({ field, before, after }) =>
          tell('cause.field', { field: visible(field), before: says(before), after: says(after) }),
        ),
      ];
    }
    case 'rows':
      return [tell('cause.rows', { source: visible(cause.source), count: cause.count })];
    case 'policy': {
      const what = cause.declaration === undefined ? '' : `: \`${visible(cause.declaration)}\``;
      return [tell('cause.policy', { policy: visible(cause.policy), what })];
    }
    case 'engine':
      return [tell('cause.engine', { before: visible(cause.before), after: visible(cause.after) })];
    case 'reach':
      return [tell('cause.reach')];
    case 'together':
      return cause.causes.flatMap((each) => causeSentences(each, tell));
    default:
      return cause satisfies never;
  }
}
