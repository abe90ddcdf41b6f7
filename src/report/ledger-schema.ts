// The published forms of what is told of closed periods as JSON Schema: what `merit close`, `approve`, `history`,
// `adjustments` and `verify` write with `--format json`.

import { list, object, ref, type Schema, TEXT, TRUTH, WHOLE, words } from './explanation-how-schema.ts';

const AMOUNT: Schema = { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+|/[0-9]+)?$' };
const VERSION: Schema = { const: 1 };
const HASH: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256' };

function published(title: string, schema: Schema, definitions?: Readonly<Record<string, Schema>>): object {
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title };
  return { ...head, ...schema, ...(definitions && { definitions }) };
}

const SAID = { by: TEXT, at: TEXT };

/** What was written of a period. */
export function writtenSchema(): object {
  const fingerprint = object(
    {
      policy: HASH,
      inputs: list(object({ source: TEXT, rows: WHOLE, hash: HASH })),
      engine: object({ version: TEXT, zoneData: TEXT }),
      result: HASH,
    },
    'what the result was made of: two runs with one fingerprint give one result',
  );
  return published(
    'merit close, merit approve',
    object(
      {
        formatVersion: VERSION,
        kind: words('close', 'approval'),
        policy: TEXT,
        period: TEXT,
        ...SAID,
        number: { ...WHOLE, description: 'of the record, from 1' },
        hash: HASH,
        people: WHOLE,
        currency: TEXT,
        pay: AMOUNT,
        fingerprint,
      },
      'What was written into the ledger of a period: that it is closed, or that its draft is approved.',
    ),
  );
}

/** A person over all closed periods. */
export function historySchema(): object {
  const balance = object({
    kind: words('draw', 'excess', 'owed'),
    'role?': TEXT,
    before: AMOUNT,
    after: AMOUNT,
  });
  const due = object({
    kind: words('part', 'hold'),
    period: TEXT,
    amount: AMOUNT,
    'forfeited?': { const: true },
    name: TEXT,
    'title?': TEXT,
    'role?': TEXT,
    earnedIn: TEXT,
  });
  const kept = object({ kind: words('badge', 'training'), name: TEXT, award: TEXT, period: TEXT });
  const period = object({
    period: TEXT,
    policy: TEXT,
    closed: object(SAID),
    roles: list(TEXT),
    earned: AMOUNT,
    payable: { ...AMOUNT, description: 'before adjustments' },
    'adjusted?': { ...AMOUNT, description: 'what was paid or taken in it for earlier periods' },
    paid: AMOUNT,
    'corrected?': { ...AMOUNT, description: 'what later closes paid or took for it' },
    balances: list(balance),
    due: list(due),
    'points?': object({ gained: AMOUNT, balance: AMOUNT }),
    won: list(TEXT),
    kept: list(kept),
    levels: list(TEXT),
    comments: list(object({ ...SAID, text: TEXT })),
    acknowledged: list(object(SAID)),
  });
  return published(
    'merit history',
    object(
      {
        formatVersion: VERSION,
        person: TEXT,
        name: TEXT,
        currency: TEXT,
        periods: list(period),
        'owed?': { ...AMOUNT, description: 'after the last of the periods' },
      },
      'A person over all closed periods; amounts are exact text.',
    ),
  );
}

const FIELDS = list(object({ field: TEXT, 'before?': TEXT, 'after?': TEXT }));
const CHANGE = words('added', 'changed', 'removed');

/** What a period pays and takes for closed ones. */
export function adjustmentsSchema(): object {
  const kind = (name: string, keys: Readonly<Record<string, Schema>>): Schema =>
    object({ kind: { const: name }, ...keys });
  const cause: Schema = {
    anyOf: [
      kind('row', { change: CHANGE, source: TEXT, key: TEXT, fields: FIELDS }),
      kind('rows', { change: CHANGE, source: TEXT, count: WHOLE }),
      kind('policy', { policy: TEXT, 'declaration?': TEXT }),
      kind('engine', { before: TEXT, after: TEXT }),
      kind('reach', {}),
      kind('together', { causes: list(ref('cause')) }),
    ],
  };
  const line = object({ kind: TEXT, name: TEXT, 'role?': TEXT, 'over?': TEXT, amount: AMOUNT });
  const adjustment = object({
    person: TEXT,
    name: TEXT,
    period: { ...TEXT, description: 'the closed period that it is for' },
    'cause?': ref('cause'),
    text: TEXT,
    amount: AMOUNT,
    lines: list(line),
  });
  return published(
    'merit adjustments',
    object(
      {
        formatVersion: VERSION,
        period: TEXT,
        closed: { ...TRUTH, description: 'whether they are booked' },
        currency: TEXT,
        adjustments: list(adjustment),
        owed: list(object({ person: TEXT, name: TEXT, before: AMOUNT, after: AMOUNT })),
        total: AMOUNT,
      },
      'What a period pays and takes for closed periods, with the cause of each amount.',
    ),
    { cause },
  );
}

/** What `merit verify` found. */
export function verificationSchema(): object {
  const row = object({ change: CHANGE, source: TEXT, key: TEXT, fields: FIELDS });
  const line = object({ person: TEXT, kind: TEXT, name: TEXT, 'role?': TEXT, closed: AMOUNT, now: AMOUNT });
  const again = object(
    { inputs: list(TEXT), rows: list(row), moreRows: WHOLE, lines: list(line) },
    'where the period was worked out again',
  );
  const close = object({
    period: TEXT,
    policy: TEXT,
    ...SAID,
    statements: WHOLE,
    pay: AMOUNT,
    currency: TEXT,
    'again?': again,
  });
  return published(
    'merit verify',
    object(
      {
        formatVersion: VERSION,
        records: WHOLE,
        head: { anyOf: [HASH, { type: 'null' }] },
        closes: list(close),
        data: TRUTH,
      },
      'Closed periods as the ledger has them, and what they come to over the data as it is now.',
    ),
  );
}
