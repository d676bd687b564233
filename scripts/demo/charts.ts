import { encodeBody } from '#shared/domain/notes/sections.ts';
import { sigOf } from '#shared/domain/prescribing/sig.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { ingredientMatcher } from '#shared/domain/safety/matching.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { allergiesOf } from './chart-allergies.ts';
import { type ChartResults, noResults, resultsOf } from './chart-results.ts';
import { adultStories, childStory, noteTemplates, type Story } from './chart-texts.ts';
import { demoId } from './random.ts';
import { accountId, staff } from './staff.ts';

type Patient = RowOf<'patient'>;
type Appointment = RowOf<'appointment'>;

/** What is in the charts of the demonstration clinic. */
export interface DemoCharts extends ChartResults {
  readonly encounters: readonly RowOf<'encounter'>[];
  readonly conditions: readonly RowOf<'condition'>[];
  readonly allergies: readonly RowOf<'allergy_intolerance'>[];
  readonly vitals: readonly RowOf<'observation'>[];
  readonly notes: readonly RowOf<'composition'>[];
  readonly prescriptions: readonly RowOf<'medication_request'>[];
  readonly flags: readonly RowOf<'flag'>[];
  readonly templates: readonly RowOf<'note_template'>[];
}

/** So many of today's patients have been here before; the others show what an empty chart asks for. */
const charted = 24;
/** Days ago that they were here, the latest first. */
const visitDays = [45, 160, 330];

/** Somebody of today's list with a chart. */
export interface Charted {
  readonly place: number;
  readonly patient: Patient;
  readonly practitionerId: string;
  readonly locationId: string;
  readonly story: Story;
  /** The doctor's account. */
  readonly author: string;
}

const isChild = (patient: Patient, today: string): boolean =>
  patient.birth_date !== null && patient.birth_date > addDays(today, -15 * 365);

const chartedOf = (
  today: string,
  appointments: readonly Appointment[],
  patients: readonly Patient[],
): readonly Charted[] => {
  const byId = new Map(patients.map((patient) => [patient.id, patient]));
  const accounts = new Map(staff.map(({ row }) => [row.practitioner_id, row.id]));
  const visits = appointments
    .filter((one) => one.start_local.startsWith(today) && !['proposed', 'cancelled'].includes(one.status))
    .toSorted((a, b) => a.start_at.localeCompare(b.start_at) || a.id.localeCompare(b.id));
  const first = new Map(visits.toReversed().map((visit) => [visit.patient_id, visit]));
  const people = [...new Set(visits.map((visit) => visit.patient_id))].slice(0, charted);
  return people.flatMap((id, place) => {
    const [patient, visit] = [byId.get(id), first.get(id)];
    if (patient === undefined || visit === undefined) return [];
    const adult = adultStories[place % adultStories.length] ?? childStory;
    return [
      {
        place,
        patient,
        practitionerId: visit.practitioner_id,
        locationId: visit.location_id,
        story: isChild(patient, today) ? childStory : adult,
        author: accounts.get(visit.practitioner_id) ?? accountId('uwase'),
      },
    ];
  });
};

const at = (today: string, days: number, time: string) => `${addDays(today, -days)}T${time}:00.000Z`;
const idOf = (one: Charted, what: string) => demoId(`chart ${one.patient.id} ${what}`);
const encounterId = (one: Charted, visit: number) => idOf(one, `encounter ${visit}`);

const encountersOf = (one: Charted, today: string): readonly RowOf<'encounter'>[] =>
  visitDays.map((days, visit) => ({
    ...blank('encounter'),
    id: encounterId(one, visit),
    patient_id: one.patient.id,
    practitioner_id: one.practitionerId,
    location_id: one.locationId,
    status: 'finished',
    class: 'AMB',
    reason: one.story.problems[0]?.display ?? null,
    start_at: at(today, days, '08:10'),
    end_at: at(today, days, '08:35'),
    created_at: at(today, days, '08:10'),
    created_by: one.author,
  }));

const conditionsOf = (one: Charted, today: string): readonly RowOf<'condition'>[] =>
  one.story.problems.map(({ display, years }) => ({
    ...blank('condition'),
    id: idOf(one, `condition ${display}`),
    patient_id: one.patient.id,
    encounter_id: encounterId(one, visitDays.length - 1),
    display,
    clinical_status: 'active',
    verification_status: 'confirmed',
    onset: String(Number(today.slice(0, 4)) - years),
    recorded_at: at(today, visitDays.at(-1) ?? 0, '08:30'),
    recorded_by: one.author,
  }));

interface Measured {
  readonly code: string;
  readonly value: string | null;
  readonly unit: string | null;
  readonly part?: true;
}

