// Whether a draft may be closed by who closes it: what was approved, by whom, and whether it still is what would be closed.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { ApprovalBody, Fingerprint, LedgerRecord } from '../model/ledger.ts';
import { differences } from './fingerprint.ts';
import * as messages from './messages.ts';
import { bodiesOf, closesOf } from './records.ts';

/** What is to be closed, and by whom. */
export interface Closing {
  /** How the command calls the policy, for the message that says what to write. */
  readonly policy: string;
  readonly period: string;
  readonly by: string;
  readonly fingerprint: Fingerprint;
  /** Whether it needs an approval. */
  readonly required: boolean;
}

/** What a close rests on: an approval, nothing, or what is in the way. */
export interface Rests {
  readonly approval?: LedgerRecord<ApprovalBody>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The approval that a close rests on: the last of its period, which must be somebody else's and of this very draft. */
export function approvalFor(records: readonly LedgerRecord[], closing: Closing): Rests {
  const { policy, period, by, fingerprint, required } = closing;
  const approval = bodiesOf(records, 'approval')
    .filter(({ body }) => body.period === period)
    .at(-1);
  if (approval === undefined) return { diagnostics: required ? [messages.notApproved(policy, period)] : [] };
  if (isSameName(approval.by, by)) return { diagnostics: [messages.approvedByCloser(period, approval.by)] };
  const changed = differences(approval.body.fingerprint, fingerprint);
  if (changed.length > 0) return { diagnostics: [messages.approvalVoid(period, approval.by, changed)] };
  return { approval, diagnostics: [] };
}

/** Closes that rest on an approval that isn't there, or isn't of what was closed, or is of who closed it. */
export function checkApprovals(records: readonly LedgerRecord[]): readonly Diagnostic[] {
  const approvals = new Map(bodiesOf(records, 'approval').map((each) => [each.hash, each]));
  return closesOf(records).flatMap(({ number, by, body: { approval, period, fingerprint } }) => {
    if (approval === undefined) return [];
    const found = approvals.get(approval);
    const isOfIt =
      found !== undefined &&
      found.number < number &&
      found.body.period === period &&
      !isSameName(found.by, by) &&
      differences(found.body.fingerprint, fingerprint).length === 0;
    return isOfIt ? [] : [messages.fingerprintOff(period, 'approval')];
  });
}

/** Whether two names are one person's: however they are typed. */
export function isSameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ').toUpperCase().toLowerCase().normalize('NFC');
}
