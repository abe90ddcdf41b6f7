// The door for reports: a run's statements and dashboards as pages, with their charts drawn. It is loaded by whoever asks
// for a report, since the charting library is large.

import { drawnTables } from './ask/drawn-tables.ts';
import { feedbackOfEach } from './ask/feedback.ts';
import type { Backend } from './backend/backend.ts';
import { type Checked, hasErrors, RunError } from './base/diagnostic.ts';
import { giveTurn } from './base/limits.ts';
import { type Period, shift } from './base/period.ts';
import { dashboards, periodsPage, type Reported, type ReportFile } from './charts/report-dashboards.ts';
import { type Drawn, statementPictures } from './charts/report-pictures.ts';
import { run } from './engine.ts';
import { runPeriods } from './evaluate/periods.ts';
import type { RunRequest } from './gather.ts';
import type { Feedback } from './model/feedback.ts';
import type { Result } from './model/result.ts';
import { completeOf } from './query/carried.ts';
import type { Language } from './report/explain-figures.ts';
import { fileNames } from './report/file-names.ts';
import type { MeetingNotes } from './report/meeting.ts';
import { type Final, rolePlaces, withFinals } from './report/result-parts.ts';
import { statementPage } from './report/statement-page.ts';

export type { ReportFile } from './charts/report-dashboards.ts';
export type { Language } from './report/explain-figures.ts';
export type { MeetingNotes } from './report/meeting.ts';

/** What a report is of. */
export interface ReportRequest extends RunRequest {
  readonly language: Language;
  /** Only this person's statement, and no dashboard. */
  readonly person?: string;
  /** How many periods before those asked for are shown beside them, where the policy and its data go back so far. */
  readonly history?: number;
  /** Each person's feedback, which takes several runs of that person's pay. */
  readonly feedback: 'each' | 'none';
  /** What is final of the periods that are shown: it takes the place of what is worked out. */
  readonly finals?: readonly Final[];
  /** What is kept of meetings. */
  readonly meetings?: readonly MeetingNotes[];
}

/** How many earlier periods are shown unless said. */
const HISTORY = 5;

interface Making extends Reported {
  readonly request: ReportRequest;
  readonly tables: Drawn['tables'];
}

/**
 * The pages of a report: `index.html` and the dashboards of roles and teams beside it, and a page for each statement in
 * `statements/`; of several periods, a folder of these for each, named by it. The value is absent where a run would stop.
 * Each backend is one that nothing has been read with.
 */
export async function reportFiles(
  request: ReportRequest,
  openBackend: () => Promise<Backend>,
): Promise<Checked<readonly ReportFile[] | undefined>> {
  const { model } = request;
  const { value: asked, diagnostics: misdated } = runPeriods(model, request.period);
  if (hasErrors(misdated)) return { value: undefined, diagnostics: misdated };
  const { value: worked, diagnostics } = await longRun(request, asked, openBackend);
  if (!worked) return { value: undefined, diagnostics };
  const result = withFinals(worked, request.finals ?? []);
  const stays = result.statements.flatMap(({ roles }) => roles);
  const making: Making = {
    request,
    result,
    asked,
    tables: model.roles.flatMap((each) => drawnTables(model, each)),
    people: fileNames(result.statements.map((each) => each.person)),
    roles: fileNames(stays.map((each) => each.role)),
    teams: fileNames(stays.flatMap(({ team }) => team ?? [])),
  };
  const files: ReportFile[] = [];
  for (const period of asked) {
    const folder = asked.length > 1 ? `${period.id}/` : '';
    const pages = await pagesOf(making, period, openBackend);
    files.push(...pages.map(({ name, text }) => ({ name: folder + name, text })));
  }
  const index =
    asked.length > 1 && request.person === undefined ? [periodsPage(making, request.language)] : [];
  return { value: [...index, ...files], diagnostics };
}

