import { expect, test } from 'vitest';
import { decodeBody } from '#shared/domain/notes/sections.ts';
import { templateProblems } from '#shared/domain/notes/template.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { makeCharts } from './charts.ts';
import { makeDemoClinic } from './clinic.ts';
import { withVisits } from './visits.ts';

const today = '2026-11-23';
const chartsOn = (day: string) => {
  const clinic = makeDemoClinic(1, day);
  const appointments = withVisits(clinic.appointments, day, Date.parse(`${day}T09:00:00.000Z`));
  return { charts: makeCharts(day, appointments, clinic.patients), appointments };
};
const { charts, appointments } = chartsOn(today);

test('the same clinic and day give the same charts, all of patients of today', () => {
  expect(chartsOn(today).charts).toEqual(charts);
  const here = new Set(
    appointments
      .filter(({ start_local }) => start_local.startsWith(today))
      .map(({ patient_id }) => patient_id),
  );
  const { templates: _, ...rows } = charts;
  for (const row of Object.values(rows).flat()) expect(here.has(row.patient_id)).toBe(true);
});

test.each([today, addDays(today, 5), addDays(today, 6)])(
  'on %s there is an allergy to penicillin and somebody without any, notes, prescriptions and a closed chart',
  (day) => {
    const { allergies, notes, prescriptions, flags, vitals } = chartsOn(day).charts;
    expect(allergies.filter(({ code }) => code === 'penicillins').length).toBeGreaterThan(1);
    expect(allergies.filter(({ code_kind }) => code_kind === 'none-known').length).toBeGreaterThan(1);
    expect(notes.every(({ signed_at, status }) => signed_at !== null && status === 'final')).toBe(true);
    expect(decodeBody(notes[0]?.body ?? '')).toHaveLength(4);
    expect(prescriptions.length).toBeGreaterThan(3);
    expect(prescriptions.every(({ ingredients }) => ingredients !== null)).toBe(true);
    expect(flags.map(({ category }) => category)).toEqual(['restricted']);
    expect(vitals.length).toBeGreaterThan(100);
  },
);

test('a critical, an abnormal and another result wait to be read; others were read', () => {
  const read = new Set(charts.readings.map(({ report_id }) => report_id));
  const waiting = charts.reports.filter(({ id }) => !read.has(id));
  expect(waiting.map(({ abnormal }) => abnormal)).toEqual(expect.arrayContaining(['critical', 'abnormal']));
  expect(waiting).toHaveLength(3);
  expect(read.size).toBeGreaterThan(0);
  expect(charts.requests).toHaveLength(3);
});

test('the templates of notes are such as an administrator may write', () => {
  expect(charts.templates.map(({ name }) => name)).toEqual(['SOAP', 'Antenatal visit', 'Child under five']);
  for (const { name, sections } of charts.templates)
    expect(templateProblems({ name, sections: decodeBody(sections) })).toEqual({});
});
