// What the page's frame says in Russian.

import type { EN } from './words-en.ts';

export const RU: Readonly<Record<keyof typeof EN, string>> = {
  'app.title': 'Площадка Merit',
  'app.welcome':
    'Политика оплаты, её данные и то, что она платит. Измените ставку — «Изменения» покажут, чья выплата изменится. Выберите имя — расчётный лист объяснит каждую сумму.',
  'app.skipToPolicy': 'К политике',
  'app.skipToResults': 'К результатам',

  'pane.policy': 'Политика',
  'pane.problems': 'Замечания',
  'pane.data': 'Данные',
  'pane.results': 'Результаты',
  'pane.charts': 'Графики',
  'pane.tests': 'Тесты',
  'pane.changes': 'Изменения',
  'pane.all': 'Части страницы',

  'bar.examples': 'Примеры',
  'bar.form': 'Форма политики',
  'bar.text': 'Текст',
  'bar.yaml': 'YAML',
  'bar.period': 'Период',
  'bar.person': 'Сотрудник',
  'bar.everybody': 'Все',
  'bar.otherPeriod': 'Другой период…',
  'bar.run': 'Рассчитать',
  'bar.stop': 'Остановить',
  'bar.autoRun': 'Рассчитывать после каждой правки',
  'bar.share': 'Поделиться',
  'bar.download': 'Скачать',
  'bar.versions': 'Версии',
  'bar.more': 'Ещё',
  'bar.settings': 'Настройки',
  'bar.help': 'Клавиши и справка',

  'theme.light': 'Светлая',
  'theme.dark': 'Тёмная',
  'theme.system': 'Как в системе',

  'grain.year': 'Годы',
  'grain.quarter': 'Кварталы',
  'grain.month': 'Месяцы',
  'grain.week': 'Недели',
  'grain.day': 'Дни',

  'split.columns': 'Ширина политики',
  'split.left': 'Высота политики',
  'split.right': 'Высота результатов',

  'dialog.close': 'Закрыть',
  'notice.close': 'Закрыть сообщение',

  'file.all': 'Файлы политики',
  'file.new': 'Добавить файл политики',
  'file.name': 'Имя без расширения',
  'file.add': 'Добавить',
  'file.taken': 'Файл {name} уже есть.',
  'file.import': 'Другой файл подключает его строкой import "./{name}".',
  'file.remove': 'Убрать {name} из политики',
  'editor.notLoaded': 'Редактор не загрузился. Обновите страницу.',

  'lens.runTest': 'Запустить тест',
  'lens.passed': 'пройден',
  'lens.failed': 'не пройден',
  'lens.failedBecause': 'не пройден: {because}',
  'lens.failedValue': 'не пройден: ожидалось {expected}, получилось {found}',
  'lens.value': 'сейчас: {value} ({period})',
  'lens.pays': 'платит {people} {people|сотруднику|сотрудникам|сотрудникам}, {total} ({period})',
  'lens.paysNobody': 'не платит никому ({period})',

  'form.refused': 'Политику можно преобразовать, когда в ней нет ошибок: {why}.',
  'form.failed': 'Преобразовать политику не удалось.',

  'problems.none': 'Ошибок и предупреждений нет.',
  'problems.noFile': 'Расчёт',
  'problems.row': 'строка {row}',
  'problems.more': 'И ещё {more}.',
  'problems.missing': 'Нет данных для {names}: добавьте их, чтобы рассчитать политику.',
  'severity.error': 'ошибка',
  'severity.warning': 'предупреждение',
  'severity.note': 'примечание',

  'status.errors': '{errors} {errors|ошибка|ошибки|ошибок}',
  'status.warnings': '{warnings} {warnings|предупреждение|предупреждения|предупреждений}',
  'status.running': 'Идёт расчёт…',
  'status.stopped': 'Остановлено',
  'status.missing': 'Не хватает данных',
  'status.stale': 'Результаты предыдущей версии',
  'status.offline': 'Работает без сети',
  'status.period': 'Период {period}',
  'status.rows': '{rows} {rows|строка|строки|строк}',
  'status.checked': 'Проверено за {checked}',
  'status.speed': 'Проверено за {checked}, результаты за {ran}',

  'link.untrusted':
    'Эта политика пришла по ссылке. Сначала посмотрите на неё: без вашей команды ничего не рассчитывается.',
  'link.withoutData':
    'В ссылке политика без данных: они были слишком велики. Чтобы рассчитать, добавьте файлы данных.',
  'link.damaged': 'Ссылка повреждена: часть потеряна или изменена. Попросите прислать её ещё раз.',
  'link.other format': 'Ссылку создала другая версия площадки, эта её не читает.',
  'link.too long': 'Ссылка слишком длинная, её нельзя открыть.',
  'link.too large': 'В ссылке больше, чем открывает площадка.',
  'link.not a state': 'В ссылке нет политики.',
  'kept.withoutData':
    'Открыта политика прошлого визита. Её данные были слишком велики и не сохранились: добавьте их снова.',

  'opened.instead': 'Открыто вместо прежнего, в котором были изменения.',
  'opened.back': 'Вернуть прежнее',

  'share.what':
    'В ссылке политика, период и, если они невелики, данные. На сервер ничего не отправляется: у кого есть ссылка, у того есть всё, что в ней.',
  'share.link': 'Ссылка',
  'share.withoutData': 'Данные слишком велики для ссылки и в неё не вошли. Отправьте файлы отдельно.',
  'share.copy': 'Скопировать ссылку',
  'share.copied': 'Скопировано.',
  'share.notCopied': 'Браузер не разрешил: скопируйте текст выше.',

  'download.resultsCsv': 'Результаты, CSV',
  'download.resultsJson': 'Результаты, JSON',
  'download.statement': 'Расчётный лист, текст',
  'download.explanation': 'Расчётный лист с объяснением, страница',
  'download.choosePerson': 'сначала выберите сотрудника',
  'download.nothing': 'Скачивать нечего: сначала рассчитайте политику.',

  'versions.what':
    'Сохранённая версия — это политика в нынешнем виде. Изменения сравниваются с последней из них.',
  'versions.name': 'Название',
  'versions.unnamed': 'Версия {number}',
  'versions.save': 'Сохранить версию',
  'versions.none': 'Сохранённых версий пока нет.',
  'versions.restore': 'Вернуться к ней',
  'versions.remove': 'Удалить {name}',

  'example.choose': 'Пример откроется вместо того, что открыто сейчас.',
  'example.holds': '{files} {files|файл|файла|файлов} политики, данных: {data}',
  'example.wants': 'Без данных: нужны {files}',
  'example.notLoaded': 'Пример не загрузился.',
  'example.sales-department': 'Отдел продаж',
  'example.sales-department.about':
    'Разведчики, охотники, фермеры и руководитель: планы, карты показателей, условия, шкалы, доли фондов — с данными за год и тестами.',
  'example.whole-language': 'Весь язык',
  'example.whole-language.about': 'Небольшая политика в двух файлах, где есть почти все части языка.',
  'example.crm-pipeline': 'Воронка CRM',
  'example.crm-pipeline.about': 'Комиссия с квотой по открытому набору из 8800 сделок.',
  'example.crmData':
    'Этот пример читает открытые данные, которых нет в проекте: набор «CRM Sales Opportunities» от Maven Analytics. Чтобы рассчитать, перетащите в «Данные» его файлы sales_teams.csv, sales_pipeline.csv и products.csv.',
  'example.empty': 'Новая политика',
  'example.empty.about':
    'Самое малое, что рассчитывается: одно событие, один показатель, одна премия, три строки.',

  'help.private': 'Всё считается в этом браузере: политика и данные никуда не отправляются.',
  'keys.run': 'Рассчитать',
  'keys.nextProblem': 'Следующее замечание',
  'keys.previousProblem': 'Предыдущее замечание',
  'keys.fix': 'Исправления для замечания под курсором',
  'keys.complete': 'Подсказки',
  'keys.definition': 'Где имя объявлено',
  'keys.references': 'Где имя используется',
  'keys.rename': 'Переименовать везде',
  'keys.outline': 'Структура файла',
  'keys.format': 'Отформатировать файл',
  'keys.save': 'Сохранить версию',
  'keys.tab': 'Tab выходит из редактора или снова делает отступ',
  'keys.panes': 'К части страницы: политика, замечания, данные, результаты, графики, тесты, изменения',
  'keys.commands': 'Все команды редактора',
};
