// The feedback meeting on a statement's page: what was said of it before, who has seen it, and room to write by hand.

import { escaped } from './html.ts';
import { type Sheet, sectionHtml } from './page.ts';
import { momentName } from './page-dates.ts';
import { visible } from './terminal-text.ts';

/** What is kept of one person's statement of a period beside the ledger's closes. */
export interface MeetingNotes {
  readonly person: string;
  readonly period: string;
  /** In order of time: who said what, and when. */
  readonly comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  /** Who has seen it, and when. */
  readonly acknowledgements: readonly { readonly by: string; readonly at: string }[];
}

/** What was said and seen; where nobody has acknowledged the statement, room for it. */
export function meetingHtml(notes: MeetingNotes | undefined, sheet: Sheet): readonly string[] {
  const { tell, language } = sheet;
  const { comments = [], acknowledgements = [] } = notes ?? {};
  const said = comments.map(
    ({ by, at, text }) =>
      `<li><span class="note">${escaped(`${momentName(language, at)}, ${visible(by)}`)}</span><br>${escaped(visible(text))}</li>`,
  );
  const seen = acknowledgements.map(({ by, at }) =>
    escaped(tell('meeting.seen', { by: visible(by), at: momentName(language, at) })),
  );
  const lines = ['meeting.date', 'meeting.with', 'meeting.signature', 'meeting.signed'] as const;
  return sectionHtml(
    tell('meeting'),
    [
      said.length === 0 ? '' : `<ul class="list">${said.join('')}</ul>`,
      ...seen.map((each) => `<p class="green">${each}</p>`),
      `<div class="room">${escaped(tell('meeting.comment'))}</div>`,
      seen.length > 0
        ? ''
        : `<div class="sign">${lines.map((each) => `<div>${escaped(tell(each))}</div>`).join('')}</div>`,
    ],
    'meeting',
  );
}
