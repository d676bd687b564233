import { describe, expect, it } from 'vitest';
import type { PatientView } from '#shared/contract/patients.ts';
import { PatientId } from '#shared/kernel/ids.ts';
import { newCoverage, newTelecom } from './particulars-form.ts';
import {
  checkPatientForm,
  emptyPatientForm,
  formFromSearch,
  formOf,
  type PatientFormValues,
} from './patient-form.ts';

const today = '2026-11-23';
const context = { today, locale: 'en' };
const jean: PatientFormValues = { ...emptyPatientForm, family: 'Habimana', given: 'Jean', gender: 'male' };
const view: PatientView = {
  id: PatientId.parse('0193a5f0-0000-7000-8000-000000000001'),
  mrn: 'RUH-K3M7QF',
  family: 'Habimana',
  given: 'Jean',
  gender: 'male',
  birthDate: '1985-01-01',
  birthDateEstimated: true,
  phone: '+250788123456',
  city: null,
  deceasedDate: null,
  certainty: 'confirmed',
  email: null,
  addressLine: null,
  postalCode: null,
  country: null,
  contactName: null,
  contactPhone: null,
  contactRelation: null,
  language: null,
  locationId: null,
  createdAt: '2026-11-01T08:00:00.000Z',
  rowVersion: 1,
  mergedInto: null,
  mergedFrom: [],
};

describe('checkPatientForm', () => {
  it('gives the details of a whole form, empty fields as nothing', () => {
    const checked = checkPatientForm({ ...jean, birthText: '3 Feb 1985', country: 'rw' }, context);
    expect(checked).toMatchObject({
      ok: true,
      details: {
        family: 'Habimana',
        birthDate: '1985-02-03',
        birthDateEstimated: false,
        country: 'RW',
        phone: null,
      },
    });
  });

  it('says estimated when a part of the birth date was not said', () => {
    expect(checkPatientForm({ ...jean, birthText: '1985' }, context)).toMatchObject({
      details: { birthDate: '1985-01-01', birthDateEstimated: true },
    });
  });

  it('lets a birth date be unknown', () => {
    expect(checkPatientForm(jean, context)).toMatchObject({ ok: true, details: { birthDate: null } });
  });

  it('names what is wrong at its field', () => {
    const checked = checkPatientForm(
      {
        ...emptyPatientForm,
        given: 'Je\u200ban',
        birthText: '31/2/1985',
        country: 'Rwanda',
        phone: '1'.repeat(41),
        contactPhone: 'her sister',
        email: 'nix',
      },
      context,
    );
    expect(checked).toEqual({
      ok: false,
      problems: {
        family: 'required',
        given: 'characters',
        gender: 'required',
        birthText: 'birth-impossible',
        country: 'country',
        phone: 'too-long',
        contactPhone: 'phone',
        email: 'email',
      },
    });
  });

  it('takes the letters of a country that there is', () => {
    expect(checkPatientForm({ ...jean, country: 'rw' }, context).ok).toBe(true);
    expect(checkPatientForm({ ...jean, country: 'QQ' }, context)).toEqual({
      ok: false,
      problems: { country: 'country' },
    });
  });

  it('keeps an estimated birth date estimated while nobody touches it', () => {
    expect(checkPatientForm({ ...formOf(view), city: 'Huye' }, { ...context, before: view })).toMatchObject({
      details: { birthDate: '1985-01-01', birthDateEstimated: true },
    });
    expect(
      checkPatientForm({ ...formOf(view), birthText: '1985-01-01' }, { ...context, before: view }),
    ).toMatchObject({
      details: { birthDate: '1985-01-01', birthDateEstimated: false },
    });
  });

  it('keeps an exact estimate from an age in weeks as it was', () => {
    const baby = { ...view, birthDate: '2026-11-02' };
    expect(checkPatientForm(formOf(baby), { ...context, before: baby })).toMatchObject({
      details: { birthDate: '2026-11-02', birthDateEstimated: true },
    });
  });
});

