import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { letterheadOf } from '#main/core/letterhead.ts';
import { approvedPatient, ownRecord } from '#main/core/own-patient.ts';
import { filled, type PanelWords, panelWords } from '#main/core/paper/panel-words.ts';
import { drawPaper } from '#main/core/paper/paper.ts';
import { isReleased, resultRule } from '#main/core/released.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { PanelReport, PanelVitals } from '#shared/contract/panel-records.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { unitWords } from '#shared/domain/orders/unit-words.ts';
import { type ReleasedKind, releasedKinds } from '#shared/domain/panel/release.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Page, RecordsDeps } from './deps.ts';
import { pagesOf, stateOfAllergies } from './reading.ts';

/** What fits a summary that somebody reads; the panel has the rest. */
const most: Readonly<Record<ReleasedKind, number>> = {
  allergies: 50,
  conditions: 50,
  results: 20,
  vitals: 10,
  notes: 10,
  documents: 30,
  immunizations: 50,
  prescriptions: 50,
};

const joined = (words: readonly string[], by = ', '): string => words.filter((word) => word !== '').join(by);

const rangeText = (
  { low, high }: { readonly low: string | null; readonly high: string | null },
  { number, paper }: PanelWords,
): string => {
  if (low === null && high === null) return '';
  const range =
    low !== null && high !== null
      ? `${number(low)}–${number(high)}`
      : low !== null
        ? `≥ ${number(low)}`
        : `≤ ${number(high ?? '')}`;
  return filled(paper.usual, { range });
};

const reportText = (report: PanelReport, words: PanelWords): string => {
  const { test, analyte, answer } = catalogues[words.language].orders;
  const head = `${words.dayAt(report.effectiveAt)}: ${report.test === null ? report.display : test[report.test]}`;
  const lines = report.values.map((value) => {
    const name =
      value.analyte !== null && Object.hasOwn(analyte, value.analyte)
        ? analyte[value.analyte as keyof typeof analyte]
        : value.name;
    const text = value.valueText ?? '';
    const said =
      value.value === null
        ? Object.hasOwn(answer, text)
          ? answer[text as keyof typeof answer]
          : text
        : joined([value.comparator ?? '', words.number(value.value), unitWords(value.unit)], ' ');
    const judged = value.interpretation === null ? '' : words.paper.flag[value.interpretation];
    return `   ${name}: ${joined([said, judged, rangeText(value, words)])}`;
  });
  return joined([head, ...lines, report.conclusion === null ? '' : `   ${report.conclusion}`], '\n');
};

const vitalsText = ({ effectiveAt, readings }: PanelVitals, words: PanelWords): string => {
  const { measure, unit } = catalogues[words.language].vitals;
  const said = readings.map((reading) => {
    const known = reading.unit !== null && Object.hasOwn(unit, reading.unit);
    const unitText = known ? unit[reading.unit as keyof typeof unit] : (reading.unit ?? '');
    return `${measure[reading.name]} ${joined([words.number(reading.value), unitText], ' ')}`;
  });
  return `${words.dayAt(effectiveAt)}: ${joined(said)}`;
};

