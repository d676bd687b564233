import { v5 } from 'uuid';
import type { RowOf } from '#shared/sync/catalogue.ts';

export const families: readonly string[] =
  'Habimana Uwase Mugabo Keza Ingabire Gasana Mutesi Niyonzima Mukamana Ndayisenga Iradukunda Nshimiyimana Hakizimana Uwimana Bizimana Nkurunziza Okafor Mwangi Otieno Njoroge Achieng Kamau Wanjiru Nakato Ssemakula Mbabazi Tumusiime Abebe Tesfaye Haile Diallo Traoré Koné Dupont Lefèvre García Müller Ångström Nguyễn O’Brien'.split(
    ' ',
  );
export const givens: readonly string[] =
  'Jean Aline Chantal Patrick Éric Solange Claudine Emmanuel Grace Innocent Divine Olive Samuel Josué Esther Pascal Diane Yves Sandrine Fabrice Thérèse Moïse Béatrice Alphonse Gloria Kevin Nadia Ruth Daniel Mercy Faith Peter Anne Amina Zoë Fatou Ibrahim Lucia Hans Björn'.split(
    ' ',
  );
const namespace = '6f2d0a1c-51a3-4b7e-9c55-0b1f4f1f9a10';

/** A deterministic patient: number `i` is always the same person. Some two thousand name pairs, as skewed as real ones are not. */
export const person = (i: number): RowOf<'patient'> => {
  const family = families[i % families.length] ?? 'Uwase';
  const given = givens[Math.floor(i / families.length) % givens.length] ?? 'Aline';
  const second = givens[(i * 7 + 3) % givens.length] ?? 'Grace';
  return {
    id: v5(String(i), namespace),
    mrn: `BEN-${i.toString(36).toUpperCase().padStart(6, '0')}`,
    family,
    given: `${given} ${second}`,
    gender: i % 2 === 0 ? 'female' : 'male',
    birth_date: new Date(Date.UTC(1930, 0, 1 + ((i * 37) % 34_000))).toISOString().slice(0, 10),
    birth_date_estimated: i % 11 === 0 ? 1 : 0,
    phone: `+25078${String((i * 7919) % 10_000_000).padStart(7, '0')}`,
    email: null,
    address_line: `KG ${i % 600} St`,
    city: 'Kigali',
    postal_code: null,
    country: 'RW',
    contact_name: null,
    contact_phone: null,
    deceased_date: null,
    location_id: null,
    source: null,
    created_at: '2026-11-23T08:00:00.000Z',
    created_by: null,
    voided_at: null,
    voided_by: null,
    void_reason: null,
    merged_into: null,
    language: null,
    contact_relation: null,
  };
};

const written = (i: number, what: string) => ({
  id: v5(`${what} ${i}`, namespace),
  patient_id: v5(String(i), namespace),
  created_at: '2026-11-23T08:00:00.000Z',
  created_by: null,
  voided_at: null,
  voided_by: null,
  void_reason: null,
});

/** Every second has a national identifier. */
export const identifiers = (i: number): readonly RowOf<'patient_identifier'>[] =>
  i % 2 === 0
    ? [
        {
          ...written(i, 'identifier'),
          type: 'NI',
          value: `11990${String(i).padStart(11, '0')}`,
          issuer: null,
        },
      ]
    : [];

/** Every fourth has a further phone. */
export const telecoms = (i: number): readonly RowOf<'patient_telecom'>[] =>
  i % 4 === 0
    ? [
        {
          ...written(i, 'phone'),
          system: 'phone',
          value: `+25073${String((i * 7907) % 10_000_000).padStart(7, '0')}`,
          use: 'mobile',
          note: null,
        },
      ]
    : [];
