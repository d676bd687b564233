import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLog } from '#main/core/log.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { blank } from '#shared/sync/catalogue.ts';
import {
  type Clinic,
  clinicRows,
  habimana,
  load,
  now,
  openClinic,
  site,
  uwase,
} from '#tests/support/core-clinic.ts';
import { someAppointment } from '#tests/support/sync-local.ts';
import { type HttpHost, startHttpHost } from './server.ts';

const at = new Date(now).toISOString();
const account = '01900000-0000-7000-8000-00000000ac01';
const token = (letter: string) => letter.repeat(43);
const feed = (letter: string, revoked_at: string | null) => ({
  ...blank('calendar_feed'),
  id: crypto.randomUUID(),
  account_id: account,
  token_hash: createHash('sha256').update(token(letter)).digest('hex'),
  created_at: at,
  revoked_at,
});
const visit = someAppointment({
  patient_id: habimana.id,
  practitioner_id: uwase.id,
  location_id: site.id,
  start_at: new Date(now + 86_400_000).toISOString(),
  end_at: new Date(now + 88_200_000).toISOString(),
  time_zone: 'Africa/Kigali',
});

let clinic: Clinic;
let host: HttpHost;
let pages: string;
const lines: string[] = [];
const log = jsonLog(
  (line) => lines.push(line),
  () => now,
);
const options = () => ({
  core: clinic.core,
  clock: clinic.clock,
  log,
  pages,
  address: '127.0.0.1',
  port: 0,
  tls: null,
});

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'clinichub-pages-'));
  writeFileSync(join(pages, 'index.html'), '');
  clinic = openClinic({ empty: true, log });
  load(clinic.temporary, {
    ...clinicRows(),
    appointment: [visit],
    patient_account: [
      {
        ...blank('patient_account'),
        id: account,
        email: 'jean@example.org',
        password_hash: 'x',
        display_name: 'Jean',
        language: 'en',
        active: 1,
        verified_at: at,
        created_at: at,
      },
    ],
    patient_account_link: [
      {
        ...blank('patient_account_link'),
        id: crypto.randomUUID(),
        account_id: account,
        patient_id: habimana.id,
        relationship: 'self',
        status: 'approved',
        account_name: 'Jean',
        account_email: 'jean@example.org',
        requested_at: at,
      },
    ],
    calendar_feed: [feed('a', null), feed('r', at)],
  });
  host = await startHttpHost(options());
});
afterAll(async () => {
  await host.close();
  await clinic.close();
  rmSync(pages, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(new URL(path, host.url), { headers, method });
const statusesIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((event) => event.getFirstPropertyValue('status'));

describe('a calendar at its secret address', () => {
  it('is read without a session, kept by nobody in between, and leaves no cookie', async () => {
    const answer = await get(`/calendar/${token('a')}.ics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(statusesIn(await answer.text())).toEqual(['CONFIRMED']);
  });

  it('is not sent again while nothing has changed, and is once something has', async () => {
    const path = `/calendar/${token('a')}.ics`;
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get(path, { 'if-none-match': known });
      expect([known, again.status, await again.text()]).toEqual([known, 304, '']);
    }
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    const desk = await clinic.signedIn('reception');
    await clinic.get('appointments.cancel', { id: visit.id as AppointmentId, reason: 'Ill' }, desk);
    const after = await get(path, { 'if-none-match': etag });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(etag);
    expect(statusesIn(await after.text())).toEqual(['CANCELLED']);
  });

  it('answers the same for one that was revoked, one there never was, and what is none', async () => {
    const answers = await Promise.all(
      [
        token('r'),
        token('z'),
        'x',
        token('a').slice(1),
        `${token('a')}a`,
        '%00',
        '..%2f..%2fetc%2fpasswd',
        "'%20OR%201=1--",
      ].map(async (secret) => {
        const answer = await get(`/calendar/${secret}.ics`);
        const { status, headers } = answer;
        return [status, headers.get('content-type'), headers.get('etag'), await answer.text()];
      }),
    );
    for (const answer of answers)
      expect(answer).toEqual([404, 'text/plain; charset=utf-8', null, 'There is no such calendar.\n']);
  });

  it('takes no other way of asking', async () => {
    const path = `/calendar/${token('a')}.ics`;
    const head = await get(path, {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await get(path, {}, method)).status, method).toBeGreaterThanOrEqual(400);
  });

  it('is asked for so often from one address, and no more', async () => {
    const own = await startHttpHost({ ...options(), calendarLimit: { requests: 3, seconds: 60 } });
    const ask = async (letter: string) =>
      (await fetch(new URL(`/calendar/${token(letter)}.ics`, own.url))).status;
    expect([await ask('a'), await ask('z'), await ask('r'), await ask('a'), await ask('z')]).toEqual([
      200, 404, 404, 429, 429,
    ]);
    await own.close();
  });

  it('is not there for the moment while the database is closed to services', async () => {
    const { core } = clinic;
    const closed = {
      ...core,
      programs: async () => {
        throw Object.assign(new Error(token('a')), { code: 'lease-expired' });
      },
    };
    const own = await startHttpHost({ ...options(), core: closed });
    const answer = await fetch(new URL(`/calendar/${token('a')}.ics`, own.url));
    expect([answer.status, await answer.text()]).toEqual([503, 'Not now.\n']);
    await own.close();
  });

  it('leaves nothing of a secret in the log', () => {
    expect(lines.length).toBeGreaterThan(0);
    for (const letter of ['a', 'r', 'z']) expect(lines.join('')).not.toContain(token(letter).slice(0, 12));
  });
});