/** The text of each kind that is shown. */
const textsOf = (
  deps: RecordsDeps,
  patientId: string,
  words: PanelWords,
): { readonly [K in ReleasedKind]: () => string } => {
  const pages = pagesOf(deps);
  const { paper, day } = words;
  const asked = (kind: ReleasedKind) => ({ patientId, before: null, limit: most[kind] });
  const listed = <T>(kind: ReleasedKind, { items, next }: Page<T>, text: (item: T) => string): string =>
    items.length === 0 && next === null
      ? paper.none
      : joined([...items.map(text), next === null ? '' : filled(paper.latest, { count: most[kind] })], '\n');
  return {
    allergies: () => {
      const state = stateOfAllergies(deps, patientId);
      const page = pages.allergies(asked('allergies'));
      const list = listed('allergies', page, (one) =>
        joined([
          one.substance,
          one.reaction,
          one.severity === null ? '' : paper[one.severity],
          one.active ? '' : paper.over,
          one.confirmed ? '' : paper.unconfirmed,
        ]),
      );
      if (state === 'checking') return joined([paper.checking, list], '\n');
      if (page.items.length > 0) return list;
      return state === 'none-known' ? paper.noneKnown : paper.notAsked;
    },
    conditions: () =>
      listed('conditions', pages.conditions(asked('conditions')), (one) => {
        const going = ['active', 'recurrence', 'relapse'].includes(one.clinicalStatus);
        return joined([
          one.display,
          one.onset === null ? '' : filled(paper.since, { date: day(one.onset) }),
          going ? '' : paper.over,
        ]);
      }),
    results: () =>
      joined(
        [
          resultRule(deps) === 'acknowledged' ? paper.afterReading : '',
          listed('results', pages.results(asked('results')), (one) => reportText(one, words)),
        ],
        '\n',
      ),
    vitals: () => listed('vitals', pages.vitals(asked('vitals')), (one) => vitalsText(one, words)),
    notes: () =>
      listed('notes', pages.notes(asked('notes')), (one) => {
        const text = (sections: (typeof one)['sections']) =>
          sections.map(({ title, text: said }) => joined([title, said], '\n')).join('\n');
        const head = `${words.dayAt(one.signedAt)}: ${joined([one.title, one.author ?? ''])}`;
        return one.checking
          ? joined([head, paper.checking], '\n')
          : joined([head, text(one.sections), ...one.addenda.map((more) => text(more.sections))], '\n');
      }),
    documents: () =>
      listed(
        'documents',
        pages.documents(asked('documents')),
        (one) => `${words.dayAt(one.createdAt)}: ${one.title}`,
      ),
    immunizations: () =>
      listed(
        'immunizations',
        pages.immunizations(asked('immunizations')),
        (one) => `${words.dayAt(one.givenAt)}: ${one.display}`,
      ),
    prescriptions: () => {
      const all = deps.forPatient.medicines(patientId, words.language);
      const items = all.slice(0, most.prescriptions);
      return listed(
        'prescriptions',
        { items, next: all.length > items.length ? 'more' : null },
        ({ medication, strength, directions, checking }) =>
          `${joined([medication, strength ?? ''], ' ')}: ${checking ? paper.checking : directions}`,
      );
    },
  };
};

const summary = async (
  deps: RecordsDeps,
  { patientId, language }: Parsed<'panel.summary'>,
  connection: Connection,
): Promise<Result<Output<'panel.summary'>>> => {
  const own = approvedPatient(deps, connection, patientId);
  if (!own.ok) return own;
  const patient = ownRecord(deps.store, own.value);
  if (patient === undefined) return fail('not-found');
  deps.noteRead(connection, patientId, 'summary');
  const { timeZone } = deps.home();
  const now = deps.clock.now();
  const today = dayAt(now, timeZone);
  const words = panelWords(language, timeZone);
  const { paper } = words;
  const texts = textsOf(deps, patientId, words);
  const shown = releasedKinds.filter((kind) => isReleased(deps, patientId, kind));
  const withheld = releasedKinds.filter((kind) => !shown.includes(kind));
  const namesOf = (kinds: readonly ReleasedKind[]) => joined(kinds.map((kind) => paper.kind[kind]));
  const head = letterheadOf(deps.store, deps.settings, deps.store.workstation()?.locationId ?? null);
  const facts = [
    [paper.patient, joined([patient.given, patient.family], ' ')],
    [paper.born, patient.birth_date === null ? '' : words.day(patient.birth_date)],
    [paper.mrn, patient.mrn],
    [paper.date, words.day(today)],
    [paper.includes, namesOf(shown)],
  ] as const;
  const bytes = await drawPaper({
    language,
    title: paper.summary,
    keywords: null,
    at: new Date(now),
    clinic: {
      name: head.name,
      lines: [head.address, head.phone === '' ? '' : filled(paper.phone, { phone: head.phone })].filter(
        Boolean,
      ),
    },
    facts: facts.flatMap(([label, text]) => (text === '' ? [] : [{ label, text }])),
    sections: [
      ...shown.map((kind) => ({ title: paper.kind[kind], text: texts[kind]() })),
      {
        title: paper.excludes,
        text:
          withheld.length === 0 ? paper.everything : filled(paper.excludesText, { kinds: namesOf(withheld) }),
      },
      { title: '', text: paper.caution },
    ],
    signature: null,
    foot: (page, pages) => filled(paper.page, { page, pages }),
  });
  return ok({
    name: filled(paper.summaryFile, { date: today }),
    contentType: 'application/pdf',
    data: bytes.toString('base64'),
  });
};

export const summaryHandlers = (deps: RecordsDeps): Handlers<'panel.summary'> => ({
  'panel.summary': (input, connection) => summary(deps, input, connection),
});
