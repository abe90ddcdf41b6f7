// What names of files say: of a policy the form, of data the format.

export type Form = 'text' | 'yaml';

/** What a policy file is called in a form: `policy.merit`, `policy.merit.yaml`. */
export function nameIn(form: Form, name: string): string {
  const bare = name.replace(/\.merit(\.ya?ml)?$/i, '');
  return form === 'yaml' ? `${bare}.merit.yaml` : `${bare}.merit`;
}

/** The form that a policy file of that name holds. */
export function formOf(name: string): Form {
  return /\.ya?ml$/i.test(name) ? 'yaml' : 'text';
}
