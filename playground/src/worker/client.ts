// The page's end of its workers: questions go in a queue for each worker, one at a time, so that a question that a newer
// one of the same name replaces is never worked on, and what is running can be stopped.

import type { Held } from './held.ts';
import type { Answer, FromWorker, Lane, Params, RequestName, ToWorker } from './protocol.ts';

/** Why there is no answer: a newer question took its place, or somebody stopped it. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
}

/** How a question is asked. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** The worker that answers; by the request's part unless said: `language` its own, all others `run`. */
  readonly lane?: Lane;
  /** `newest` (unless said): an unanswered question of the same name is dropped. `each`: all are answered. */
  readonly keep?: 'newest' | 'each';
}

interface Question {
  readonly id: number;
  readonly name: RequestName;
  readonly params: unknown;
  readonly answer: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** A worker that is running, and what waits for it. */
interface Line {
  readonly worker: Worker;
  readonly waiting: Question[];
  running: Question | undefined;
}

const lines = new Map<Lane, Line>();
let held: Held = { policy: [], data: [], known: {} };
let lastId = 0;

/** Starts the workers that every page asks, so that they load while the page finds out what is open. */
export function startWorkers(): void {
  lineOf('language');
  lineOf('run');
}

/** Gives all workers the policy and data that questions after this are about; what is absent stays. */
export function hold(next: Partial<Held>): void {
  held = { ...held, ...next };
  for (const [lane, { worker }] of lines) send(worker, { kind: 'hold', held: heldBy(lane, next) });
}

/** Asks a worker. Rejects with `Dropped` where the answer isn't wanted any more. */
export function ask<Name extends RequestName>(
  name: Name,
  params: Params<Name>,
  { signal, lane = laneOf(name), keep = 'newest' }: AskOptions = {},
): Promise<Answer<Name>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new Dropped(name));
      return;
    }
    const line = lineOf(lane);
    if (keep === 'newest') dropOf(line, (each) => each.name === name);
    lastId += 1;
    const question: Question = {
      id: lastId,
      name,
      params,
      answer: (answer) => resolve(answer as Answer<Name>),
      fail: reject,
    };
    signal?.addEventListener('abort', () => dropOf(line, (each) => each === question), { once: true });
    line.waiting.push(question);
    next(line);
  });
}

/** Ends what a worker is doing and drops what waits for it; the next question starts a new one. */
export function stop(lane: Lane): void {
  const line = lines.get(lane);
  if (!line) return;
  lines.delete(lane);
  line.worker.terminate();
  for (const each of [...(line.running ? [line.running] : []), ...line.waiting])
    each.fail(new Dropped(each.name));
}

/** Questions of language read no rows, and others no values. */
function heldBy(lane: Lane, { policy, data, known }: Partial<Held>): Partial<Held> {
  return { ...(policy && { policy }), ...(lane === 'language' ? known && { known } : data && { data }) };
}

function laneOf(name: RequestName): Lane {
  return /^(language|editor)\./.test(name) ? 'language' : 'run';
}

/** Nobody waits any more: what hasn't been sent isn't, and the answer of what has is not looked at. */
function dropOf(line: Line, meant: (question: Question) => boolean): void {
  for (const each of line.waiting.filter(meant)) {
    line.waiting.splice(line.waiting.indexOf(each), 1);
    each.fail(new Dropped(each.name));
  }
  if (line.running && meant(line.running)) line.running.fail(new Dropped(line.running.name));
}

function lineOf(lane: Lane): Line {
  const known = lines.get(lane);
  if (known) return known;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: `merit-${lane}`,
  });
  const line: Line = { worker, waiting: [], running: undefined };
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    const { running } = line;
    if (!running || running.id !== data.id) return;
    line.running = undefined;
    if (data.kind === 'answer') running.answer(data.answer);
    else running.fail(new Error(data.message));
    next(line);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const failed = line.running;
    lines.delete(lane);
    worker.terminate();
    for (const each of [...(failed ? [failed] : []), ...line.waiting])
      each.fail(new Error(event.message || 'the worker could not be started'));
  });
  send(worker, { kind: 'hold', held: heldBy(lane, held) });
  lines.set(lane, line);
  return line;
}

function next(line: Line): void {
  if (line.running) return;
  const question = line.waiting.shift();
  if (!question) return;
  line.running = question;
  const { id, name, params } = question;
  send(line.worker, { kind: 'ask', id, name, params });
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
