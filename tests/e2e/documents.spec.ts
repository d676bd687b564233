import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/support/e2e-axe.ts';
import { type ClinicCentre, signIn } from '#tests/support/e2e-clinic.ts';
import { backOnline, press, statusLine, test } from '#tests/support/e2e-journey.ts';
import { expect } from '#tests/support/e2e-test.ts';
import { textOfPdf } from '#tests/support/pdf-text.ts';

/** Somebody with nothing booked, the `n`th from the first. */
const somebody = async (centre: ClinicCentre, n: number) => {
  const [patient] = await centre.rows<{ id: string; name: string; mrn: string }>(
    `select p.id, p.family || ' ' || p.given as name, p.mrn from clinichub.patient p
     where not exists (select from clinichub.appointment a where a.patient_id = p.id) order by p.id limit 1 offset $1`,
    [n],
  );
  if (patient === undefined) throw new Error('everybody has an appointment');
  return patient;
};

const openDocuments = (page: Page, id: string) =>
  page.goto(`${new URL(page.url()).origin}/#/patients/${id}/chart/documents`);

/** A picture of a letter, as a browser draws it. */
const somePicture = async (page: Page): Promise<Buffer> => {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3200;
    canvas.height = 2000;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.fillStyle = '#fdf6e3';
    context.fillRect(0, 0, 3200, 2000);
    // Specks, as a camera sees them: the file is then of several parts.
    for (let speck = 0; speck < 40_000; speck += 1) {
      context.fillStyle = `hsl(${(speck * 137) % 360} 40% 80%)`;
      context.fillRect((speck * 7919) % 3200, (speck * 104_729) % 2000, 6, 6);
    }
    context.fillStyle = '#333';
    context.font = '120px serif';
    context.fillText('A letter on paper', 300, 400);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  return Buffer.from(data, 'base64');
};

const blobs = (centre: ClinicCentre, patientId: string) =>
  centre.rows<{ category: string; complete: boolean | null }>(
    `select d.category, b.complete from clinichub.document_reference d left join clinichub.blob b on b.hash = d.hash
     where d.patient_id = $1 order by d.created_at`,
    [patientId],
  );

test('a doctor attaches a picture; what is too large, of another kind or cut off is refused before it is sent', async ({
  desk: { app, centre },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 0);
  await signIn(page, 'uwase');
  await openDocuments(page, patient.id);
  await expect(page.getByText('No documents yet. Attach')).toBeVisible();
  await expectAccessible(page, 'documents-empty');
  await press(page, 'a');
  const sheet = page.getByRole('dialog', { name: 'Attach file' });
  await expect(sheet.getByText('at most 20 MB')).toBeVisible();
  const choose = (name: string, buffer: Buffer, mimeType = 'application/pdf') =>
    sheet.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  const large = join(tmpdir(), `clinichub-large-${process.pid}.pdf`);
  await writeFile(large, Buffer.alloc(50_000_000));
  await sheet.locator('input[type=file]').setInputFiles(large);
  await rm(large);
  await expect(sheet.getByRole('alert')).toContainText('larger than 20 MB');
  await choose('page.pdf', Buffer.from('<html></html>'));
  await expect(sheet.getByRole('alert')).toContainText('Only pictures (JPEG, PNG, WebP) and PDFs');
  await choose('cut.pdf', Buffer.from('%PDF-1.7\nhalf of it'));
  await expect(sheet.getByRole('alert')).toContainText('damaged or was cut off');
  const empty = '%PDF-1.7\nnothing in it\nstartxref\n9\n%%EOF\n';
  await choose('hollow.pdf', Buffer.from(empty));
  await expect(sheet.getByRole('alert')).toContainText('damaged or was cut off');
  await expectAccessible(page, 'documents-refused');

  await choose('from the hospital.jpg', await somePicture(page), 'image/jpeg');
  await expect(sheet.getByRole('alert')).toBeHidden();
  await expect(sheet.getByLabel('Title')).toHaveValue('from the hospital');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Attached: from the hospital');
  const picture = page.getByRole('img', { name: 'Picture: from the hospital' });
  await expect(picture).toBeVisible();
  // Drawn anew, its long side is no longer than what is worth keeping.
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(2560);
  await expectAccessible(page, 'documents-picture');
  await press(page, 'Escape');
  await expect(page.getByRole('row', { name: /from the hospital/ })).toContainText('Letter');
  await expect.poll(() => blobs(centre, patient.id)).toEqual([{ category: 'letter', complete: true }]);
  await expect(page.getByRole('img', { name: 'Here and at the centre' })).toBeVisible();
  await expectAccessible(page, 'documents');
});

