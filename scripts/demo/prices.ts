import { priceId } from '#shared/domain/prices/price.ts';
import { settingId } from '#shared/domain/settings/written.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { demoId } from './random.ts';
import { siteIds } from './staff.ts';

const currency = 'RWF';

/** The clinic counts in francs. */
export const settings: readonly RowOf<'setting'>[] = [
  {
    id: settingId('clinic.currency', null),
    key: 'clinic.currency',
    location_id: null,
    value: JSON.stringify(currency),
  },
];

const payerId = (key: string): string => demoId(`payer ${key}`);

/** Two that pay, each made up. */
export const makePayers = (today: string): readonly RowOf<'organization'>[] =>
  [
    {
      key: 'mutuelle',
      name: 'Mutuelle Imena',
      identifier: 'CL-0412',
      phone: '+250788400100',
      email: 'claims@imena.example',
    },
    {
      key: 'ubuzima',
      name: 'Ubuzima Insurance',
      identifier: 'P-77310',
      phone: '+250788400200',
      email: 'remittance@ubuzima.example',
    },
  ].map(({ key, ...payer }) => ({
    ...blank('organization'),
    ...payer,
    id: payerId(key),
    kind: 'payer',
    active: 1,
    created_at: `${today}T07:00:00.000Z`,
  }));

interface Entry {
  readonly code: string;
  readonly title: string;
  readonly category: string;
  readonly amount: number;
  readonly taxRate?: number;
  readonly visitType?: string;
  readonly service?: string;
  /** As the starter formulary names it. */
  readonly medicine?: string;
}

/** Amounts in francs, which have no smaller unit; tax in basis points. */
const entries: readonly Entry[] = [
  { code: 'CONS', title: 'Consultation', category: 'visit', amount: 5000, visitType: 'consultation' },
  { code: 'FIRST', title: 'First visit', category: 'visit', amount: 8000, visitType: 'first' },
  { code: 'VACC', title: 'Vaccination', category: 'visit', amount: 2000, visitType: 'vaccination' },
  { code: 'MINOR', title: 'Minor procedure', category: 'visit', amount: 25_000, visitType: 'procedure' },
  { code: 'WALK', title: 'Visit without an appointment', category: 'visit', amount: 5000 },
  { code: 'FBC', title: 'Blood count', category: 'procedure', amount: 4000, service: '58410-2' },
  { code: 'KIDNEY', title: 'Kidney function', category: 'procedure', amount: 7500, service: '24362-6' },
  { code: 'GLUC', title: 'Glucose, random', category: 'procedure', amount: 1500, service: '14749-6' },
  {
    code: 'PARA500',
    title: 'Paracetamol 500 mg, tablet',
    category: 'medicine',
    amount: 20,
    medicine: 'Paracetamol 500 mg tablet',
  },
  {
    code: 'AMOX500',
    title: 'Amoxicillin 500 mg, capsule',
    category: 'medicine',
    amount: 90,
    medicine: 'Amoxicillin 500 mg capsule',
  },
  { code: 'DRESS', title: 'Dressing material', category: 'product', amount: 2500, taxRate: 1800 },
  { code: 'CERT', title: 'Medical certificate', category: 'other', amount: 3000, taxRate: 1800 },
];

const entryId = (code: string): string => demoId(`price list ${code}`);

export const makeEntries = (
  medicines: readonly RowOf<'medicine'>[],
): readonly RowOf<'charge_item_definition'>[] =>
  entries.map((entry) => ({
    id: entryId(entry.code),
    code: entry.code,
    title: entry.title,
    category: entry.category,
    tax_rate: entry.taxRate ?? null,
    visit_type_id: entry.visitType === undefined ? null : demoId(`visit type ${entry.visitType}`),
    service_code: entry.service ?? null,
    medicine_id: medicines.find(({ name }) => name === entry.medicine)?.id ?? null,
    active: 1,
  }));

const price = (
  code: string,
  amount: number,
  validFrom: string,
  place: { readonly siteId: string | null; readonly payerId: string | null },
): RowOf<'charge_item_price'> => ({
  id: priceId(entryId(code), place, validFrom),
  definition_id: entryId(code),
  location_id: place.siteId,
  payer_id: place.payerId,
  valid_from: validFrom,
  amount,
  currency,
});

/** What everything costs since the first of the year, and what a payer and a site have otherwise. */
export const makePrices = (today: string): readonly RowOf<'charge_item_price'>[] => {
  const from = `${today.slice(0, 4)}-01-01`;
  return [
    ...entries.map(({ code, amount }) => price(code, amount, from, { siteId: null, payerId: null })),
    price('CONS', 4000, from, { siteId: null, payerId: payerId('mutuelle') }),
    price('FIRST', 6500, from, { siteId: null, payerId: payerId('mutuelle') }),
    price('CONS', 6000, from, { siteId: siteIds.remera, payerId: null }),
  ];
};

/** One till at each site. */
export const makeTills = (): readonly RowOf<'till'>[] =>
  Object.entries(siteIds).map(([key, location_id]) => ({
    id: demoId(`till ${key}`),
    name: 'Till 1',
    location_id,
    active: 1,
  }));

/** Every fifth patient is with the one, every eleventh of the others with the other. */
export const makeCoverages = (
  today: string,
  patients: readonly Pick<RowOf<'patient'>, 'id' | 'mrn'>[],
): readonly RowOf<'coverage'>[] =>
  patients.flatMap(({ id, mrn }, index) => {
    const key = index % 5 === 0 ? 'mutuelle' : index % 11 === 0 ? 'ubuzima' : null;
    if (key === null) return [];
    return {
      ...blank('coverage'),
      id: demoId(`coverage ${mrn}`),
      patient_id: id,
      payer: key === 'mutuelle' ? 'Mutuelle Imena' : 'Ubuzima Insurance',
      payor_id: payerId(key),
      cover_rate: key === 'mutuelle' ? 8500 : 9000,
      subscriber_id: `${key === 'mutuelle' ? 'MI' : 'UB'}-${String(10_400 + index)}`,
      relationship: 'self',
      start_date: `${today.slice(0, 4)}-01-01`,
      created_at: `${today}T07:00:00.000Z`,
    };
  });
