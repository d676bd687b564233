import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { addDays } from '#shared/kernel/calendar.ts';
import { launchHeadless } from '#tests/support/app-driver-headless.ts';
import { setup as startCluster } from '#tests/support/central-cluster.setup.ts';
import { chromiumArguments, ensureChromium } from '#tests/support/e2e-chromium.ts';
import { type ClinicCentre, clinicCentre, clinicToday, signIn } from '#tests/support/e2e-clinic.ts';
import { ensureBuilt } from '../scripts/start/build.ts';
import { atMost, type Bench, median, percentile } from './measure.ts';

const doctors = 20;
const slots = 60;
/** Each day is seen once: what has been seen before is on the screen without being asked for. */
const days = 16;
const speciality = 'Bench';
const size = { width: 1920, height: 1080 };

/** Twenty doctors with sixty visits of ten minutes on each of some days to come. */
const fill = async (centre: ClinicCentre, firstDay: string): Promise<void> => {
  await centre.rows(
    `insert into clinichub.practitioner
       select (jsonb_populate_record(null::clinichub.practitioner, to_jsonb(p) || jsonb_build_object('id', gen_random_uuid(), 'family', 'Bench' || lpad(n::text, 2, '0'),
         'speciality', $1::text, 'source', null))).*
       from (select * from clinichub.practitioner limit 1) p, generate_series(1, ${doctors}) n`,
    [speciality],
  );
  await centre.rows(
    `insert into clinichub.schedule
       select (jsonb_populate_record(null::clinichub.schedule, to_jsonb(s) || jsonb_build_object('id', gen_random_uuid(), 'practitioner_id', d.id, 'room_id', null,
         'weekday', w.n, 'start_time', '08:00', 'end_time', '18:00', 'valid_from', null, 'valid_to', null,
         'interval_weeks', null))).*
       from (select * from clinichub.schedule where active limit 1) s, clinichub.practitioner d, generate_series(1, 7) w(n)
       where d.speciality = $1`,
    [speciality],
  );
  await centre.rows(
    `with one as (
       select a.*, l.time_zone zone from clinichub.appointment a join clinichub.location l on l.id = a.location_id
        where a.status = 'booked' and not a.overbooked and a.stage is null limit 1),
     doctor as (select id, row_number() over (order by family) n from clinichub.practitioner where speciality = $1),
     patient as (select id, row_number() over (order by id) - 1 n from clinichub.patient limit ${doctors * slots}),
     wanted as (
       select d.id doctor, d.n, slot, $2::date + day + make_interval(mins => 480 + slot * 10) as begins
         from doctor d, generate_series(0, ${days - 1}) day, generate_series(0, ${slots - 1}) slot)
     insert into clinichub.appointment
       select (jsonb_populate_record(null::clinichub.appointment, to_jsonb(o) - 'zone' || jsonb_build_object(
         'id', gen_random_uuid(), 'practitioner_id', w.doctor, 'room_id', null, 'visit_type_id', null,
         'patient_id', p.id,
         'start_local', to_char(w.begins, 'YYYY-MM-DD"T"HH24:MI'),
         'start_at', w.begins at time zone o.zone, 'end_at', (w.begins + interval '10 minutes') at time zone o.zone))).*
       from wanted w cross join one o
       join patient p on p.n = (w.slot * ${doctors} + w.n) % (select count(*) from patient)`,
    [speciality, firstDay],
  );
};

/** In the page: when the answer with a day's appointments was read, and which is the first of them. */
const watchAnswers = () => {
  const page = globalThis as unknown as { boardRead?: (at: number, id: string) => void };
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    const response = await fetch(...args);
    if (!String(args[0]).includes('appointments.board')) return response;
    const { json } = response;
    response.json = async () => {
      const body = await json.call(response);
      const [column] = body?.value?.columns ?? [];
      page.boardRead?.(performance.now(), column?.appointments?.[0]?.id ?? '');
      return body;
    };
    return response;
  };
};

/** Goes to the next day; milliseconds from its data to the frame that shows them. */
const nextDay = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const global = globalThis as unknown as { boardRead?: (at: number, id: string) => void };
    const read = new Promise<{ at: number; id: string }>((found) => {
      global.boardRead = (at, id) => found({ at, id });
    });
    const key = { key: 'ArrowRight', code: 'ArrowRight', shiftKey: true, bubbles: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    const { at, id } = await read;
    const isThere = () => document.querySelector(`[data-appointment="${id}"]`) !== null;
    await new Promise<void>((seen) => {
      const look = () => {
        if (!isThere()) return false;
        observer.disconnect();
        seen();
        return true;
      };
      const observer = new MutationObserver(look);
      if (!look())
        observer.observe(document.body, {
          childList: true,
          subtree: true,
          attributeFilter: ['data-appointment'],
        });
    });
    // A task after the frame's own callbacks runs when the frame has been painted.
    await new Promise<void>((painted) => requestAnimationFrame(() => setTimeout(painted)));
    return performance.now() - at;
  });