test('a sick note is made offline by keys, seen, saved, and its text is in the PDF', async ({
  desk: { app, centre, wire },
}) => {
  const { page } = app;
  const patient = await somebody(centre, 1);
  await signIn(page, 'uwase');
  await openDocuments(page, patient.id);
  await expect(page.getByText('No documents yet. Attach')).toBeVisible();
  wire.cut();
  await press(page, 'Shift+S');
  const sheet = page.getByRole('dialog', { name: 'Sick note' });
  await expect(sheet.getByLabel('Unfit from')).toBeFocused();
  await press(page, 'Control+Enter');
  await expect(sheet.getByText('Fill this in.')).toBeVisible();
  const last = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await sheet.getByLabel('Up to and including').fill(last);
  await press(page, 'Tab');
  await sheet.getByLabel('Show the diagnosis').press('Space');
  await sheet.getByRole('textbox', { name: 'Diagnosis' }).fill('Influenza');
  await sheet.getByLabel('Text').fill('Stays in bed with tea. Nguyễn, Wanjikũ, Éric.');
  await expectAccessible(page, 'documents-sick-note');
  await press(page, 'Control+Enter');
  await expect(statusLine(page)).toContainText('Made: Sick note');
  const preview = page.getByRole('region', { name: 'Page 1 of 1' });
  await expect(preview).toContainText('Stays in bed with tea. Nguyễn, Wanjikũ, Éric.');
  await expect(preview).toContainText(patient.mrn);
  // What is drawn is not blank.
  await expect
    .poll(() =>
      preview.locator('canvas').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const data =
          (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        return data.some((value, index) => index % 4 === 0 && value < 100);
      }),
    )
    .toBe(true);
  await expectAccessible(page, 'documents-preview');
  await page.evaluate(() => {
    window.print = () => {
      const pages = document.querySelectorAll<HTMLImageElement>('body > [aria-hidden] > img');
      document.body.dataset.printed = Array.from(pages, (one) =>
        one.naturalWidth > 1000 ? 'page' : '',
      ).join();
    };
  });
  await press(page, 'Control+P');
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'page');
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 'Control+S')]);
  expect(saved.suggestedFilename()).toMatch(/^sick-note-\d{4}-\d\d-\d\d\.pdf$/);
  const { text } = await textOfPdf(await readFile(await saved.path()));
  for (const words of [patient.name, patient.mrn, 'Influenza', 'Stays in bed with tea', 'Aline Uwase'])
    expect(text).toContain(words);
  await press(page, 'Escape');
  await expect(page.getByRole('img', { name: 'Here, on its way to the centre' })).toBeVisible();
  await backOnline(page, wire);
  await expect.poll(() => blobs(centre, patient.id)).toEqual([{ category: 'sick-note', complete: true }]);
  await expect(page.getByRole('img', { name: 'Here and at the centre' })).toBeVisible();

  await page.getByRole('row', { name: /Sick note/ }).press('Enter');
  await page.getByRole('button', { name: 'Cross out' }).click();
  const crossing = page.getByRole('dialog', { name: 'Cross out document' });
  await crossing.getByRole('button', { name: 'Wrong file' }).click();
  await crossing.getByRole('button', { name: 'Cross out' }).click();
  await expect(statusLine(page)).toContainText('Crossed out');
  await expect(page.getByRole('row', { name: /Sick note/ })).toContainText('Wrong file');
});