describe('what people type wrong', () => {
  it.each<[string, Partial<PatientFormValues>, string, string]>([
    ['a day there is not', { birthText: '31 Feb 1985' }, 'birthText', 'birth-impossible'],
    ['a birth date to come', { birthText: '24/11/2026' }, 'birthText', 'birth-future'],
    ['an age over 125', { birthText: '1900-01-01' }, 'birthText', 'birth-too-old'],
    ['an age over 125 in years', { birthText: '130y' }, 'birthText', 'birth-too-old'],
    ['a name of 5,000 characters', { family: 'x'.repeat(5000) }, 'family', 'too-long'],
    ['pictures for a name', { given: 'Jean 😀' }, 'given', 'name'],
    ['a picture of several parts', { family: '👩‍👩‍👧' }, 'family', 'name'],
    ['one name only', { family: 'Suharto', given: ' ' }, 'given', 'one-name'],
    ['a phone with letters', { phone: '0788 CALL ME' }, 'phone', 'phone'],
    ['a phone of the next of kin with letters', { contactPhone: 'o788 123 456' }, 'contactPhone', 'phone'],
  ])('%s is told at its field', (_what, typed, field, problem) => {
    expect(checkPatientForm({ ...jean, ...typed }, context)).toEqual({
      ok: false,
      problems: { [field]: problem },
    });
  });

  it.each<[string, Partial<PatientFormValues>, object]>([
    ['a name from right to left', { family: 'محمد', given: 'أحمد' }, { family: 'محمد', given: 'أحمد' }],
    ['a name with a joiner', { given: 'علی\u200cرضا' }, { given: 'علی\u200cرضا' }],
    ['a dash for the name that is missing', { family: 'Suharto', given: '–' }, { given: '-' }],
    ['a phone as people write it', { phone: '(+250) 788-123.456 ext. 12' }, {}],
    ['a phone in digits of another writing', { phone: '٠٧٨٨ ١٢٣ ٤٥٦' }, {}],
  ])('%s is taken', (_what, typed, details) => {
    expect(checkPatientForm({ ...jean, ...typed }, context)).toMatchObject({ ok: true, details });
  });
});

describe('the folded part', () => {
  const identifier = { type: 'NI', value: '1', issuer: '' };
  const withMore = (more: Partial<PatientFormValues['particulars']>) =>
    checkPatientForm({ ...jean, particulars: { ...emptyPatientForm.particulars, ...more } }, context);

  it('sends days in any spelling, and only answers that were given', () => {
    const { consents } = emptyPatientForm.particulars;
    const checked = withMore({
      coverages: [{ ...newCoverage, payer: 'RSSB', startDate: '1 jan 2026', endDate: '31/12/2026' }],
      consents: { ...consents, research: 'deny' },
      consentNote: 'signed',
    });
    expect(checked).toMatchObject({
      details: {
        particulars: {
          coverages: [{ startDate: '2026-01-01', endDate: '2026-12-31', plan: null }],
          consents: [{ category: 'research', provision: 'deny', note: 'signed' }],
        },
      },
    });
  });

  it('says nothing anew that was said before', () => {
    const said = { ...emptyPatientForm.particulars.consents, research: 'deny' } as const;
    const particulars = { ...emptyPatientForm.particulars, consents: said };
    expect(checkPatientForm({ ...jean, particulars }, { ...context, shown: particulars })).toMatchObject({
      details: { particulars: { consents: [] } },
    });
  });

  it('names what is wrong at its field', () => {
    expect(
      withMore({
        telecoms: [{ ...newTelecom, value: 'her sister' }],
        identifiers: [identifier, { ...identifier, value: '' }],
        coverages: [
          { ...newCoverage, payer: 'RSSB', startDate: '31/2/2026' },
          { ...newCoverage, startDate: '1/2/2026', endDate: '1/1/2026' },
        ],
        voided: [{ kind: 'telecom', id: view.id, reason: ' ' }],
      }),
    ).toEqual({
      ok: false,
      problems: {
        'particulars.telecoms.0.value': 'phone',
        'particulars.identifiers.1.value': 'required',
        'particulars.coverages.0.startDate': 'date',
        'particulars.coverages.1.payer': 'required',
        'particulars.coverages.1.endDate': 'order',
        'particulars.voided.0.reason': 'required',
      },
    });
  });
});

describe('formFromSearch', () => {
  it.each([
    ['Habimana Jean Paul', { family: 'Habimana', given: 'Jean Paul' }],
    ['3/2/1985', { birthText: '3/2/1985' }],
    ['0788 123 456', { phone: '0788 123 456' }],
    ['', {}],
  ])('puts %s where it belongs', (text, expected) => {
    expect(formFromSearch(text, today)).toEqual({ ...emptyPatientForm, ...expected });
  });
});
