import { Redirect, Route, Switch } from 'wouter';
import type { AppointmentId, PractitionerId } from '#shared/kernel/ids.ts';
import { AppointmentScreen } from './AppointmentScreen.tsx';
import { AppointmentsScreen } from './AppointmentsScreen.tsx';
import { ConfirmScreen, MoveConfirmScreen } from './ConfirmScreen.tsx';
import { FindScreen } from './FindScreen.tsx';
import { MoveScreen, TimesScreen } from './TimesScreen.tsx';

const isId = (text: string) => /^[0-9a-f-]{36}$/i.test(text);

/** Everything about appointments, by address. */
export function BookingPlace() {
  return (
    <Switch>
      <Route path="/appointments" component={AppointmentsScreen} />
      <Route path="/appointments/book" component={FindScreen} />
      <Route path="/appointments/confirm" component={ConfirmScreen} />
      <Route path="/appointments/doctor/:id">
        {({ id }) => (isId(id) ? <TimesScreen practitionerId={id as PractitionerId} /> : <ToList />)}
      </Route>
      <Route path="/appointments/:id/move">
        {({ id }) => (isId(id) ? <MoveScreen id={id as AppointmentId} /> : <ToList />)}
      </Route>
      <Route path="/appointments/:id/confirm">
        {({ id }) => (isId(id) ? <MoveConfirmScreen id={id as AppointmentId} /> : <ToList />)}
      </Route>
      <Route path="/appointments/:id">
        {({ id }) => (isId(id) ? <AppointmentScreen id={id as AppointmentId} /> : <ToList />)}
      </Route>
      <Route>
        <ToList />
      </Route>
    </Switch>
  );
}

const ToList = () => <Redirect to="/appointments" replace />;
