import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/argon2';
import { addDays } from '#shared/kernel/calendar.ts';
import { instant, systemClock } from '#shared/kernel/clock.ts';
import { atMost, type Bench, type Measure, percentile } from './measure.ts';
import type { ApiTask, ApiWord } from './support/api-worker.ts';
import { startCentre } from './support/centre.ts';
import { type ApiClinic, fillApi, firstHour, quarters } from './support/fill-api.ts';
import { cipher } from './support/local.ts';

/** As many as ever ask at once. */
const crowd = 200;
const few = 10;
/** How long each part lasts. */
const seconds = { floor: 4, lists: 7, bookings: 9, few: 2 };
const password = 'correct horse battery';
const onAPage = 50;
/** Patients nobody asks about twice within a run. */
const people = 20_000;

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Load {
  /** Requests a second. */
  readonly rate: number;
  readonly times: readonly number[];
  readonly errors: number;
}

const send = (base: string, agent: Agent, asked: Asked): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { method, path, headers = {}, body } = asked;
    const going = request(new URL(path, base), { method, agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      );
    });
    going.on('error', reject);
    going.end(body);
  });

/** `clients` that each send one request after the other for so long. What is under way then is waited for. */
const load = async (
  base: string,
  clients: number,
  forSeconds: number,
  next: () => Asked,
  status: number,
): Promise<Load> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  let errors = 0;
  const begin = performance.now();
  const end = begin + forSeconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const answer = await send(base, agent, next()).catch(() => null);
      times.push(performance.now() - start);
      if (answer?.status !== status) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const took = (performance.now() - begin) / 1000;
  agent.destroy();
  return { rate: times.length / took, times, errors };
};

/** The workstation runs in a process of its own: what asks must not wait for what answers. */
const startHost = async (task: ApiTask) => {
  const program = fileURLToPath(new URL('./support/api-worker.ts', import.meta.url));
  // Its log is not among the figures.
  const child = fork(program, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [word] = (await once(child, 'message')) as [ApiWord];
  return {
    ...word,
    stop: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
  };
};

const tokenOf = async (base: string): Promise<string> => {
  const agent = new Agent();
  const body = JSON.stringify({ grant: 'password', username: 'reception', password });
  const headers = { 'content-type': 'application/json' };
  const answer = await send(base, agent, { method: 'POST', path: '/api/v1/auth/token', headers, body });
  if (answer.status !== 200) throw new Error(`nobody can sign in: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as { readonly accessToken: string }).accessToken;
};

/** Quarter hours of all doctors from tomorrow on, none twice. */
const bookingsOf = ({ site, doctors, patients }: ApiClinic, headers: Readonly<Record<string, string>>) => {
  const tomorrow = addDays(instant(systemClock.now()).slice(0, 10), 1);
  let n = 0;
  return (): Asked => {
    const quarter = Math.floor(n / doctors.length);
    const minute = (quarter % quarters) * 15;
    const time = `${String(firstHour + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const body = {
      patientId: patients[n % patients.length],
      practitionerId: doctors[n % doctors.length],
      locationId: site,
      startLocal: `${addDays(tomorrow, Math.floor(quarter / quarters))}T${time}`,
      minutes: 15,
    };
    n += 1;
    return {
      method: 'POST',
      path: '/api/v1/appointments',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `bench-${n}` },
      body: JSON.stringify(body),
    };
  };
};

/** Days with appointments, and patients from anywhere in the register, in turn. */
const listsOf = ({ patients, doctors }: ApiClinic, headers: Readonly<Record<string, string>>) => {
  const tomorrow = addDays(instant(systemClock.now()).slice(0, 10), 1);
  const days = `from=${tomorrow}&until=${addDays(tomorrow, 30)}&limit=${onAPage}`;
  let n = 0;
  return (): Asked => {
    n += 1;
    const paths = [
      `/api/v1/appointments?${days}`,
      `/api/v1/appointments?${days}&practitionerId=${doctors[n % doctors.length]}`,
      `/api/v1/appointments?${days}&patientId=${patients[n % patients.length]}`,
      `/api/v1/patients?limit=${onAPage}`,
    ];
    return { method: 'GET', path: paths[n % paths.length] ?? '', headers };
  };
};

const judged = (metric: string, ours: Load, floor: Load): Measure[] => {
  const common = { bench: 'api', cipher, runs: ours.times.length } as const;
  const [p99, bare] = [percentile(ours.times, 0.99), percentile(floor.times, 0.99)];
  return [
    {
      ...common,
      metric,
      value: ours.rate,
      unit: 'requests/s',
      floor: floor.rate,
      ratio: ours.rate / floor.rate,
    },
    {
      ...common,
      metric: metric === 'bookings' ? 'p99' : `p99-${metric}`,
      value: p99,
      unit: 'ms',
      floor: bare,
      ratio: p99 / bare,
    },
  ];
};

/**
 * Bookings and lists of the documented API with 200 clients at once, through a workstation with its centre, against a route of the
 * same framework that answers one query. Before that with few clients, so that errors of either are seen.
 */
export const api: Bench = async ({ rows }) => {
  const centre = await startCentre();
  try {
    const hashed = await hash(password, { memoryCost: 8, timeCost: 1 });
    const clinic = await fillApi(centre, { patients: rows ?? people, password: hashed });
    const host = await startHost({ url: await centre.enrol('API') });
    try {
      const headers = { authorization: `Bearer ${await tokenOf(host.host)}` };
      const booking = bookingsOf(clinic, headers);
      const listing = listsOf(clinic, headers);
      const row = (): Asked => ({ method: 'GET', path: '/rows' });
      const floor = await load(host.bare, crowd, seconds.floor, row, 200);
      const firstBookings = await load(host.host, few, seconds.few, booking, 201);
      const firstLists = await load(host.host, few, seconds.few, listing, 200);
      // Lists first: what was booked is still being synchronised for a while.
      const lists = await load(host.host, crowd, seconds.lists, listing, 200);
      const bookings = await load(host.host, crowd, seconds.bookings, booking, 201);
      const errors = [floor, firstBookings, firstLists, bookings, lists].reduce(
        (sum, part) => sum + part.errors,
        0,
      );
      return [
        ...judged('bookings', bookings, floor),
        ...judged('lists', lists, floor),
        atMost({ bench: 'api', metric: 'errors', value: errors, unit: 'requests', rows: rows ?? people }, 0),
      ];
    } finally {
      await host.stop();
    }
  } finally {
    await centre.stop();
  }
};
