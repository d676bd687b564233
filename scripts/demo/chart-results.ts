import { analyteOf, loinc, testOf } from '#shared/domain/orders/catalogue.ts';
import { readValue } from '#shared/domain/orders/entry.ts';
import { ageInMonths, flagOf } from '#shared/domain/orders/interpretation.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { adultStories } from './chart-texts.ts';
import type { Charted } from './charts.ts';
import { demoId } from './random.ts';
import { accountId, practitionerId } from './staff.ts';

export interface ChartResults {
  readonly requests: readonly RowOf<'service_request'>[];
  readonly reports: readonly RowOf<'diagnostic_report'>[];
  readonly values: readonly RowOf<'observation'>[];
  readonly readings: readonly RowOf<'result_acknowledgement'>[];
}

export const noResults: ChartResults = { requests: [], reports: [], values: [], readings: [] };

interface Result {
  readonly test: string;
  readonly values: Readonly<Record<string, string>>;
  readonly daysAgo: number;
  readonly read: boolean;
}

/** What came of the first with each story, in the order of the stories: one waits that is critical, one that is abnormal, one that is normal. */
const results: Readonly<Record<number, readonly Result[]>> = {
  0: [
    {
      test: 'kidney',
      values: { sodium: '139', potassium: '4.4', urea: '5.2', creatinine: '92' },
      daysAgo: 44,
      read: true,
    },
  ],
  1: [
    { test: 'hba1c', values: { hba1c: '7.4' }, daysAgo: 160, read: true },
    { test: 'hba1c', values: { hba1c: '8.9' }, daysAgo: 1, read: false },
    { test: 'glucose', values: { glucose: '27.4' }, daysAgo: 1, read: false },
  ],
  3: [
    {
      test: 'kidney',
      values: { sodium: '141', potassium: '4.1', urea: '4.8', creatinine: '88' },
      daysAgo: 2,
      read: false,
    },
  ],
};

/** Tests that wait for a result. */
const waiting: Readonly<Record<number, string>> = { 5: 'kidney', 8: 'lipids', 13: 'crp' };

const testFor = (key: string) => {
  const test = testOf(key);
  if (test === undefined) throw new Error(`no test ${key}`);
  return test;
};

const readAll = (result: Result, { patient }: Charted, day: string) =>
  Object.entries(result.values).map(([key, text]) => {
    const analyte = analyteOf(key);
    const whose = { sex: patient.gender, ageMonths: ageInMonths(patient.birth_date, day) };
    const read = analyte && readValue(analyte, { text, unit: null }, whose);
    if (!read?.ok) throw new Error(`no value ${key}`);
    return read.value;
  });

const reportOf = (one: Charted, result: Result, today: string): ChartResults => {
  const day = addDays(today, -result.daysAgo);
  const id = demoId(`chart ${one.patient.id} report ${result.test} ${result.daysAgo}`);
  const values = readAll(result, one, day);
  const test = testFor(result.test);
  const common = {
    patient_id: one.patient.id,
    status: 'final',
    effective_at: `${day}T06:30:00.000Z`,
    recorded_at: `${day}T07:40:00.000Z`,
    recorded_by: accountId('josiane'),
  };
  return {
    requests: [],
    reports: [
      {
        ...blank('diagnostic_report'),
        ...common,
        id,
        code_system: loinc,
        code: test.code,
        display: test.name,
        abnormal: flagOf(values.map(({ interpretation }) => interpretation)),
        performer: 'Kacyiru laboratory',
        requester_id: result.read ? one.practitionerId : practitionerId('uwase'),
      },
    ],
    values: values.map((value) => ({
      ...blank('observation'),
      ...common,
      id: demoId(`${id} ${value.code}`),
      report_id: id,
      category: 'laboratory',
      code: value.code,
      value: value.value,
      unit: value.unit,
      reference_low: value.bounds?.low ?? null,
      reference_high: value.bounds?.high ?? null,
      interpretation: value.interpretation,
    })),
    readings: result.read
      ? [
          {
            ...blank('result_acknowledgement'),
            id: demoId(`${id} read`),
            patient_id: one.patient.id,
            report_id: id,
            practitioner_id: one.practitionerId,
            recorded_at: `${day}T10:05:00.000Z`,
            recorded_by: one.author,
          },
        ]
      : [],
  };
};

const requestOf = (one: Charted, today: string): readonly RowOf<'service_request'>[] => {
  const key = waiting[one.place];
  if (key === undefined) return [];
  const test = testFor(key);
  const authored = `${addDays(today, -1)}T09:20:00.000Z`;
  return [
    {
      ...blank('service_request'),
      id: demoId(`chart ${one.patient.id} request ${key}`),
      patient_id: one.patient.id,
      code_system: loinc,
      code: test.code,
      display: test.name,
      category: test.category,
      status: 'active',
      priority: one.place === 8 ? 'urgent' : 'routine',
      reason: one.story.problems[0]?.display ?? null,
      requester_id: one.practitionerId,
      authored_at: authored,
      created_at: authored,
      created_by: one.author,
    },
  ];
};

/** Results of today's patients and tests that wait for one. */
export const resultsOf = (people: readonly Charted[], today: string): ChartResults => {
  const all = adultStories.flatMap((story, index) => {
    const one = people.find((person) => person.story === story);
    return one === undefined ? [] : (results[index] ?? []).map((result) => reportOf(one, result, today));
  });
  return {
    requests: people.flatMap((one) => requestOf(one, today)),
    reports: all.flatMap(({ reports }) => reports),
    values: all.flatMap(({ values }) => values),
    readings: all.flatMap(({ readings }) => readings),
  };
};
