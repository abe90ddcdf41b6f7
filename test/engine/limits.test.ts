// What stops work: rows, memory, time and whoever asked; soon, by name, with nothing half done and everything closed.

import { describe, expect, it } from 'vitest';
import { connect } from '../../src/backend/duckdb-connection.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { StopError } from '../../src/base/diagnostic.ts';
import { DONE_IN_A_TURN, type Limits, stopOf, tookTooMuchMemory } from '../../src/base/limits.ts';
import { textSource } from '../../src/browser.ts';
import { keepData } from '../../src/browser-engine.ts';
import {
  type Backend,
  backtest,
  cliffsOf,
  compile,
  costOf,
  createLimits,
  diffRuns,
  explain,
  explainEvent,
  feedback,
  mutatePolicies,
  openBackend,
  proveInvariants,
  run,
  runTests,
  type SourceSpec,
  seek,
  simulate,
} from '../../src/node.ts';
import { TEXT } from '../cli/flat.ts';

const MODEL = compile([{ name: 'flat.merit', text: TEXT }]).value!;
const PROVED = compile([
  {
    name: 'proved.merit',
    text: `${TEXT}
test "a deal" {
  person anna { role seller }
  deal { manager anna, closed_on 2026-01-10, amount 100.10 RUB }
  expect anna in 2026-01 { tenth is 10.01 RUB }
}

invariant "a tenth is little" { tenth <= 1 RUB }
`,
  },
]).value!;
const PEOPLE = 1000;
const BACKENDS = ['memory', 'duckdb'] as const;

/** So many people with a deal each. */
function sourcesOf(people: number): readonly SourceSpec[] {
  const of = (row: (at: number) => string): string =>
    Array.from({ length: people }, (_, at) => row(at)).join('\n');
  const persons = `id,name,role,from,until\n${of((at) => `p${at},P,seller,2026-01-01,`)}\n`;
  const deals = `id,closed_on,manager,amount\n${of((at) => `${at},2026-01-10,p${at},100.00`)}\n`;
  return [textSource('person', 'people.csv', persons), textSource('deal', 'deals.csv', deals)];
}

const SMALL = { model: MODEL, sources: sourcesOf(4), period: '2026-01' };
const LARGE = { model: MODEL, sources: sourcesOf(PEOPLE), period: '2026-01' };

/** Runs on a backend that is closed again. */
async function runOn(name: (typeof BACKENDS)[number], request: typeof SMALL & { readonly limits?: Limits }) {
  const backend = await openBackend(name, request.sources, request.limits);
  try {
    return await run(request, backend);
  } finally {
    await backend.close();
  }
}

function aborted(): AbortSignal {
  return AbortSignal.abort();
}

describe.each(BACKENDS)('a run on %s', (name) => {
  it('stops where a source has more rows, and names it', async () => {
    const stopped = runOn(name, { ...SMALL, limits: { rows: 3 } });
    await expect(stopped).rejects.toThrow(StopError);
    await expect(stopped).rejects.toMatchObject({
      code: 'M3093',
      diagnostic: { message: '`people.csv` has more than the 3 rows that a source may have here' },
    });
    // two rows of one event, and a single person
    const deals = textSource(
      'deal',
      'deals.csv',
      'id,closed_on,manager,amount\n1,2026-01-10,p1,1\n2,2026-01-10,p1,1\n',
    );
    const [people] = sourcesOf(1);
    const more = { ...SMALL, sources: [people!, deals], limits: { rows: 1 } };
    await expect(runOn(name, more)).rejects.toMatchObject({ diagnostic: { data: { file: 'deals.csv' } } });
  });

  it('is the same where it keeps within its limits', async () => {
    const limits = createLimits({ rows: PEOPLE, seconds: 600, memory: 2 ** 36, progress: () => {} });
    const [free, within] = [await runOn(name, LARGE), await runOn(name, { ...LARGE, limits: limits.limits })];
    limits.end();
    expect(within).toEqual(free);
    expect(within.value!.statements).toHaveLength(PEOPLE);
  });

  it('stops when it is cancelled before it begins', async () => {
    const stopped = runOn(name, { ...SMALL, limits: { signal: aborted() } });
    await expect(stopped).rejects.toMatchObject({ code: 'M3090' });
  });

  it('stops within a turn of people when it is cancelled in their midst', async () => {
    const stopping = new AbortController();
    const heard: number[] = [];
    const limits: Limits = {
      signal: stopping.signal,
      progress: ({ what, count }) => {
        if (what !== 'people worked out') return;
        heard.push(count);
        // somebody else's event, which comes only when the work lets others have a turn
        setImmediate(() => stopping.abort());
      },
    };
    await expect(runOn(name, { ...LARGE, limits })).rejects.toMatchObject({ code: 'M3090' });
    expect(heard).toEqual([DONE_IN_A_TURN['people worked out']]);
  });

  it('stops at the next piece of work once a door says so', async () => {
    for (const most of [0, 3, 40]) {
      let looks = 0;
      const check = (): void => {
        if (looks >= most) throw new StopError(tookTooMuchMemory(2 ** 30));
        looks++;
      };
      await expect(runOn(name, { ...LARGE, limits: { check } })).rejects.toMatchObject({
        code: 'M3092',
        diagnostic: { message: 'the work took more than the 1 GB of memory that it may' },
      });
      expect(looks).toBe(most);
    }
  });
});

