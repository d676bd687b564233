import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '#main/core/dispatch.ts';
import type { PatientQuestion } from '#main/data/central/centre.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { type Clinic, habimana, openClinic } from '#tests/support/core-clinic.ts';

let clinic: Clinic;
let desk: Connection;
let asked: PatientQuestion[];
beforeEach(async () => {
  clinic = openClinic();
  desk = await clinic.signedIn('reception');
  asked = [];
  clinic.engine.findPatients = async (question) => {
    asked.push(question);
    return [
      {
        id: habimana.id,
        mrn: 'RUH-K3M7QF-T',
        family: 'Keza',
        given: 'Ange',
        gender: 'female',
        birth_date: '1990-02-03',
        site: 'South',
      },
    ];
  };
});
afterEach(() => clinic.close());

const find = (text: string) => clinic.ask('patients.findEverywhere', { text }, desk);

describe('a patient of any site is asked for', () => {
  it.each([
    ['3/2/1990 keza', { mrn: null, birth_date: '1990-02-03', name: 'keza' }],
    ['ange k 3 Feb 1990', { mrn: null, birth_date: '1990-02-03', name: 'ange' }],
  ])('by date of birth and the longest name (%s)', async (text, question) => {
    expect(await find(text)).toEqual({
      ok: true,
      value: [
        {
          id: habimana.id,
          mrn: 'RUH-K3M7QF-T',
          family: 'Keza',
          given: 'Ange',
          gender: 'female',
          birthDate: '1990-02-03',
          site: 'South',
        },
      ],
    });
    expect(asked).toEqual([{ ...question, user: desk.user?.id }]);
  });

  it('by record number, in the name of who is signed in', async () => {
    await find('ruh-k3m7qf-c');
    expect(asked).toEqual([{ mrn: 'RUH-K3M7QF-C', birth_date: null, name: null, user: desk.user?.id }]);
  });

  it.each(['', 'keza', '1990 keza', '3/2/1990', '3/2/1990 k', '0788123456'])(
    'not by too little (%s): the centre is not even asked',
    async (text) => {
      expect(await find(text)).toEqual({
        ok: false,
        error: { code: 'invalid-input', fields: { text: 'everywhere' } },
      });
      expect(asked).toEqual([]);
    },
  );

  it('in vain while the centre is out of reach, which is said', async () => {
    clinic.engine.findPatients = () => Promise.reject(new Error('cut'));
    expect(await find('3/2/1990 keza')).toMatchObject({ error: { code: 'centre-unavailable' } });
  });
});

it('a chart is brought here, or it is said that it did not come', async () => {
  const id = habimana.id as PatientId;
  expect(await clinic.ask('patients.bringHere', { id }, desk)).toMatchObject({
    error: { code: 'centre-unavailable' },
  });
  clinic.engine.openPatient = async (opened) => opened === id;
  expect(await clinic.ask('patients.bringHere', { id }, desk)).toEqual({ ok: true, value: null });
});
