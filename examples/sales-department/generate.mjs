// Writes data/*.csv: 20 invented people and their year 2026 (deals also from 2025-07-01, so that a first deal is known
// to be first). Same bytes each time: every choice comes from one seeded generator. Run: node generate.mjs

import { mkdirSync, writeFileSync } from 'node:fs';

const SEED = 20260101;
const folder = new URL('./data/', import.meta.url);

// ---- chance ---------------------------------------------------------------------------------------------

let state = SEED;
/** The next number in [0, 1), by mulberry32: 32-bit whole-number steps only, so the same on every machine. */
function next() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}
const whole = (from, until) => from + Math.floor(next() * (until - from + 1));
const chance = (share) => next() < share;
const pick = (list) => list[whole(0, list.length - 1)];

// ---- days (text `2026-01-05`, which also sorts by time) ---------------------------------------------------

const pad = (number, width = 2) => String(number).padStart(width, '0');
const daysIn = (month) => new Date(Date.UTC(+month.slice(0, 4), +month.slice(5), 0)).getUTCDate();
const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
const plusDays = (day, count) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
const MONTHS = [
  ...[7, 8, 9, 10, 11, 12].map((month) => `2025-${pad(month)}`),
  ...Array.from({ length: 12 }, (_, index) => `2026-${pad(index + 1)}`),
];
const YEAR = MONTHS.slice(6);

// ---- people ---------------------------------------------------------------------------------------------

const PEOPLE = `id,name,role,team,lead,from,until,salary,region,fte
olga,Ольга Викторовна Лебедева,head,Дирекция,,2024-01-15,,220000,Москва,100%
anna,Анна Соколова,hunter,Север,olga,2024-03-01,,80000,Москва,100%
boris,Борис Ким,hunter,Север,olga,2024-06-01,,78000,Москва,100%
victor,Виктор Орлов,hunter,Юг,olga,2024-02-01,,76000,Урал,100%
galina,Галина Петрова-Водкина,hunter,Юг,olga,2024-09-01,2026-04-10,70000,Урал,100%
galina,Галина Петрова-Водкина,hunter,Юг,olga,2026-04-11,,81000,Урал,100%
denis,Денис Морозов,hunter,Юг,olga,2025-01-09,2026-08-20,72000,Москва,100%
elena,Елена Фролова,hunter,Север,olga,2026-02-10,,75000,Москва,100%
артём,Артём Зайцев,hunter,Север,olga,2025-03-01,2026-06-15,74000,Москва,100%
артём,Артём Зайцев,hunter,Юг,olga,2026-06-16,,74000,Урал,100%
irina,Ирина Белова,icebreaker,Север,olga,2025-02-01,2026-05-15,55000,Москва,100%
irina,Ирина Белова,hunter,Север,olga,2026-05-16,,70000,Москва,100%
kirill,Кирилл Жуков,icebreaker,Север,anna,2025-04-01,,52000,Москва,
лена,Лена Ершова,icebreaker,Север,anna,2025-05-12,,52000,Москва,100%
maxim,Максим Гусев,icebreaker,Юг,victor,2024-11-01,,50000,Урал,80%
nina,Нина Аксёнова,icebreaker,Север,anna,2025-06-01,,50000,Москва,100%
obrien,"О'Брайен, Шон",icebreaker,Юг,victor,2025-01-20,,54000,Урал,100%
pavel,Павел Крылов,farmer,Север,olga,2024-01-15,,65000,Москва,100%
rita,Рита Савина,farmer,Север,olga,2024-05-01,,66000,Москва,100%
svetlana,Светлана Ли,farmer,Юг,olga,2024-01-15,,64000,Урал,100%
timur,Тимур Ахметов,farmer,Север,olga,2024-10-01,,60000,Москва,50%
ulyana,Ульяна Шмидт,farmer,Юг,olga,2025-02-01,,61000,Урал,100%
фёдор,Фёдор Щукин,farmer,Юг,olga,2024-07-01,,63000,Урал,100%
`;
const stints = PEOPLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [id, role, team, , from, until] = line
      .replace(/"[^"]*"/, 'x')
      .split(',')
      .toSpliced(1, 1);
    return { id, role, team, from, until: until || '9999-12-31' };
  });
const stintOn = (id, day) => stints.find((each) => each.id === id && each.from <= day && day <= each.until);
const holders = (role, day) =>
  stints.filter((each) => each.role === role && each.from <= day && day <= each.until);
const ids = [...new Set(stints.map((each) => each.id))];

/** Public holidays on which nobody works, as `month-day`. */
const HOLIDAYS = new Set('01-01 01-02 01-05 01-06 01-07 01-08 02-23 05-01 06-12 11-04'.split(' '));

