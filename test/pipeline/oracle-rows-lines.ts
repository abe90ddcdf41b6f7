// Lines of credit of generated policies of rows, each piece of text beside what it means to the third opinion.

import type { Draw } from '../backend/draw.ts';
import { type Line, leadOf, lookUp, type Row, referredBy, type World } from './oracle-rows.ts';
import { type Fields, isTrue } from './oracle-rows-fields.ts';
import { monthsLater } from './oracle-rows-time.ts';

const ROLES = { one: '', hunter: ' in role hunter', every: ' in every role' } as const;

type Roles = keyof typeof ROLES;

type Given = Omit<Line, 'text' | 'roles'> & {
  readonly roles: Roles;
  readonly who: string;
  readonly condition?: string;
};

function line(given: Given): Line {
  const { who, condition = '', share, extra, also, roles } = given;
  const named = extra === undefined ? '' : ` extra${also ? ' also' : ''} as ${extra}`;
  return { ...given, text: `to ${who} ${share}${named}${ROLES[roles]}${condition}` };
}

const who: Line['to'] = (_, row) => row.cells.who!;
const helper: Line['to'] = (_, row) => row.cells.helper!;
const farmer: Line['to'] = (world, row) => lookUp(world.care, row.cells.client!, row.day);
const lead: Line['to'] = (world, row) => leadOf(world, row.cells.who!, row.day);
const orWho =
  (to: Line['to']): Line['to'] =>
  (world, row) =>
    to(world, row) || who(world, row);

const isGold = (row: Row): boolean => row.cells.grade === 'gold';
const NOT_GOLD = { condition: ' when grade is not gold', when: (_: World, row: Row) => !isGold(row) };

/** Credit of what nobody shares. */
export const ownersCredit = (roles: Roles): readonly Line[] => [
  line({ who: 'who', to: who, share: '1', roles }),
];

/** Shares that belong to persons: the owner alone, with a helper, with the lead, or the one who looks after the client. */
function ordinaryCredit(draw: Draw, rolesOf: () => Roles): readonly Line[] {
  const add = (given: Omit<Given, 'roles'>): Line => line({ ...given, roles: rolesOf() });
  // thirds, or parts that decimals can write: in the database a condition on a share needs those
  const [most, rest] = draw.pick([
    ['2/3', '1/3'],
    ['3/5', '2/5'],
  ] as const);
  const cared = { who: 'care_of[client at day].farmer else who', to: orWho(farmer) };
  switch (draw.int(0, 5)) {
    case 0:
      return [add({ who: 'who', to: who, share: '1' })];
    case 1:
      return [
        add({
          who: 'helper',
          to: helper,
          share: rest,
          condition: ' when helper exists',
          when: (_, row) => row.cells.helper !== '',
        }),
        add({ who: 'who', to: who, share: 'rest' }),
      ];
    case 2:
      return [
        add({ who: 'who', to: who, share: most }),
        // where it is conditional, gold ones have a part alone, and are rejected
        add({
          who: 'helper else who',
          to: orWho(helper),
          share: rest,
          ...(draw.rarely(2)
            ? { condition: ' when grade < gold', when: (_: World, row: Row) => !isGold(row) }
            : {}),
        }),
      ];
    case 3:
      return [
        add({ who: 'who.lead else who', to: orWho(lead), share: rest }),
        add({ who: 'who', to: who, share: 'rest' }),
      ];
    case 4:
      return [
        add({ who: 'who', to: who, share: '1/6' }),
        add({ who: 'helper else who', to: orWho(helper), share: '1/3' }),
        add({ ...cared, share: 'rest' }),
      ];
    default:
      return [add({ ...cared, share: '1' })];
  }
}

/** Credit of deals: ordinary shares; the one who looks after the client later; the leads above; the owner's tail. */
export function dealCredit(draw: Draw, roles: Roles): readonly Line[] {
  const rolesOf = () => (draw.rarely(4) ? draw.pick(['every', 'one', 'hunter'] as const) : roles);
  const months = draw.int(1, 3);
  const tail = draw.int(1, 3);
  const also = () => draw.pick([{}, { also: true } as const]);
  const handedOn = (world: World, row: Row): string => lookUp(world.care, row.cells.client!, row.day, 'from');
  return [
    ...ordinaryCredit(draw, rolesOf),
    line({
      who: `care_of[client at day + ${months} months].farmer`,
      to: (world, row) => lookUp(world.care, row.cells.client!, monthsLater(row.day, months)),
      share: '3/10',
      extra: 'care',
      ...also(),
      roles: rolesOf(),
      ...(draw.pick([true, false]) ? NOT_GOLD : {}),
    }),
    line({
      who: 'person.leads',
      to: who,
      leads: true,
      share: '1/20',
      extra: 'above',
      ...also(),
      roles: rolesOf(),
    }),
    line({
      who: 'who',
      to: who,
      share: '1/8',
      extra: 'handed_on',
      also: true,
      roles: rolesOf(),
      condition: ` when (day < care_of[client at day].from + ${tail} months) else false`,
      when: (world, row) => {
        const from = handedOn(world, row);
        return from !== '' && row.day < monthsLater(from, tail);
      },
    }),
  ];
}

/** Credit of payments: whose deal it is, else who collected it; the deal's helper for some months. */
export function paymentCredit(draw: Draw, fields: Fields, roles: Roles): readonly Line[] {
  const dealOf = (world: World, row: Row) => referredBy(world, row, 'deal');
  const isLead = draw.rarely(3);
  return [
    line({
      who: `deal.who${isLead ? '.lead' : ''} else collector`,
      to: (world, row) => {
        const owner = dealOf(world, row)?.cells.who ?? '';
        return (isLead && owner !== '' ? leadOf(world, owner, row.day) : owner) || row.cells.collector!;
      },
      share: '1',
      roles,
    }),
    line({
      who: 'deal.helper',
      to: (world, row) => dealOf(world, row)?.cells.helper ?? '',
      share: '1/10',
      extra: 'tail_of',
      roles,
      condition: ' when tail',
      when: isTrue(fields.payment.tail),
    }),
  ];
}

/** Credit of refunds: whose deal was paid back, two references away, else who handled it. */
export function refundCredit(roles: Roles): readonly Line[] {
  return [
    line({
      who: 'payment.deal.who else handler',
      to: (world, row) => {
        const payment = referredBy(world, row, 'payment');
        return (payment && referredBy(world, payment, 'deal')?.cells.who) ?? row.cells.handler!;
      },
      share: '1',
      roles,
    }),
  ];
}