describe('DuckDB', () => {
  const endless =
    'SELECT sum(hash(a.range + b.range)::HUGEINT % 7) FROM range(1000000000) a, range(1000000) b';

  it('breaks a statement off, and answers the next one', async () => {
    const connection = await connect({ paths: [] });
    const stopping = new AbortController();
    connection.within({ signal: stopping.signal });
    const asked = connection.rows({ sql: endless, values: [], about: 'a test' });
    setTimeout(() => stopping.abort(), 20);
    await expect(asked).rejects.toMatchObject({ code: 'M3090' });
    await expect(connection.run({ sql: 'SELECT 1', values: [], about: 'a test' })).rejects.toThrow(StopError);
    connection.within(undefined);
    expect(await connection.rows({ sql: 'SELECT 7', values: [], about: 'a test' })).toHaveLength(1);
    connection.close();
  });

  it('says our name of a limit of memory that it keeps to', async () => {
    const connection = await connect({ paths: [], memoryLimit: '50MB' });
    connection.within({ memory: 2 ** 28 });
    const sql = 'CREATE TEMP TABLE large AS SELECT range AS a, uuid() AS b FROM range(5000000)';
    await expect(connection.run({ sql, values: [], about: 'a test' })).rejects.toMatchObject({
      code: 'M3092',
    });
    connection.close();
  });

  it('takes the memory that is left for its own limit', async () => {
    const { limits, end } = createLimits({ memory: 2 ** 36 });
    expect((await runOn('duckdb', { ...SMALL, limits })).value!.statements).toHaveLength(4);
    end();
  });
});

