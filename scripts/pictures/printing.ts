import type { Page } from '@playwright/test';
import { callFrom, freeTimes } from '#tests/support/e2e-clinic.ts';

/** People whose names are hard to print. */
const people = [
  { family: 'Uwimana', given: 'Aline', gender: 'female', birthDate: '1990-04-05' },
  {
    family: 'Mukandayisenga-Nyirahabimana wa Rugamba',
    given: 'Marie-Antoinette Emmanuella Joséphine Bernadette Immaculée',
    gender: 'female',
    birthDate: '1936-12-25',
  },
  { family: 'عبد الرحمن الخطيب', given: 'محمد أمين', gender: 'male', birthDate: '2019-02-03' },
] as const;

const goTo = (page: Page, place: string): Promise<unknown> =>
  page.goto(`${new URL(page.url()).origin}/${place}`);

/** Registers them and books each twice with one doctor. */
const prepare = async (page: Page, doctor: string): Promise<readonly string[]> => {
  const practitioners = await callFrom(page, 'practitioners.list', {});
  const practitioner = practitioners.find(({ name }) => name === doctor);
  const [locationId] = practitioner?.locationIds ?? [];
  if (!practitioner || !locationId) throw new Error(`${doctor} works nowhere`);
  const ids: string[] = [];
  for (const person of people) {
    const { id } = await callFrom(page, 'patients.register', {
      ...person,
      phone: '0788 123 456',
      city: 'Kigali',
      notADuplicate: true,
    });
    ids.push(id);
    const slots = await callFrom(page, 'appointments.freeSlots', {
      practitionerId: practitioner.id,
      from: new Date(Date.now() + 86_400_000).toISOString(),
      minutes: 15,
      limit: 2,
    });
    for (const slot of slots) {
      const { practitionerId, startLocal, minutes } = slot;
      await callFrom(page, 'appointments.book', {
        patientId: id,
        ...{ practitionerId, locationId: slot.locationId, startLocal, minutes },
        description: 'Control of blood pressure',
      });
    }
  }
  return ids;
};

/** Every document in its preview, with names that are hard to print. */
export const takePrinting = async (
  page: Page,
  doctor: string,
  picture: (page: Page, screen: string) => Promise<void>,
): Promise<void> => {
  const ids = await prepare(page, doctor);
  for (const [index, id] of ids.entries()) {
    for (const document of ['label', 'wristband', 'card', 'registration']) {
      await goTo(page, `#/print/patient/${id}/${document}`);
      await page
        .getByRole('region', { name: /^(Preview|Aperçu)/ })
        .getByText(people[index]?.family ?? '')
        .waitFor();
      await picture(page, `print-${document}-${index + 1}`);
    }
  }
  const [tomorrow] = (await freeTimes(page, doctor, 1)).map((one) => one.date);
  for (const [name, place] of [
    ['empty-form', 'registration'],
    ['day-sheet', `day/${tomorrow}/day-sheet`],
    ['phone-list', `day/${tomorrow}/phone-list`],
  ] as const) {
    await goTo(page, `#/print/${place}`);
    await page
      .getByRole('region', { name: /^(Preview|Aperçu)/ })
      .getByText(/1 (of|sur)/)
      .first()
      .waitFor();
    await picture(page, `print-${name}`);
  }
};
