import { demoPatient } from '#shared/domain/demo/accounts.ts';
import { addDays } from '#shared/kernel/calendar.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import type { DemoCharts } from './charts.ts';
import { demoId } from './random.ts';

type Patient = RowOf<'patient'>;

/** A patient who looks after their own appointments and those of a child. */
export interface DemoPanel {
  readonly account: Omit<RowOf<'patient_account'>, 'password_hash'>;
  readonly links: readonly RowOf<'patient_account_link'>[];
}

const countBy = (rows: readonly { readonly patient_id: string }[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { patient_id } of rows) counts.set(patient_id, (counts.get(patient_id) ?? 0) + 1);
  return counts;
};

const isBornAfter = (patient: Patient, day: string): boolean =>
  patient.birth_date !== null && patient.birth_date > day;

/** The adult whose chart has most to show, and the first child; who has a restricted chart shows less than there is. */
export const makePanel = (
  today: string,
  patients: readonly Patient[],
  charts: Pick<DemoCharts, 'prescriptions' | 'values' | 'flags'>,
): DemoPanel => {
  const restricted = new Set(charts.flags.map(({ patient_id }) => patient_id));
  const [prescribed, measured] = [countBy(charts.prescriptions), countBy(charts.values)];
  const weight = ({ id }: Patient) => (prescribed.get(id) ?? 0) * 100 + (measured.get(id) ?? 0);
  const shown = patients.filter(({ id }) => !restricted.has(id));
  const [self] = shown
    .filter((patient) => !isBornAfter(patient, addDays(today, -18 * 365)))
    .toSorted((a, b) => weight(b) - weight(a) || a.id.localeCompare(b.id));
  const child = shown.find((patient) => isBornAfter(patient, addDays(today, -10 * 365)));
  if (self === undefined) throw new Error('the demonstration clinic has no adult');
  const at = `${addDays(today, -30)}T09:00:00.000Z`;
  const account = {
    id: demoId('patient account'),
    email: demoPatient.email,
    display_name: `${self.given} ${self.family}`,
    language: 'en',
    active: 1 as const,
    verified_at: at,
    sessions_ended_at: null,
    created_at: at,
  };
  const link = (patient: Patient, relationship: string): RowOf<'patient_account_link'> => ({
    ...blank('patient_account_link'),
    id: demoId(`patient account link ${relationship}`),
    account_id: account.id,
    patient_id: patient.id,
    relationship,
    status: 'approved',
    account_name: account.display_name,
    account_email: account.email,
    requested_at: at,
    decided_at: at,
  });
  return { account, links: [link(self, 'self'), ...(child === undefined ? [] : [link(child, 'child')])] };
};