/** Scrolls an element down and across and back; milliseconds between frames. */
const scrollThrough = (page: Page, selector: string): Promise<readonly number[]> =>
  page.evaluate(async (wanted) => {
    const element = document.querySelector(wanted);
    if (!element) throw new Error(`there is no ${wanted}`);
    const frames: number[] = [];
    const frame = () => new Promise<number>((shown) => requestAnimationFrame(shown));
    for (const [right, down] of [
      [24, 0],
      [0, 12],
      [-24, 0],
      [0, -12],
    ] as const) {
      let last = await frame();
      for (let step = 0; step < 60; step += 1) {
        element.scrollBy(right, down);
        const now = await frame();
        frames.push(now - last);
        last = now;
      }
    }
    return frames;
  }, selector);

/** The least any board would have to do: as many plain boxes with a name and a time in them, written as one text. */
const plainBoxes = (page: Page): Promise<number> =>
  page.evaluate(
    async ([columns, rows]) => {
      const box = (column: number, row: number) =>
        `<button style="position:absolute;left:${column * 184}px;top:${row * 16}px;width:180px;height:15px;overflow:hidden"><span>Somebody ${row}</span> <span>08:00</span></button>`;
      const text = Array.from({ length: columns }, (_, column) =>
        Array.from({ length: rows }, (_, row) => box(column, row)).join(''),
      ).join('');
      const at = performance.now();
      document.body.innerHTML = `<div id="boxes" style="position:relative;width:1700px;height:900px;overflow:auto">${text}</div>`;
      await new Promise<void>((painted) => requestAnimationFrame(() => setTimeout(painted)));
      return performance.now() - at;
    },
    [doctors, slots] as const,
  );

const measure = async (page: Page, firstDay: string) => {
  const { origin } = new URL(page.url());
  await page.addInitScript(watchAnswers);
  await page.goto(`${origin}/?date=${firstDay}&speciality=${speciality}#/day`);
  await page.locator('[data-appointment]').first().waitFor();
  await page.waitForTimeout(1000);
  const paints: number[] = [];
  for (let day = 1; day < days; day += 1) {
    paints.push(await nextDay(page));
    await page.waitForTimeout(200);
  }
  await scrollThrough(page, '[role="grid"]');
  const frames = await scrollThrough(page, '[role="grid"]');
  const plain = await page.context().newPage();
  await plain.setViewportSize(size);
  const plainPaints: number[] = [];
  for (let run = 0; run < 10; run += 1) plainPaints.push(await plainBoxes(plain));
  await scrollThrough(plain, '#boxes');
  const plainFrames = await scrollThrough(plain, '#boxes');
  return { paints, frames, plainPaints, plainFrames };
};

const inClinic = async (folder: string) => {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments() });
  const centre = await clinicCentre();
  // The demonstration clinic has booked nobody then.
  const firstDay = addDays(clinicToday(), 200);
  await fill(centre, firstDay);
  const data = join(folder, 'desk');
  const app = await launchHeadless(browser, {
    data,
    centre: await centre.enrol('Bench'),
    name: 'Bench',
    demo: true,
  });
  try {
    await app.page.setViewportSize(size);
    await signIn(app.page, 'claudine');
    return await measure(app.page, firstDay);
  } finally {
    await app.close();
    await centre.drop();
    await browser.close();
  }
};

/**
 * A day of twenty doctors with sixty visits each in the product as it is built, in a browser: from the data to the frame that shows
 * them, and the frames while it is scrolled.
 */
export const board: Bench = async () => {
  await ensureBuilt(resolve(import.meta.dirname, '..'), () => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'clinichub-bench-board-'));
  const stopCluster = await startCluster();
  try {
    const { paints, frames, plainPaints, plainFrames } = await inClinic(folder);
    const common = { bench: 'board', unit: 'ms', rows: doctors * slots } as const;
    const paint = { value: median(paints), floor: median(plainPaints), runs: paints.length };
    const worst = { value: Math.max(...frames), floor: Math.max(...plainFrames), runs: frames.length };
    const usual = {
      value: percentile(frames, 0.95),
      floor: percentile(plainFrames, 0.95),
      runs: frames.length,
    };
    return [
      { ...atMost({ ...common, metric: 'paint', ...paint }, 100), ratio: paint.value / paint.floor },
      { ...common, metric: 'paint p95', value: percentile(paints, 0.95), runs: paints.length },
      { ...atMost({ ...common, metric: 'frame', ...worst }, 32), ratio: worst.value / worst.floor },
      { ...common, metric: 'frame p95', ...usual, ratio: usual.value / usual.floor },
    ];
  } finally {
    await stopCluster();
    await rm(folder, { recursive: true, force: true });
  }
};