const measuredAt = ({ story }: Charted, visit: number): readonly Measured[] => {
  const pressure = story.pressure[visit];
  const body: readonly Measured[] = [
    { code: '29463-7', value: String(story.kilograms - visit), unit: 'kg' },
    { code: '8302-2', value: String(story.centimetres - (story === childStory ? visit * 3 : 0)), unit: 'cm' },
  ];
  if (pressure === undefined)
    return [...body, { code: '8310-5', value: visit === 0 ? '38.1' : '36.8', unit: 'Cel' }];
  const [upper, lower, pulse] = pressure;
  return [
    { code: '85354-9', value: null, unit: null },
    { code: '8480-6', value: String(upper), unit: 'mm[Hg]', part: true },
    { code: '8462-4', value: String(lower), unit: 'mm[Hg]', part: true },
    { code: '8867-4', value: String(pulse), unit: '/min' },
    ...body,
  ];
};

const vitalsOf = (one: Charted, today: string): readonly RowOf<'observation'>[] =>
  visitDays.flatMap((days, visit) =>
    measuredAt(one, visit).map(({ code, value, unit, part }) => ({
      ...blank('observation'),
      id: idOf(one, `vital ${visit} ${code}`),
      patient_id: one.patient.id,
      encounter_id: encounterId(one, visit),
      component_of: part ? idOf(one, `vital ${visit} 85354-9`) : null,
      category: 'vital-signs',
      code,
      value,
      unit,
      status: 'final',
      effective_at: at(today, days, '08:12'),
      recorded_at: at(today, days, '08:12'),
      recorded_by: accountId('josiane'),
    })),
  );

const notesOf = (one: Charted, today: string): readonly RowOf<'composition'>[] => {
  // One in three was seen by somebody who wrote no note.
  if (one.place % 3 === 2) return [];
  const signed = at(today, visitDays[0] ?? 0, '08:34');
  return [
    {
      ...blank('composition'),
      id: idOf(one, 'note'),
      patient_id: one.patient.id,
      encounter_id: encounterId(one, 0),
      title: 'Consultation',
      type: '11506-3',
      body: encodeBody(one.story.note),
      status: 'final',
      author_id: one.practitionerId,
      signed_at: signed,
      created_at: signed,
      created_by: one.author,
    },
  ];
};

const matcher = ingredientMatcher(knowledgeOf(bundledDataset, bundledDataset.facts));

const prescriptionsOf = (one: Charted, today: string): readonly RowOf<'medication_request'>[] =>
  one.story.medicines.map((medicine) => {
    const signed = at(today, visitDays[0] ?? 0, '08:33');
    const { ingredients } = matcher(medicine.name);
    return {
      ...blank('medication_request'),
      id: idOf(one, `prescription ${medicine.name}`),
      patient_id: one.patient.id,
      encounter_id: encounterId(one, 0),
      medication: medicine.name,
      ingredients: ingredients.length > 0 ? JSON.stringify(ingredients) : null,
      dosage: sigOf('en', {
        doseValue: medicine.dose,
        doseUnit: medicine.unit,
        route: medicine.route,
        frequency: medicine.frequency,
        asNeeded: false,
        asNeededFor: null,
        maxPerDay: null,
        duration: null,
      }),
      dose_value: medicine.dose,
      dose_unit: medicine.unit,
      route: medicine.route,
      frequency: medicine.frequency,
      as_needed: 0,
      repeats: 2,
      indication: medicine.indication,
      status: 'active',
      start_date: signed.slice(0, 10),
      requester_id: one.practitionerId,
      signed_at: signed,
      created_at: signed,
      created_by: one.author,
    };
  });

/** The last of them is somebody whose chart is closed to those who do not treat them. */
const flagsOf = (people: readonly Charted[], today: string): readonly RowOf<'flag'>[] => {
  const last = people.at(-1);
  if (last === undefined) return [];
  return [
    {
      ...blank('flag'),
      id: idOf(last, 'restricted'),
      patient_id: last.patient.id,
      category: 'restricted',
      text: 'Works at this clinic',
      start_date: addDays(today, -200),
      created_at: at(today, 200, '09:00'),
      created_by: last.author,
    },
  ];
};

const templates: readonly RowOf<'note_template'>[] = noteTemplates.map(({ name, speciality, sections }) => ({
  ...blank('note_template'),
  id: demoId(`note template ${name}`),
  name,
  speciality,
  sections: encodeBody(sections),
  active: 1,
  created_at: '2026-01-05T07:00:00.000Z',
  created_by: accountId('patrick'),
}));

/**
 * The charts of some of today's patients: the same for the same clinic and day. A few allergies and statements that there are none,
 * problems, vitals of three visits, signed notes, prescriptions, results of which some wait to be read, and one chart that is closed.
 */
export const makeCharts = (
  today: string,
  appointments: readonly Appointment[],
  patients: readonly Patient[],
): DemoCharts => {
  const people = chartedOf(today, appointments, patients);
  const each = <T>(rows: (one: Charted, today: string) => readonly T[]) =>
    people.flatMap((one) => rows(one, today));
  return {
    encounters: each(encountersOf),
    conditions: each(conditionsOf),
    allergies: each(allergiesOf),
    vitals: each(vitalsOf),
    notes: each(notesOf),
    prescriptions: each(prescriptionsOf),
    flags: flagsOf(people, today),
    templates,
    ...(people.length > 0 ? resultsOf(people, today) : noResults),
  };
};
