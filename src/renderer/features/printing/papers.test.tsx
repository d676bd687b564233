import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#renderer/ui/useFormat.ts';
import type { AppointmentView, BoardColumn } from '#shared/contract/appointments.ts';
import type { CallEntry } from '#shared/contract/call-list.ts';
import type { PatientParticulars, PatientView } from '#shared/contract/patients.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { AppointmentCard } from './AppointmentCard.tsx';
import { callSection, daySection, phoneSection } from './day-sections.tsx';
import { ListPage, type ListSection } from './ListPage.tsx';
import { OnPaper } from './PaperPage.tsx';
import { FolderLabel, nameStep, Wristband } from './PatientLabels.tsx';
import { RegistrationForm } from './RegistrationForm.tsx';

const mrn = 'RUH-K3M7QF-T';
const arabic = 'عبد الرحمن';
const patient = {
  id: '01900000-0000-7000-8000-000000000001',
  mrn,
  family: arabic,
  given: 'Jean <b>',
  gender: 'male',
  birthDate: '1985-02-03',
  birthDateEstimated: false,
  certainty: 'confirmed',
} as PatientView;
const visit = {
  id: '01900000-0000-7000-8000-000000000002',
  startLocal: '2026-11-24T09:15',
  practitionerName: 'Dr Aline Uwase',
  locationName: 'Ruhengeri',
  visitTypeName: 'First visit',
  status: 'booked',
  needsRebooking: false,
  certainty: 'confirmed',
} as AppointmentView;
const imprint = {
  clinic: 'Kacyiru',
  address: 'KG 7 Ave, Kigali',
  printedAt: '23 Nov 2026, 10:00',
  by: 'Claudine Mukamana',
};
const format = createFormat('en', 'Africa/Kigali');
const props = { patient, imprint, format };

/** The words of a document. */
const words = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

await i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: catalogues.en } },
  interpolation: { escapeValue: false },
});

describe('label and wristband', () => {
  const label = renderToStaticMarkup(<FolderLabel {...props} paper="label-62x29" />);
  const band = renderToStaticMarkup(
    <OnPaper value={true}>
      <Wristband {...props} paper="wristband-25x254" />
    </OnPaper>,
  );

  it('say who it is, in the name’s own direction, and carry the number as bars', () => {
    for (const html of [label, band]) {
      expect(html).toContain(`<bdi dir="auto">${arabic} Jean &lt;b&gt;</bdi>`);
      expect(html).toContain(`aria-label="${mrn}"`);
      expect(words(html)).toContain('3 Feb 1985');
      expect(words(html)).toContain('Male');
      expect(words(html)).toContain('Kacyiru');
    }
    expect(band.match(/<svg/g)).toHaveLength(2);
    expect(words(band)).toContain('Printed 23 Nov 2026, 10:00 by Claudine Mukamana');
  });

  it('have their real size, and stay readable bars', () => {
    expect(label).toContain('width:62mm;height:29mm');
    expect(band).toContain('width:25mm;height:254mm');
    const width = /width="([\d.]+)mm"/.exec(label)?.[1];
    // 187 modules with their quiet zones, two dots of a printer of 203 dots per inch each.
    expect(Number(width)).toBeCloseTo(46.75);
  });

  it('say in words that a number is provisional, and leave out bars that would be too thin', () => {
    const provisional = { ...patient, certainty: 'provisional', mrn: 'x'.repeat(60) } as PatientView;
    const html = renderToStaticMarkup(<FolderLabel {...props} patient={provisional} paper="label-62x29" />);
    expect(words(html)).toContain('Provisional number');
    expect(html).not.toContain('<svg');
  });

  it('set long names smaller', () => {
    expect([nameStep('Uwase Aline'), nameStep('a'.repeat(100)), nameStep('a'.repeat(200))]).toEqual([
      'short',
      'long',
      'longest',
    ]);
  });
});

describe('appointment card', () => {
  const card = (...appointments: readonly AppointmentView[]) =>
    words(renderToStaticMarkup(<AppointmentCard {...props} appointments={appointments} paper="a6" />));

  it('says when, where and with whom, from where and by whom it was printed', () => {
    const text = card(visit);
    for (const part of ['Tuesday, 24 November 2026, 09:15', 'Dr Aline Uwase', 'Ruhengeri', 'First visit'])
      expect(text).toContain(part);
    expect(text).toContain('Kacyiru');
    expect(text).toContain('by Claudine Mukamana');
  });

  it.each([
    [{ certainty: 'provisional' }, 'Provisional: the clinic has not confirmed it yet'],
    [{ status: 'proposed' }, 'Requested: the doctor has not agreed yet'],
    [{ needsRebooking: true, certainty: 'provisional' }, 'This time was taken'],
    [{ certainty: 'parked', status: 'proposed' }, 'Not accepted'],
  ] as const)('says in words what may still change: %o', (change, expected) => {
    expect(card({ ...visit, ...change } as AppointmentView)).toContain(expected);
    expect(card(visit)).not.toContain(expected);
  });

  it('counts what does not fit, and says when there is nothing', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...visit, id: `${index}` }) as AppointmentView);
    expect(card(...many)).toContain('and 3 more later');
    expect(card()).toContain('No appointment to come');
  });
});

