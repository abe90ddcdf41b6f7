// The files of a new project: a policy with a test, and data that it runs over.

/** What a new project is made of. */
export interface NewProject {
  readonly name: string;
  readonly title: string;
  readonly currency: string;
  readonly zone: string;
  /** At least one; the others extend the first. */
  readonly roles: readonly string[];
  /** The month of the sample data: `2026-01`. */
  readonly month: string;
}

/** The policy in the text form. */
export function newPolicy({ name, title, currency, zone, roles, month }: NewProject): string {
  const [role, ...others] = roles;
  return `/// Begin here: say what is measured, what is expected, and what it earns.
policy ${name} {
  title     ${quoted(title)}
  currency  ${currency}
  timezone  ${quoted(zone)}
  period    month
  effective from ${month}-01
}

/// A row of data/deals.csv.
event deal {
  since ${month}-01
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money from 0 ${currency}
  status:    won | lost | open
}

/// What was sold, without tax.
kpi revenue "Revenue" outcome = sum(deal.amount where status is won)

rates ladder marginal {
  from 0 ${currency}:      3%
  from 20_000 ${currency}: 5%
}

role ${role} {
  target revenue 20_000 ${currency}
  bonus  commission "Commission" = ladder(revenue)
  bonus  plan       "Plan"       = 500 ${currency} * min(attainment(revenue) else 0%, 100%)
}
${others.map((each) => `\nrole ${each} extends ${role} {\n  target revenue 30_000 ${currency}\n}\n`).join('')}
// 3% of 20,000 and 5% of the other 5,000 are 850
test "the second slice earns five percent" {
  person anna { role ${role} }
  deal { manager anna, closed_on ${month}-10, amount 25_000 ${currency}, status won }
  expect anna in ${month} {
    commission is 850 ${currency}
    plan       is 500 ${currency}
  }
}

// half of the target gives half of the 500
test "half the target, half the plan" {
  person anna { role ${role} }
  deal { manager anna, closed_on ${month}-10, amount 10_000 ${currency}, status won }
  expect anna in ${month} {
    commission is 300 ${currency}
    plan       is 250 ${currency}
  }
}
`;
}

/** The other files, by their names in the folder. */
export function newData({ roles, month }: NewProject, policyFile: string): Readonly<Record<string, string>> {
  const [first, second = first] = roles;
  const day = (date: string) => `${month}-${date}`;
  return {
    'merit.config.yaml': `policy: ${policyFile}
period: ${month}
people: { file: data/people.csv }
data:
  deal: { file: data/deals.csv }
`,
    'data/people.csv': csv([
      ['id', 'name', 'role', 'from', 'until'],
      ['anna', 'Anna', first!, day('01'), ''],
      ['ben', 'Ben', second!, day('15'), ''],
    ]),
    'data/deals.csv': csv([
      ['id', 'closed_on', 'manager', 'amount', 'status'],
      ['D1', day('03'), 'anna', '14000', 'won'],
      ['D2', day('12'), 'anna', '11000', 'won'],
      ['D3', day('17'), 'ben', '9500', 'won'],
      ['D4', day('24'), 'ben', '6000', 'open'],
    ]),
  };
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.join(',')}\n`).join('');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;
}
