// Words that columns and files of business data are called by, in English and in Russian. They only suggest which column a
// field is read from; whoever drops a file says whether it is so.

/** Words of one meaning, as `plainWord` writes them. */
const MEANINGS: readonly (readonly string[])[] = [
  // kinds of rows
  [
    'person',
    'people',
    'persons',
    'employee',
    'employees',
    'staff',
    'сотрудник',
    'сотрудники',
    'люди',
    'персонал',
  ],
  [
    'absence',
    'absences',
    'vacation',
    'vacations',
    'leave',
    'leaves',
    'отпуск',
    'отпуска',
    'отсутствие',
    'отсутствия',
  ],
  [
    'deal',
    'deals',
    'sale',
    'sales',
    'opportunity',
    'opportunities',
    'сделка',
    'сделки',
    'продажа',
    'продажи',
  ],
  ['call', 'calls', 'звонок', 'звонки'],
  ['meeting', 'meetings', 'visit', 'visits', 'встреча', 'встречи', 'визит', 'визиты'],
  ['request', 'requests', 'ticket', 'tickets', 'обращение', 'обращения', 'заявка', 'заявки'],
  ['survey', 'surveys', 'rating', 'ratings', 'оценка', 'оценки', 'опрос', 'опросы'],
  ['order', 'orders', 'заказ', 'заказы'],
  ['payment', 'payments', 'оплата', 'оплаты', 'платеж', 'платежи'],
  ['lead', 'leads', 'лид', 'лиды'],
  ['price', 'prices', 'цена', 'цены', 'прайс'],
  ['rate', 'rates', 'курс', 'курсы'],
  ['market', 'рынок'],
  // columns
  ['id', 'key', 'code', 'number', 'no', 'номер', 'код', 'ид', 'табельныйномер'],
  ['name', 'fullname', 'имя', 'фио', 'название'],
  ['role', 'position', 'jobtitle', 'роль', 'должность'],
  ['team', 'department', 'команда', 'отдел', 'группа', 'подразделение'],
  ['lead', 'boss', 'supervisor', 'head', 'руководитель', 'начальник'],
  ['from', 'since', 'start', 'startdate', 'с', 'начало', 'датаначала', 'датаприема'],
  ['until', 'till', 'to', 'end', 'enddate', 'по', 'конец', 'датаокончания', 'датаувольнения'],
  ['manager', 'owner', 'agent', 'salesagent', 'менеджер', 'ответственный', 'продавец', 'агент'],
  ['person', 'employee', 'сотрудник', 'работник'],
  ['client', 'customer', 'account', 'company', 'клиент', 'покупатель', 'заказчик', 'компания', 'контрагент'],
  ['amount', 'sum', 'total', 'value', 'revenue', 'сумма', 'итого', 'выручка', 'стоимость'],
  ['cost', 'costs', 'себестоимость', 'затраты'],
  ['profit', 'margin', 'прибыль', 'маржа'],
  ['status', 'state', 'stage', 'dealstage', 'статус', 'состояние', 'этап', 'стадия'],
  ['date', 'day', 'on', 'at', 'дата', 'день', 'датаивремя', 'время'],
  ['closedon', 'closed', 'closedate', 'closedat', 'датазакрытия', 'закрыто', 'закрыта'],
  [
    'openedon',
    'openedat',
    'opened',
    'created',
    'createdat',
    'createdon',
    'датасоздания',
    'создано',
    'создана',
  ],
  ['heldon', 'датавстречи'],
  ['paidon', 'датаоплаты'],
  ['month', 'месяц'],
  ['quarter', 'квартал'],
  ['year', 'год'],
  ['region', 'регион', 'город', 'city'],
  ['salary', 'оклад', 'зарплата'],
  ['fte', 'ставка'],
  ['product', 'item', 'товар', 'продукт'],
  ['quantity', 'qty', 'count', 'количество', 'колво'],
  ['price', 'цена'],
  ['rate', 'курс'],
  ['currency', 'валюта'],
  ['score', 'mark', 'балл', 'оценка'],
  ['length', 'duration', 'длительность', 'продолжительность'],
  ['outcome', 'result', 'результат', 'итог'],
  ['size', 'volume', 'размер', 'объем'],
  ['kind', 'type', 'вид', 'тип'],
];

/** A name as names are compared: small letters and digits, `ё` as `е`, without marks, spaces and signs. */
export function plainWord(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether two names may mean the same. */
export function meansSame(one: string, other: string): boolean {
  const [a, b] = [plainWord(one), plainWord(other)];
  return a === b || MEANINGS.some((words) => words.includes(a) && words.includes(b));
}