describe('registration form', () => {
  const particulars = {
    telecoms: [{ id: 'a', system: 'phone', value: '+250788000001', use: 'work', note: null }],
    identifiers: [1, 2, 3, 4].map((n) => ({ id: `${n}`, type: 'NI', value: `ID-${n}`, issuer: 'NIDA' })),
    coverages: [],
    consents: [
      { id: '2', category: 'research', provision: 'deny', note: null, recordedAt: '', recordedBy: null },
      { id: '1', category: 'research', provision: 'permit', note: null, recordedAt: '', recordedBy: null },
    ],
    photo: null,
  } as PatientParticulars;
  const form = (record: Parameters<typeof RegistrationForm>[0]['record']) =>
    renderToStaticMarkup(<RegistrationForm {...{ record, imprint, format }} paper="a4" />);

  it('is filled from the record, with the latest answer of each kind', () => {
    const html = form({ patient, particulars });
    const text = words(html);
    for (const part of [arabic, '3 Feb 1985', '+250 788 000 001 · Work', 'ID-3 · National ID · NIDA', mrn])
      expect(text).toContain(part);
    expect(text).toContain('1 more is in the record');
    // Male and research refused.
    expect(html.match(/data-ticked="true"/g)).toHaveLength(2);
    expect(html).toMatch(/Use for research.*Allowed.*data-ticked="true".*Refused/);
  });

  it('is empty to be filled in by hand, with the same questions', () => {
    const html = form(null);
    expect(html).not.toContain('data-ticked');
    expect(html).not.toContain(mrn);
    for (const part of ['Family name', 'Date of birth', 'Next of kin', 'Signature', 'Use for research'])
      expect(words(html)).toContain(part);
  });
});

describe('lists of a day', () => {
  const list = (section: ListSection) =>
    words(
      renderToStaticMarkup(
        <ListPage
          {...{ section, imprint }}
          paper="a4"
          shown={section.lines.map((_, at) => at)}
          page={2}
          pages={3}
        />,
      ),
    );
  const written = { t: i18next.t, format };
  const one = {
    ...visit,
    patientName: 'Habimana Jean',
    patientMrn: mrn,
    patientBirthDate: '1985-02-03',
    patientPhone: '+250788123456',
    minutes: 15,
    description: 'Cough',
  } as AppointmentView;

  it('a day sheet says who comes when, and leaves out who does not', () => {
    const column = {
      date: '2026-11-24',
      practitionerId: 'd',
      practitionerName: 'Dr Aline Uwase',
      speciality: 'General practice',
      blocks: [{ startTime: '08:00', endTime: '12:00', locationName: 'Ruhengeri', roomName: 'Room 2' }],
      away: [],
      appointments: [
        one,
        { ...one, id: 'b', patientName: 'Gone', status: 'cancelled' },
        { ...one, id: 'c', patientName: 'Lost', needsRebooking: true },
      ],
    } as unknown as BoardColumn;
    const text = list(daySection(written, column));
    for (const part of [
      'Dr Aline Uwase',
      '08:00–12:00, Ruhengeri, Room 2',
      '09:15',
      'Habimana Jean',
      'Cough',
    ])
      expect(text).toContain(part);
    expect(text).toContain('1 visit');
    expect(text).toContain('Page 2 of 3');
    expect(text).not.toMatch(/Gone|Lost/);
  });

  it('a phone list has every number, doctor by doctor, and says who has none', () => {
    const entries = [
      { appointment: one, phones: ['+250788123456', '+250722000000'] },
      { appointment: { ...one, id: 'b', practitionerId: 'e', practitionerName: 'Dr Eric' }, phones: [] },
    ] as unknown as Parameters<typeof phoneSection>[2]['entries'];
    const section = phoneSection(written, '2026-11-24', { entries, left: 3, complete: true });
    expect(section.lines.filter((line) => 'heading' in line)).toHaveLength(2);
    const text = list(section);
    for (const part of ['+250 788 123 456', '+250 722 000 000', 'Dr Eric · Ruhengeri', 'No phone number'])
      expect(text).toContain(part);
    expect(text).toContain('2 patients are booked');
    expect(text).toContain('3 more do not fit');
  });

  it('a call list says what the patient knows of and what is to be said', () => {
    const place = { practitionerId: 'd', practitionerName: 'Dr Aline Uwase', locationName: 'Ruhengeri' };
    const entry = {
      id: 'a',
      patientName: 'Habimana Jean',
      patientMrn: mrn,
      phones: ['+250788123456'],
      before: { ...place, startLocal: '2026-11-24T09:15' },
      now: { ...place, practitionerId: 'e', practitionerName: 'Dr Eric', startLocal: '2026-11-25T10:00' },
      cancelReason: null,
      attempts: 1,
      lastAttempt: { at: '2026-11-23T08:00:00.000Z', by: 'Eric', note: 'Call after five' },
      certainty: 'provisional',
    } as unknown as CallEntry;
    const text = list(
      callSection(written, [entry, { ...entry, id: 'b', now: null, cancelReason: 'Ill' } as CallEntry]),
    );
    for (const part of [
      '+250 788 123 456',
      'Tue 24 Nov 09:15',
      'Wed 25 Nov 10:00',
      'Dr Eric',
      'Cancelled: Ill',
    ])
      expect(text).toContain(part);
    expect(text).toContain('Call after five');
    expect(text).toContain('Provisional');
  });
});