/** A working day of the month on which the person holds a role; undefined where there is none. */
function workday(id, month) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const day = `${month}-${pad(whole(1, daysIn(month)))}`;
    if (weekday(day) % 6 !== 0 && !HOLIDAYS.has(day.slice(5)) && stintOn(id, day)) return day;
  }
  return undefined;
}
/** How much of the month's days the person holds the role. */
function heldShare(id, role, month) {
  const days = Array.from({ length: daysIn(month) }, (_, index) => `${month}-${pad(index + 1)}`);
  return days.filter((day) => stintOn(id, day)?.role === role).length / days.length;
}
function workdaysOf(id, role, month, perMonth) {
  const count = Math.round(perMonth * heldShare(id, role, month) * (0.8 + next() * 0.45));
  const days = [];
  while (days.length < count) {
    const day = workday(id, month);
    if (day && stintOn(id, day).role === role) days.push(day);
  }
  return days;
}

// ---- clients and who cares for them -----------------------------------------------------------------------

const NAMES = [
  'Вектор',
  'Ромашка',
  'Север-Строй',
  'Альфа',
  'Меридиан',
  'Кедр',
  'Орбита',
  'Парус',
  'Гранит',
  'Лотос',
];
let clients = 0;
const newClient = () => `${NAMES[clients % NAMES.length]} ${pad(++clients, 3)}`;
/** Rows of account_care: {client, farmer, from, until}. */
const care = [];
/** Clients that a hunter has won, by hunter. */
const wonBy = new Map();
const farmersNow = (day) => holders('farmer', day).map((each) => each.id);
const caredBy = (farmer, day) =>
  care.filter((row) => row.farmer === farmer && row.from <= day && (row.until ?? '9999-12-31') >= day);

// a client with a changing farmer, worked by hand in case.md, and each farmer's old clients
const HANDED = 'ООО "Вектор", Казань';
care.push({ client: HANDED, farmer: 'rita', from: '2025-09-01', until: '2026-04-19' });
care.push({ client: HANDED, farmer: 'timur', from: '2026-04-20' });
for (const farmer of farmersNow('2025-07-01')) {
  for (let index = 0; index < 6; index++) care.push({ client: newClient(), farmer, from: '2025-07-01' });
}

// ---- deals ------------------------------------------------------------------------------------------------

const deals = [];
const money = (kopecks) => `${Math.floor(kopecks / 100)}.${pad(kopecks % 100)}`;
function addDeal(closed_on, manager, client, kopecks, status, { opener = '', cost } = {}) {
  const paid = cost ?? (chance(0.04) ? '' : money(Math.floor((kopecks * whole(58, 86)) / 100)));
  deals.push({ closed_on, manager, opener, client, amount: money(kopecks), cost: paid, status });
}

/** Months whose deals are written out below, so that case.md can be worked by hand. */
const BY_HAND = new Set(['anna 2026-02', 'boris 2026-07', 'denis 2026-08', 'irina 2026-05', 'rita 2026-04']);

function huntersDeal(id, month) {
  const day = workday(id, month);
  if (!day || stintOn(id, day).role !== 'hunter') return;
  const old = wonBy.get(id)?.filter((each) => each.day < day) ?? [];
  const again = old.length > 0 && chance(0.18);
  const client = again ? pick(old).client : newClient();
  const team = stintOn(id, day).team;
  const openers = holders('icebreaker', day).filter((each) => each.team === team);
  const opener = !again && openers.length > 0 && chance(0.55) ? pick(openers).id : '';
  const chanceSold = next();
  const status =
    chanceSold < 0.62 ? 'won' : chanceSold < 0.93 ? 'lost' : chanceSold < 0.96 ? 'cancelled' : 'open';
  addDeal(status === 'open' ? '' : day, id, client, whole(90_000_00, 560_000_00), status, { opener });
  if (status !== 'won' || again) return;
  wonBy.set(id, [...(wonBy.get(id) ?? []), { client, day }]);
  if (!chance(0.8)) return;
  const sameTeam = holders('farmer', day).filter((each) => each.team === team);
  care.push({ client, farmer: pick(sameTeam).id, from: plusDays(day, 30) });
}

function farmersDeal(id, month) {
  const day = workday(id, month);
  const own = caredBy(id, day);
  if (own.length === 0) return;
  const chanceSold = next();
  const status =
    chanceSold < 0.78 ? 'won' : chanceSold < 0.95 ? 'lost' : chanceSold < 0.97 ? 'cancelled' : 'open';
  addDeal(status === 'open' ? '' : day, id, pick(own).client, whole(70_000_00, 390_000_00), status);
}