describe('whatever reads data', () => {
  const whom = { person: 'p1', period: '2026-01' };
  const open: Backend[] = [];
  let closed = 0;

  async function opened(): Promise<Backend> {
    const backend = createMemoryBackend({ readFile: () => Promise.reject() });
    const close = async (): Promise<void> => {
      closed++;
      await backend.close();
    };
    open.push(backend);
    return { ...backend, close };
  }

  /** One that is closed by who opened it. */
  async function own<T>(work: (backend: Backend) => Promise<T>): Promise<T> {
    const backend = await opened();
    try {
      return await work(backend);
    } finally {
      await backend.close();
    }
  }

  const asks: Readonly<Record<string, (limits: Limits) => Promise<unknown>>> = {
    explain: (limits) => own((backend) => explain({ ...SMALL, ...whom, limits }, backend)),
    'explain an expression': (limits) =>
      own((backend) => explain({ ...SMALL, ...whom, what: 'revenue * 2', limits }, backend)),
    'explain an event': (limits) => explainEvent({ ...SMALL, event: 'deal', key: '1', limits }, opened),
    seek: (limits) => own((backend) => seek({ ...SMALL, ...whom, limits }, backend)),
    'seek an amount': (limits) =>
      own((backend) => seek({ ...SMALL, ...whom, reach: '6_000', limits }, backend)),
    feedback: (limits) => own((backend) => feedback({ ...SMALL, ...whom, limits }, backend)),
    backtest: (limits) => backtest({ ...SMALL, limits }, opened),
    simulate: (limits) =>
      simulate({ ...SMALL, limits, scenarios: [{ name: 'more', changes: ['revenue +10%'] }] }, opened),
    diff: (limits) =>
      diffRuns(
        { before: [MODEL], after: [MODEL] },
        { sources: SMALL.sources, period: '2026-01', limits },
        opened,
      ),
  };

  it.each(Object.entries(asks))(
    'stops wherever it is stopped, and closes what it has opened: %s',
    async (_, ask) => {
      let all = 0;
      const counting: Limits = { check: () => void all++ };
      await ask(counting);
      expect(all).toBeGreaterThan(3);
      for (const most of new Set([0, 1, 2, Math.floor(all / 2), all - 1])) {
        let looks = 0;
        const check = (): void => {
          if (looks++ >= most) throw new StopError(tookTooMuchMemory(2 ** 30));
        };
        await expect(ask({ check })).rejects.toMatchObject({ code: 'M3092' });
        expect(looks).toBe(most + 1);
      }
      expect(closed).toBe(open.length);
      await expect(ask({ signal: aborted() })).rejects.toMatchObject({ code: 'M3090' });
      expect(closed).toBe(open.length);
    },
  );

  it.each<readonly [string, (limits: Limits) => Promise<unknown>]>([
    ['tests', (limits) => runTests(PROVED, { limits })],
    ['invariants', (limits) => proveInvariants(PROVED, { limits, situations: 20 })],
    ['the most that is paid', (limits) => costOf(PROVED, { limits, situations: 5 })],
    ['cliffs', (limits) => cliffsOf(PROVED, { limits })],
    ['changes that no test notices', (limits) => mutatePolicies([PROVED], { limits, only: 'rounding' })],
  ])('stops whatever a policy is asked by itself, wherever it is: %s', async (_, ask) => {
    let all = 0;
    await ask({ check: () => void all++ });
    expect(all).toBeGreaterThan(2);
    for (const most of new Set([0, Math.floor(all / 2), all - 1])) {
      let looks = 0;
      const check = (): void => {
        if (looks++ >= most) throw new StopError(tookTooMuchMemory(2 ** 30));
      };
      await expect(ask({ check })).rejects.toMatchObject({ code: 'M3092' });
    }
  });

  it('shares what was read only where it was read to its end', async () => {
    const kept = await keepData();
    const asked = { ...SMALL, limits: { signal: aborted() } };
    await expect(run(asked, kept.openBackend())).rejects.toMatchObject({ code: 'M3090' });
    const stopping = new AbortController();
    await run({ ...SMALL, limits: { signal: stopping.signal } }, kept.openBackend());
    stopping.abort();
    const more = compile([
      { name: 'more.merit', text: TEXT.replace('\nrole', '\nkpi n = count(deal)\nrole') },
    ]);
    const { value: other } = await run({ ...SMALL, model: more.value! }, kept.openBackend());
    expect(other!.statements).toHaveLength(4);
    const { value } = await run(SMALL, kept.openBackend());
    expect(value!.statements).toHaveLength(4);
    expect((await run({ ...SMALL, limits: { rows: 4 } }, kept.openBackend())).value).toEqual(value);
    const few = run({ ...SMALL, limits: { rows: 3 } }, kept.openBackend());
    await expect(few).rejects.toMatchObject({ code: 'M3093' });
  });
});

describe('limits of Node', () => {
  it('are of time and of memory', async () => {
    const late = createLimits({ seconds: 0 });
    await expect(runOn('memory', { ...SMALL, limits: late.limits })).rejects.toMatchObject({ code: 'M3091' });
    late.end();
    const large = createLimits({ memory: 2 ** 20 });
    await expect(runOn('memory', { ...SMALL, limits: large.limits })).rejects.toMatchObject({
      code: 'M3092',
      diagnostic: { message: 'the work took more than the 1 MB of memory that it may' },
    });
  });

  it('stop a statement of DuckDB when time is up', async () => {
    const { limits, end } = createLimits({ seconds: 0.02 });
    const connection = await connect({ paths: [] });
    connection.within(limits);
    const sql = 'SELECT sum(hash(a.range + b.range)::HUGEINT % 7) FROM range(1000000000) a, range(1000000) b';
    await expect(connection.rows({ sql, values: [], about: 'a test' })).rejects.toMatchObject({
      code: 'M3091',
      diagnostic: { message: 'the work took longer than the 0.02 seconds that it may' },
    });
    connection.close();
    end();
  });
});

it('a signal says why by its reason', () => {
  expect(stopOf(AbortSignal.abort()).code).toBe('M3090');
  expect(stopOf(AbortSignal.abort('enough')).code).toBe('M3090');
  expect(stopOf(AbortSignal.abort(new DOMException('', 'TimeoutError'))).code).toBe('M3091');
  const own = new StopError(tookTooMuchMemory(3 * 2 ** 29));
  expect(stopOf(AbortSignal.abort(own))).toBe(own);
  expect(own.message).toBe('M3092: the work took more than the 1536 MB of memory that it may');
});
