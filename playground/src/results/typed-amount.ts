// Amounts as people type them.

/** An amount as people type it, as the language writes it: `100 000,50 RUB` is `100000.50 RUB`. */
export function amountText(typed: string): string {
  const text = typed.trim().replace(/(?<=[0-9])[\s\u00a0\u202f_](?=[0-9])/g, '');
  const plain = /^-?[0-9]+,[0-9]{1,2}(?![0-9])/.test(text) ? text.replace(',', '.') : text;
  return plain.replace(/(?<=[0-9]),(?=[0-9]{3}(?:\D|$))/g, '');
}