addDeal('2025-08-14', 'anna', HANDED, 233_400_00, 'won', { cost: '160000' });
for (const month of MONTHS) {
  for (const id of ids) {
    if (BY_HAND.has(`${id} ${month}`)) continue;
    const hunts = Math.round(whole(6, 10) * heldShare(id, 'hunter', month));
    for (let index = 0; index < hunts; index++) huntersDeal(id, month);
    const farms = Math.round(whole(5, 9) * heldShare(id, 'farmer', month));
    for (let index = 0; index < farms; index++) farmersDeal(id, month);
  }
}

// on the bounds of months
addDeal('2026-01-31', 'anna', newClient(), 187_300_45, 'won', { cost: '120000.10' });
addDeal('2026-02-28', 'victor', newClient(), 164_999_99, 'won', { opener: 'obrien', cost: '101000' });
addDeal('2026-03-01', 'victor', newClient(), 165_000_01, 'won', { cost: '101000' });
addDeal('2026-12-31', 'galina', newClient(), 240_000_00, 'won', { cost: '170000' });

// anna, February: a plain month
const annasOwn = newClient();
addDeal('2025-12-03', 'anna', annasOwn, 145_000_00, 'won', { cost: '98000' });
addDeal('2026-02-01', 'anna', newClient(), 412_350_75, 'won', { opener: 'kirill', cost: '290000' });
addDeal('2026-02-05', 'anna', newClient(), 318_900_00, 'won', { cost: '205310.40' });
addDeal('2026-02-11', 'anna', annasOwn, 275_000_50, 'won', { cost: '190000' });
addDeal('2026-02-17', 'anna', newClient(), 150_000_00, 'lost');
addDeal('2026-02-20', 'anna', newClient(), 389_120_40, 'won', { opener: 'лена', cost: '' });
addDeal('2026-02-26', 'anna', newClient(), 210_000_00, 'cancelled', { cost: '150000' });
addDeal('2026-02-28', 'anna', newClient(), 204_615_35, 'won', { cost: '141000' });
addDeal('', 'anna', newClient(), 500_000_00, 'open');

// irina, May: opens until the 15th, hunts from the 16th
addDeal('2026-05-08', 'anna', newClient(), 256_780_10, 'won', { opener: 'irina', cost: '171000' });
addDeal('2026-05-15', 'артём', newClient(), 300_000_05, 'won', { opener: 'irina', cost: '202000' });
addDeal('2026-05-16', 'irina', newClient(), 240_000_10, 'won', { cost: '166000' });
addDeal('2026-05-18', 'irina', newClient(), 540_000_00, 'won', { cost: '391000' });
addDeal('2026-05-27', 'irina', newClient(), 395_500_55, 'won', { opener: 'nina', cost: '280400' });
addDeal('2026-05-29', 'irina', newClient(), 120_000_00, 'lost');

// boris, July: sells one of five, so the gate fails
addDeal('2026-07-06', 'boris', newClient(), 730_250_80, 'won', { opener: 'nina', cost: '520000' });
addDeal('2026-07-09', 'boris', newClient(), 180_000_00, 'lost');
addDeal('2026-07-14', 'boris', newClient(), 220_000_00, 'lost', { opener: 'лена' });
addDeal('2026-07-22', 'boris', newClient(), 260_000_00, 'lost');
addDeal('2026-07-31', 'boris', newClient(), 140_000_00, 'lost');

// denis, August: leaves on the 20th; one deal, exactly at the bound of a tier
addDeal('2026-08-12', 'denis', newClient(), 1_000_000_00, 'won', { cost: '700000' });
addDeal('2026-08-19', 'denis', newClient(), 90_000_00, 'lost');

// rita and timur, April: anna sells again to a client who changes hands on the 20th
addDeal('2026-04-10', 'anna', HANDED, 310_450_33, 'won', { cost: '221000' });
addDeal('2026-04-19', 'anna', HANDED, 88_000_00, 'won', { cost: '61000' });
addDeal('2026-04-20', 'anna', HANDED, 126_700_55, 'won', { cost: '90000' });
addDeal('2026-04-21', 'rita', HANDED, 54_000_00, 'won', { cost: '40000' });
addDeal('2026-04-02', 'rita', 'Орбита 007', 412_300_40, 'won', { cost: '301000' });
addDeal('2026-04-09', 'rita', 'Парус 008', 298_750_25, 'won', { cost: '204000.75' });
addDeal('2026-04-14', 'rita', 'Гранит 009', 150_000_00, 'lost');
addDeal('2026-04-28', 'rita', 'Вектор 011', 233_600_60, 'won', { cost: '160000' });

// ---- calls, meetings, requests, surveys -------------------------------------------------------------------

