// What happens on its own: a changed policy is checked, and run where that is wanted. Workers do both, and only the newest
// answer is shown. Nothing is run of what came from a link until somebody says so.

import { effect, untracked } from '@preact/signals';
import { tested } from '../tests/tests-state.ts';
import { ask, Dropped, hold, stop } from '../worker/client.ts';
import {
  autoRun,
  busy,
  checkedAt,
  data,
  diagnostics,
  findings,
  knownAt,
  missing,
  type Overview,
  overview,
  period,
  periods,
  person,
  policy,
  result,
  runDiagnostics,
  speed,
  stale,
  unchecked,
  untrusted,
} from './state.ts';

let changedAt = 0;
/** The check of the policy as it is: what takes longer begins once its errors can be seen. */
let checking: Promise<void> = Promise.resolve();
let runs = 0;

/** How long a frame is waited for, in milliseconds. */
const LONGEST_FRAME = 50;

/** How long a check may take until it is said that it goes on, in milliseconds: a shorter one would only flicker. */
const LONG_CHECK = 300;
let slow: ReturnType<typeof setTimeout> | undefined;

/** Starts following the state. */
export function startWork(): void {
  effect(() => {
    hold({ policy: policy.value.map(({ name, text }) => ({ name, text })) });
    changedAt = performance.now();
    untracked(() => {
      stale.value = result.value !== undefined;
      checking = check();
    });
  });
  effect(() => {
    hold({ data: data.value });
    period.value;
    changedAt = performance.now();
    untracked(() => {
      stale.value = result.value !== undefined;
    });
  });
  effect(() => {
    // whichever of these changes, what can be asked for may be another
    overview.value;
    data.value;
    if (!untrusted.value) untracked(() => void findPeriods());
  });
  effect(() => {
    policy.value;
    data.value;
    period.value;
    if (autoRun.value && !untrusted.value) untracked(() => void runNow());
  });
  effect(() => {
    result.value;
    person.value;
    tested.value;
    untracked(() => void tellKnown());
  });
}

/** Lets whoever answers questions about the text know what running it has shown. */
async function tellKnown(): Promise<void> {
  const names = tested.value && [...tested.value.results.values()];
  const tests = names && { formatVersion: 1 as const, policy: '', tests: names, passed: 0, failed: 0 };
  await unlessDropped(async () => {
    const { values } = result.value ? await ask('run.values', { person: person.value }) : {};
    hold({ known: { ...(values && { values }), ...(tests && { tests }) } });
    knownAt.value += 1;
  });
}

/** Runs the policy over the data, as the user asked: what came from a link counts as looked at. */
export async function runByHand(): Promise<void> {
  const follows = autoRun.value;
  const first = untrusted.value;
  untrusted.value = false;
  // where changes are followed, the trust itself has started the run
  if (!(first && follows)) await runNow();
}

/** Ends a run that takes too long; the next one starts afresh. */
export function stopRun(): void {
  runs += 1;
  stop('run');
  stop('long');
  busy.value = 'stopped';
}

async function check(): Promise<void> {
  const begun = changedAt;
  clearTimeout(slow);
  slow = setTimeout(() => {
    unchecked.value = true;
  }, LONG_CHECK);
  await unlessDropped(async () => {
    const found = await ask('language.check', {});
    clearTimeout(slow);
    unchecked.value = false;
    const notes = findings.value.filter((each) => /^M15/.test(each.diagnostic.code));
    // what else is worth a look comes a moment later: until then what was seen last stays, so that lists don't flicker
    findings.value = found.overview ? [...found.findings, ...notes] : found.findings;
    speed.value = { ...speed.value, checked: performance.now() - begun };
    // until it is known once, nobody knows what data the policy reads
    overview.value ??= found.overview;
    await nextFrame();
    if (found.overview) void look(found.overview);
  });
}

/** What a policy without errors is, and what else is worth a look in it. What is as before is shown already. */
async function look(of: Overview): Promise<void> {
  if (differs(overview.peek(), of)) overview.value = of;
  checkedAt.value += 1;
  await unlessDropped(async () => {
    const found = await ask('language.look', {});
    if (differs(findings.peek(), found)) findings.value = found;
  });
}

function differs(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** Once what has changed is painted; a page that isn't seen paints nothing, and doesn't wait for it. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_FRAME);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });
}

async function findPeriods(): Promise<void> {
  await unlessDropped(async () => {
    const found = await ask('run.periods', {});
    if (found.groups.length === 0) return;
    periods.value = found;
    if (period.value === '' && found.last !== undefined) period.value = found.last;
  });
}

async function runNow(): Promise<void> {
  if (period.value === '') return;
  const begun = changedAt;
  runs += 1;
  const own = runs;
  // the first result is waited for as nothing else is
  if (result.value) {
    await checkedFirst();
    if (own !== runs) return;
    if (diagnostics.value.some((each) => each.severity === 'error')) {
      busy.value = 'nothing';
      return;
    }
  }
  busy.value = 'running';
  await unlessDropped(async () => {
    const answer = await ask('run.period', { period: period.value });
    if (own !== runs) return;
    busy.value = 'nothing';
    missing.value = answer.missing ?? [];
    if (answer.kept) return;
    runDiagnostics.value = answer.diagnostics;
    if (answer.missing) result.value = undefined;
    if (!answer.result) return;
    result.value = answer.result;
    stale.value = false;
    speed.value = { ...speed.value, ran: performance.now() - begun };
  });
}

/** Waits for the check of the policy as it is now, whoever of the two follows it first. */
async function checkedFirst(): Promise<void> {
  await Promise.resolve();
  await checking;
}

/** What isn't wanted any more is no fault; a fault of ours is said where faults are. */
async function unlessDropped(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Dropped) return;
    busy.value = 'nothing';
    unchecked.value = false;
    runDiagnostics.value = [
      { code: 'M0000', severity: 'error', message: error instanceof Error ? error.message : String(error) },
    ];
  }
}
