// What sentences of statements say beside those of explanations, in Russian.

import type { EN } from './sentence-words-en.ts';

export const RU: Readonly<Record<keyof typeof EN, string>> = {
  'kpi.since': '{kpi}: впервые с {day}',
  'kpi.counts': '{kpi}: учтено {value} из {key}',
  'kpi.countsNot': '{kpi}: не учтено {value} из {key}',
  'kpi.more': '{kpi}: и ещё {count}',
  'kpi.targetHow': '{kpi}, план: {how}',
  'kpi.upToHow': '{how}, до {upTo}',
  'kpi.noTarget': '{kpi}, плана нет: {how}',
  'target.away': 'кто отсутствует весь период, от того ничего не ожидается',
  'target.noLine': 'ни одна строка политики не подходит',
  'target.otherLengths': 'в политике план на другие сроки, и на этот он не задан',
  'target.notAllDays': 'на некоторые дни план не задан',
  correction: 'Исправления закрытых периодов',
  'correction.of': 'Исправление за {period}',
  'correction.offset': '{what}: заработано за {period}, выплата в {due}',
  'correction.owed': 'Удержано в счёт долга',
  'correction.carried': 'Сейчас удержать нельзя, остаётся долгом',
  'correction.spared': 'удерживается не сейчас, а из этой части, когда её будут выплачивать',
  'correction.taken': 'удержано из этой части, как решено в прошлых периодах',
  'cause.added': '{source} {key}: новая строка',
  'cause.changed': '{source} {key}: строка изменилась',
  'cause.removed': '{source} {key}: строки больше нет',
  'cause.field': '{field}: было {before}, стало {after}',
  'cause.empty': 'пусто',
  'cause.rows': '{source}: {count} {count|строка|строки|строк}',
  'cause.policy': 'по политике {policy}{what}',
  'cause.engine': 'прежде рассчитано версией {before}, теперь {after}',
  'cause.reach': 'исправления теперь уходят дальше в прошлое, чем при последнем закрытии',
  'correction.over': 'за {period}',
};