const CALLS = { icebreaker: 62, hunter: 40, farmer: 29 };
const MEETINGS = { icebreaker: 14, hunter: 3 };
const clock = (from, until) => `${pad(whole(from, until))}:${pad(whole(0, 59))}`;
const calls = [];
const meetings = [];
const requests = [];
const surveys = [];
for (const month of YEAR) {
  for (const id of ids) {
    for (const [role, perMonth] of Object.entries(CALLS)) {
      for (const day of workdaysOf(id, role, month, perMonth)) {
        const outcome = chance(0.6) ? 'reached' : chance(0.7) ? 'missed' : 'meeting';
        const length = outcome === 'missed' ? '00:00:00' : `00:${pad(whole(1, 14))}:${pad(whole(0, 59))}`;
        calls.push({ at: `${day}T${clock(9, 18)}`, manager: id, length, outcome });
      }
    }
    for (const [role, perMonth] of Object.entries(MEETINGS)) {
      for (const day of workdaysOf(id, role, month, perMonth)) meetings.push({ held_on: day, manager: id });
    }
    if (heldShare(id, 'farmer', month) === 0 || (id === 'rita' && month === '2026-04')) continue;
    for (const day of workdaysOf(id, 'farmer', month, 10)) addRequest(id, day);
    for (const day of workdaysOf(id, 'farmer', month, 4)) {
      surveys.push({
        answered_on: day,
        manager: id,
        client: pick(caredBy(id, day)).client,
        score: 5 - Math.floor(next() ** 3 * 4.5),
      });
    }
  }
}
function addRequest(manager, day) {
  const hour = whole(9, 17);
  const opened = `${day}T${pad(hour)}:${pad(whole(0, 59))}:00`;
  const took = whole(15, 480) * 60_000;
  const closed = new Date(Date.parse(`${opened}Z`) + took).toISOString().slice(0, 19);
  const offset = chance(0.2) ? '+03:00' : '';
  requests.push({ opened_at: opened + offset, closed_at: chance(0.04) ? '' : closed + offset, manager });
}
// open over the midnight of a month's end; and a moment that is still March in Greenwich and April in Moscow
requests.push({ opened_at: '2026-01-31 23:20:00', closed_at: '2026-02-01 01:05:30', manager: 'pavel' });
requests.push({
  opened_at: '2026-02-28T23:59:59+03:00',
  closed_at: '2026-03-01T09:00:00+03:00',
  manager: 'ulyana',
});
requests.push({
  opened_at: '2026-03-31T21:30:00Z',
  closed_at: '2026-04-01T04:15:00+03:00',
  manager: 'svetlana',
});
requests.push({ opened_at: '2026-12-31T18:40', closed_at: '', manager: 'фёдор' });

// ---- the market, published monthly; December isn't out yet --------------------------------------------------

const market = YEAR.slice(0, 11).map((month) => ({
  month: `${month}-01`,
  size: `${whole(1700, 2300) * 100_000}`,
}));

// ---- writing ------------------------------------------------------------------------------------------------

const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function write(file, columns, rows) {
  const lines = rows.map((row) => columns.map((column) => cell(String(row[column] ?? ''))).join(','));
  writeFileSync(new URL(file, folder), `${[columns.join(','), ...lines].join('\n')}\n`);
}
/** Rows in order of time, with ids like `D-0001`. */
function numbered(letter, rows, time) {
  const sorted = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => (time(a.row) < time(b.row) ? -1 : time(a.row) > time(b.row) ? 1 : a.index - b.index));
  return sorted.map(({ row }, index) => ({ id: `${letter}-${pad(index + 1, 4)}`, ...row }));
}

mkdirSync(folder, { recursive: true });
writeFileSync(new URL('people.csv', folder), PEOPLE);
write(
  'deals.csv',
  ['id', 'closed_on', 'manager', 'opener', 'client', 'amount', 'cost', 'status'],
  numbered('D', deals, (row) => row.closed_on || '9999'),
);
write(
  'calls.csv',
  ['id', 'at', 'manager', 'length', 'outcome'],
  numbered('C', calls, (row) => row.at),
);
write(
  'meetings.csv',
  ['id', 'held_on', 'manager'],
  numbered('M', meetings, (row) => row.held_on),
);
write(
  'requests.csv',
  ['id', 'opened_at', 'closed_at', 'manager'],
  numbered('R', requests, (row) => row.opened_at),
);
write(
  'surveys.csv',
  ['id', 'answered_on', 'manager', 'client', 'score'],
  numbered('S', surveys, (row) => row.answered_on),
);
write('account_care.csv', ['client', 'farmer', 'from', 'until'], care);
write('market.csv', ['month', 'size'], market);
