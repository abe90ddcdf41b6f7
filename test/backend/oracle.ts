// A third opinion on totals, small enough to be read in one go and written without a line of `src`: its own splitting
// of lines, its own decimals as whole numbers of 1e-9, its own sums.

const UNIT = 1_000_000_000n;

/** A decimal as a whole number of billionths; `undefined` for what isn't one, or has more than 18 and 9 digits. */
export function billionths(text: string): bigint | undefined {
  let rest = text;
  let negative = false;
  if (rest[0] === '+' || rest[0] === '-') {
    negative = rest[0] === '-';
    rest = rest.slice(1);
  }
  const parts = rest.split('.');
  if (parts.length > 2) return undefined;
  for (const part of parts) {
    if (part === '') return undefined;
    for (const letter of part) if (letter < '0' || letter > '9') return undefined;
  }
  let [before = '', after = ''] = parts;
  while (before.length > 1 && before[0] === '0') before = before.slice(1);
  while (after !== '' && after[after.length - 1] === '0') after = after.slice(0, -1);
  if (before.length > 18 || after.length > 9) return undefined;
  const value = BigInt(before) * UNIT + BigInt(after.padEnd(9, '0'));
  return negative ? -value : value;
}

/** Billionths as the shortest decimal. */
export function decimal(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(10, '0');
  const whole = digits.slice(0, -9);
  let after = digits.slice(-9);
  while (after.endsWith('0')) after = after.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${after === '' ? '' : `.${after}`}`;
}

export interface Sale {
  readonly id: string;
  readonly day: string;
  readonly owner: string;
  readonly month: string;
  readonly amount: bigint;
}

/** Sound rows of a CSV of `id,at,owner,amount` without quotes, and how many rows and billionths there are in all. */
export function readSales(text: string): {
  readonly sales: readonly Sale[];
  readonly rows: number;
  readonly sum: bigint;
} {
  const sales: Sale[] = [];
  let rows = 0;
  let sum = 0n;
  for (const line of text.split('\n').slice(1)) {
    if (line === '') continue;
    rows++;
    const [id = '', at = '', owner = '', cell = ''] = line.split(',');
    const amount = billionths(cell);
    if (amount === undefined) continue;
    sum += amount;
    sales.push({ id, day: at, owner, month: at.slice(0, 7), amount });
  }
  return { sales, rows, sum };
}

/** The sum and count of each owner and month. */
export function totals(
  sales: readonly Sale[],
): ReadonlyMap<string, { readonly sum: string; readonly count: number }> {
  const found = new Map<string, { sum: bigint; count: number }>();
  for (const { owner, month, amount } of sales) {
    const key = `${owner} ${month}`;
    const total = found.get(key) ?? { sum: 0n, count: 0 };
    total.sum += amount;
    total.count++;
    found.set(key, total);
  }
  return new Map([...found].map(([key, { sum, count }]) => [key, { sum: decimal(sum), count }]));
}

/** What stands at one place among the sales of an owner and month. */
export interface Places {
  /** By nearest rank: the least amount that at least so many of each hundred don't exceed. */
  readonly percentiles: readonly string[];
  /** By day, then id. */
  readonly first: string;
  readonly last: string;
  /** The last amounts of each day, added up. */
  readonly lastOfDays: string;
}

export function places(sales: readonly Sale[], hundredths: readonly number[]): ReadonlyMap<string, Places> {
  const groups = new Map<string, Sale[]>();
  for (const sale of sales) {
    const key = `${sale.owner} ${sale.month}`;
    groups.set(key, [...(groups.get(key) ?? []), sale]);
  }
  const before = (a: Sale, b: Sale): boolean => a.day < b.day || (a.day === b.day && a.id < b.id);
  const lastOf = (of: readonly Sale[]): Sale => of.find((a) => of.every((b) => a === b || before(b, a)))!;
  return new Map(
    [...groups].map(([key, own]) => {
      const percentiles = hundredths.map((place) => {
        const reached = (amount: bigint): boolean =>
          own.filter((each) => each.amount <= amount).length * 100 >= place * own.length;
        const amounts = own.map((each) => each.amount).filter(reached);
        return decimal(amounts.reduce((a, b) => (b < a ? b : a)));
      });
      const days = [...new Set(own.map((each) => each.day))];
      const lasts = days.map((day) => lastOf(own.filter((each) => each.day === day)).amount);
      const first = own.find((a) => own.every((b) => a === b || before(a, b)))!;
      return [
        key,
        {
          percentiles,
          first: decimal(first.amount),
          last: decimal(lastOf(own).amount),
          lastOfDays: decimal(lasts.reduce((a, b) => a + b)),
        },
      ];
    }),
  );
}
