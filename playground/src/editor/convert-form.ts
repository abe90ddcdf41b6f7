// The switch between text and YAML: the whole policy is printed in the other form, comments and all, as one step that can
// be undone. A policy with errors is left as it is.

import { editFiles } from '../app/actions.ts';
import type { Form } from '../app/file-names.ts';
import { tell } from '../app/notice-state.ts';
import { form, type PolicyFile, policy } from '../app/state.ts';
import { say } from '../app/words.ts';
import { ask, Dropped } from '../worker/client.ts';

/** Takes over converted files; an editor that is open puts itself here to make it undoable. */
export const taking: { take: (files: readonly PolicyFile[]) => void } = { take: editFiles };

/** Converts all files of the policy in place, or says why not. */
export async function convertTo(to: Form): Promise<void> {
  if (form.value === to) return;
  const before = policy.value;
  try {
    const converted = await ask('language.convert', { form: to });
    if (policy.value !== before) return;
    if (converted.kind === 'refused') {
      const [first] = converted.diagnostics.filter((each) => each.severity === 'error');
      tell('bad', () => say('form.refused', { why: first?.message ?? '' }));
      return;
    }
    taking.take(before.map(({ id }, at) => ({ id, ...converted.files[at]! })));
  } catch (error) {
    if (!(error instanceof Dropped)) tell('bad', () => say('form.failed'));
  }
}