/** The run over the periods asked for and those before them; where these stop it, over the former alone. */
async function longRun(
  request: ReportRequest,
  asked: readonly Period[],
  openBackend: () => Promise<Backend>,
): Promise<Checked<Result | undefined>> {
  const [first, last] = [asked[0] as Period, asked.at(-1) as Period];
  const earliest = earliestOf(request, first);
  const over = async (from: Period) => {
    const backend = await openBackend();
    try {
      return await run({ ...request, period: from === last ? from.id : `${from.id}..${last.id}` }, backend);
    } finally {
      await backend.close();
    }
  };
  const found = await over(earliest);
  return found.value || earliest === first ? found : over(first);
}

/** The first period that is shown: not before the policy holds, and what its bonuses read is known. */
function earliestOf({ model, history = HISTORY }: ReportRequest, first: Period): Period {
  const begins = Math.max(model.effective.from ?? -Infinity, completeOf(model) ?? -Infinity);
  let earliest = first;
  for (let count = 0; count < history; count++) {
    const before = shift(earliest, -1);
    if (before.from < begins) break;
    earliest = before;
  }
  return earliest;
}

async function pagesOf(
  making: Making,
  period: Period,
  openBackend: () => Promise<Backend>,
): Promise<readonly ReportFile[]> {
  const { request, people } = making;
  const { language, person, limits, meetings = [], finals = [] } = request;
  const closed = finals.find((each) => each.result.periods.includes(period.id))?.closed;
  const result = upTo(making, period);
  const here = result.statements.filter(
    (each) => each.period === period.id && (person === undefined || each.person === person),
  );
  const feedback = await feedbackFor(
    making,
    period,
    here.map((each) => each.person),
    openBackend,
  );
  const places = rolePlaces(result, period.id);
  const drawing: Drawn = { result, period: period.id, language, tables: making.tables };
  const pages: ReportFile[] = [];
  for (const statement of here) {
    await giveTurn(limits);
    const [before] = result.statements.filter(
      (each) => each.person === statement.person && each.period === shift(period, -1).id,
    );
    const told = feedback.get(statement.person);
    // what is said of other amounts than the statement's would only confuse
    const fits = told?.pay.value === statement.pay;
    const meeting = meetings.find((each) => each.person === statement.person && each.period === period.id);
    const text = statementPage({
      result,
      statement,
      language,
      places: places.get(statement.person) ?? [],
      pictures: statementPictures(drawing, statement.person),
      ...(before ? { before } : {}),
      ...(told && fits ? { feedback: told } : {}),
      ...(closed ? { closed } : {}),
      ...(meeting ? { meeting } : {}),
    });
    pages.push({ name: `statements/${people.get(statement.person)}.html`, text });
  }
  return person === undefined ? [...dashboards(making, drawing), ...pages] : pages;
}

/** The result as far as the period, without leading periods of which there is nobody. */
function upTo({ result, asked }: Making, period: Period): Result {
  const until = result.periods.slice(0, result.periods.indexOf(period.id) + 1);
  const own = new Set(asked.map((each) => each.id));
  const first = until.findIndex((id) => own.has(id) || result.statements.some((each) => each.period === id));
  const periods = until.slice(first);
  const shown = new Set(periods);
  return { ...result, periods, statements: result.statements.filter((each) => shown.has(each.period)) };
}

/** Feedback is of how the data is now: as of an earlier day none is given. */
async function feedbackFor(
  { request }: Making,
  { id }: Period,
  people: readonly string[],
  openBackend: () => Promise<Backend>,
): Promise<ReadonlyMap<string, Feedback>> {
  if (request.feedback === 'none' || request.asKnownOn !== undefined) return new Map();
  const backend = await openBackend();
  try {
    const { value } = await feedbackOfEach({ ...request, period: id }, people, backend);
    return value ?? new Map();
  } catch (fault) {
    // what stops runs with other results doesn't stop the report
    if (fault instanceof RunError) return new Map();
    throw fault;
  } finally {
    await backend.close();
  }
}
