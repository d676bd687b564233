import type { FeatureDeps } from '#main/core/deps.ts';
import type { Connection, Handlers } from '#main/core/dispatch.ts';
import type { RebookingTask } from '#shared/contract/appointments.ts';
import type { TaskId } from '#shared/kernel/ids.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import { around, board, week } from './board.ts';
import { nextFree, rebooking } from './free-slots.ts';
import { ownHold } from './holds.ts';
import { lostSlots } from './lost-slots.ts';
import { appointmentsPage } from './page.ts';
import { phoneList } from './phone-list.ts';
import {
  appointmentsOfDay,
  appointmentsOfPatient,
  findAppointment,
  openRequests,
  openTasks,
} from './repository.ts';
import { appointmentViews } from './view.ts';

/** Nobody has more before them at one site. */
const mostToSee = 300;
const toBeSeen = ['booked', 'arrived', 'checked-in'];

/** Who is still to be seen at a nurse's site, or wherever the workstation stands. */
const nursesDay = ({ store }: FeatureDeps, date: string, { user }: Connection) => {
  const locationId = user?.locationId ?? store.workstation()?.locationId ?? null;
  const rows = appointmentsOfDay(store, { date, ...around(date), locationId });
  const ahead = rows.filter((row) => row.needs_rebooking === 0 && toBeSeen.includes(row.status));
  return { appointments: [...appointmentViews(store, ahead.slice(0, mostToSee))], requests: [] };
};

const myDay = (deps: FeatureDeps, date: string, connection: Connection) => {
  const { store } = deps;
  const { user } = connection;
  if (user?.role === 'nurse') return nursesDay(deps, date, connection);
  const practitionerId = user?.practitionerId ?? null;
  if (practitionerId === null) return { appointments: [], requests: [] };
  const rows = appointmentsOfDay(store, { date, ...around(date), practitionerId });
  // What lost its slot or was declined is with the desk, not with the doctor.
  const appointments = appointmentViews(
    store,
    rows.filter((row) => row.needs_rebooking === 0),
  );
  const requests = appointmentViews(store, openRequests(store, practitionerId));
  return { appointments: [...appointments], requests: [...requests] };
};

const tasks = ({ store }: FeatureDeps): RebookingTask[] => {
  const found = openTasks(store, store.workstation()?.deviceId ?? null);
  const rows = found.map(({ row }) => row);
  const views = new Map(appointmentViews(store, rows).map((view) => [view.id as string, view]));
  const shown = found.flatMap(({ task }) => {
    const appointment = views.get(task.appointment_id);
    return appointment ? [{ ...task, appointment }] : [];
  });
  const lost = lostSlots(store, shown);
  return shown.flatMap((task, index) => {
    const more = lost[index];
    const code = task.code as RebookingTask['code'];
    const { reason, created_at: createdAt, appointment } = task;
    return more ? [{ id: task.id as TaskId, code, reason, createdAt, appointment, ...more }] : [];
  });
};

type Queries =
  | 'appointments.board'
  | 'appointments.week'
  | 'appointments.phoneList'
  | 'appointments.get'
  | 'appointments.page'
  | 'appointments.freeSlots'
  | 'appointments.rebookingSlots'
  | 'appointments.myDay'
  | 'appointments.tasks'
  | 'patients.appointments';

/** What can be asked about appointments. */
export const appointmentQueries = (deps: FeatureDeps): Handlers<Queries> => ({
  'appointments.board': (input, connection) => ok(board(deps, input, ownHold(deps, connection))),
  'appointments.week': (input, connection) => week(deps, input, ownHold(deps, connection)),
  'appointments.phoneList': (input) => ok(phoneList(deps, input)),
  'appointments.get': ({ id }) => {
    const row = findAppointment(deps.store, id);
    const [view] = row ? appointmentViews(deps.store, [row]) : [];
    return view ? ok(view) : fail('not-found');
  },
  'appointments.page': (input) => appointmentsPage(deps, input),
  'appointments.freeSlots': (input, connection) => nextFree(deps, input, ownHold(deps, connection)),
  'appointments.rebookingSlots': (input, connection) => rebooking(deps, input, ownHold(deps, connection)),
  'appointments.myDay': ({ date }, connection) => ok(myDay(deps, date, connection)),
  'appointments.tasks': () => ok(tasks(deps)),
  'patients.appointments': ({ id, before, limit }) =>
    ok({
      appointments: [...appointmentViews(deps.store, appointmentsOfPatient(deps.store, id, before, limit))],
      complete: deps.store.complete('appointment'),
    }),
});
