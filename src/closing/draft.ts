// A period as it would be closed: its result with all adjustments, the inputs that it stands on, and the fingerprint of
// both, which is what somebody approves.

import type { Checked } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { type Hash, rowsDigest } from '../ledger/chain.ts';
import { fingerprintOf } from '../ledger/fingerprint.ts';
import type { CloseBody, RowChange } from '../model/ledger.ts';
import { type CorrectRequest, correct, type Open } from './correct.ts';

/** What is to be closed, and over what. */
export interface DraftRequest extends CorrectRequest {
  /** Files as the ledger names them: from the project's folder, so that it can be closed from anywhere. */
  readonly named: (files: readonly Source[]) => CloseBody['files'];
  readonly hash: Hash;
  readonly open: Open;
}

/** What a close would write, but for who has approved it. */
export interface Draft {
  readonly body: CloseBody;
  /** Beside the record: what of the inputs differs from the close before, in order of source, then key. */
  readonly changes: readonly RowChange[];
}

/** Works a period out as it would be closed. The value is absent when there are errors. */
export async function draftOf(request: DraftRequest): Promise<Checked<Draft | undefined>> {
  const { named, hash, open } = request;
  const { value, diagnostics } = await correct(request, open);
  if (!value) return { value: undefined, diagnostics };
  const { model, result, snapshot, changes, acceptedRemoved, reopened, earlier } = value;
  const files = named(model.sources);
  const rows = snapshot.sources.flatMap((each) => each.rows);
  const body: CloseBody = {
    kind: 'close',
    policy: model.name,
    period: result.periods.at(-1)!,
    fingerprint: fingerprintOf({ files, rows, result }, hash),
    files,
    result,
    rows: rowsDigest(changes, hash),
    ...(acceptedRemoved.length > 0 && { acceptedRemoved }),
    ...(earlier.length > 0 && { earlier: earlier.map(named) }),
    ...(reopened.length > 0 && {
      reopened: reopened.map((each) => ({ ...each, files: named(each.files) })),
    }),
  };
  return { value: { body, changes }, diagnostics };
}
