import type { Page } from '@playwright/test';
import { chartViews } from '#shared/domain/chart/views.ts';
import type { Language } from '#shared/i18n/languages.ts';
import { type ClinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { goTo, leave, type Picture, speak } from './steps.ts';

/** The fullest chart of the demonstration clinic. */
const fullest = async (centre: ClinicCentre): Promise<string> => {
  const [patient] = await centre.rows<{ id: string }>(
    `select p.id from clinichub.patient p where exists (select from clinichub.allergy_intolerance a where a.patient_id = p.id)
     order by (select count(*) from clinichub.medication_request m where m.patient_id = p.id)
            + (select count(*) from clinichub.observation o where o.patient_id = p.id) desc, p.id limit 1`,
  );
  if (patient === undefined) throw new Error('no chart has anything in it');
  return patient.id;
};

/** The sheets of a chart by the keys that open them. */
const sheets = [
  ['prescribe', 'Alt+p'],
  ['vitals', 'Alt+v'],
  ['allergy', 'Alt+y'],
  ['problem', 'Alt+d'],
] as const;

const takeSheet = async (page: Page, keys: string, name: string, picture: Picture): Promise<void> => {
  await page.keyboard.press(keys);
  await page.getByRole('dialog').waitFor();
  await picture(page, name);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

const takeDoctor = async (page: Page, patient: string, language: Language, picture: Picture) => {
  for (const view of chartViews) {
    await goTo(page, `#/patients/${patient}/chart/${view}`);
    await picture(page, `${language}-chart-${view}`);
  }
  await goTo(page, `#/patients/${patient}/chart`);
  for (const [name, keys] of sheets) await takeSheet(page, keys, `${language}-sheet-${name}`, picture);
  for (const place of ['my-day', 'results', 'results/requests', 'notes', 'tasks']) {
    await goTo(page, `#/${place}`);
    await picture(page, `${language}-doctor-${place.replace('/', '-')}`);
  }
};

/** The consulting room in each language. */
export const takeConsultingRoom = async (
  page: Page,
  centre: ClinicCentre,
  picture: Picture,
): Promise<void> => {
  const patient = await fullest(centre);
  await signIn(page, 'uwase');
  for (const language of ['fr', 'en'] as const) {
    await speak(page, language);
    await takeDoctor(page, patient, language, picture);
  }
  await leave(page);
};
