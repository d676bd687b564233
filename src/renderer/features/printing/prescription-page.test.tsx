import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { expect, it } from 'vitest';
import { createFormat } from '#renderer/ui/useFormat.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import type { PrescriptionView } from '#shared/contract/prescriptions.ts';
import { catalogues } from '#shared/i18n/catalogues.ts';
import { PrescriptionPage } from './PrescriptionPage.tsx';

const patient = {
  mrn: 'RUH-K3M7QF-T',
  family: 'Habimana',
  given: 'Jean',
  gender: 'male',
  birthDate: '1985-02-03',
  birthDateEstimated: false,
} as PatientView;
const line = {
  id: '01900000-0000-7000-8000-000000000001',
  medication: 'Amoxicillin 500 mg capsule',
  dosage: 'As it was signed',
  doseValue: '0.5',
  doseUnit: 'tablet',
  route: 'oral',
  frequency: 'TDS',
  asNeeded: false,
  asNeededFor: null,
  maxPerDay: null,
  duration: { value: 7, unit: 'd' },
  quantity: '21',
  quantityUnit: 'tablet',
  repeats: 1,
  indication: null,
  note: 'x'.repeat(300),
  signedAt: new Date().toISOString(),
  certainty: 'confirmed',
} as PrescriptionView;

await i18next.use(initReactI18next).init({
  lng: 'fr',
  resources: { fr: { translation: catalogues.fr } },
  interpolation: { escapeValue: false },
});

/** The words of a page. */
const page = (more: Partial<PrescriptionView> = {}, firstPrintedAt: string | null = null) => {
  const lines = [{ ...line, ...more }];
  const html = renderToStaticMarkup(
    <PrescriptionPage
      patient={patient}
      sheet={{
        number: '9-C3S78V',
        lines,
        requesterName: 'Dr Aline Uwase',
        speciality: 'Médecine générale',
        licenceNumber: 'RW 123',
        firstPrintedAt,
      }}
      lines={lines}
      paper="a5"
      imprint={{ clinic: 'Kacyiru', address: '', printedAt: '23 Nov 2026, 10:00', by: 'Dr Aline Uwase' }}
      format={createFormat('fr', 'Africa/Kigali')}
      language="fr"
      page={1}
      pages={1}
    />,
  );
  return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
};

it('says whose it is, by whom, what is taken, and how much in figures and words', () => {
  const words = page();
  expect(words).toContain('Habimana Jean');
  expect(words).toContain('N° d’ordre RW 123');
  expect(words).toContain('0,5 comprimé par voie orale, 3 fois par jour, pendant 7 jours');
  expect(words).toContain('21 comprimés (vingt-et-un)');
  expect(words).toContain('Renouvelable 1 fois');
  expect(words).toContain('la note entière est dans le dossier');
  expect(words).not.toContain('Copie');
});

it('says when the centre has not confirmed it or refuses it', () => {
  expect(page({ certainty: 'provisional' })).toContain('pas encore confirmé');
  expect(page({ certainty: 'parked' })).toContain('non valable');
});

it('is a copy, with when the first was printed, whenever one was; the day it was signed says nothing', () => {
  expect(page({ signedAt: '2026-01-02T10:00:00.000Z' })).not.toContain('Copie');
  const again = page({ certainty: 'provisional' }, '2026-01-03T10:00:00.000Z');
  expect(again).toMatch(/pas encore confirmé.*Copie : première impression le 3 janv. 2026.* 12:00/);
});

it('of directions that are words only has them as they were signed', () => {
  expect(page({ doseValue: null, frequency: null })).toContain('As it was signed');
});
