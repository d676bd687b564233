import type { Handlers } from '#main/core/dispatch.ts';
import { ok } from '#shared/kernel/result.ts';
import { access, endAccess, makeCode, voidCode } from './access.ts';
import { accounts, setActive, signOut } from './accounts.ts';
import { countRequested } from './repository.ts';
import { alikeCharts, approve, approveAs, type DecidingDeps, refuse, requests } from './requests.ts';

type Calls =
  | 'panelDesk.access'
  | 'panelDesk.makeCode'
  | 'panelDesk.voidCode'
  | 'panelDesk.endAccess'
  | 'panelDesk.requests'
  | 'panelDesk.waiting'
  | 'panelDesk.alike'
  | 'panelDesk.approveAs'
  | 'panelDesk.approve'
  | 'panelDesk.refuse'
  | 'panelAccounts.list'
  | 'panelAccounts.setActive'
  | 'panelAccounts.signOut';

/** Who uses the panel, as the clinic decides it: codes that are printed, requests, and the accounts themselves. */
export const panelDeskHandlers = (deps: DecidingDeps): Handlers<Calls> => ({
  'panelDesk.access': ({ patientId }) => access(deps, patientId),
  'panelDesk.makeCode': ({ patientId }, connection) => makeCode(deps, patientId, connection),
  'panelDesk.voidCode': ({ patientId }, connection) => voidCode(deps, patientId, connection),
  'panelDesk.endAccess': (input, connection) => endAccess(deps, input, connection),
  'panelDesk.requests': () => ok(requests(deps)),
  'panelDesk.waiting': () => ok(countRequested(deps.store)),
  'panelDesk.alike': ({ linkId }) => alikeCharts(deps, linkId),
  'panelDesk.approveAs': (input, connection) => approveAs(deps, input, connection),
  'panelDesk.approve': (input, connection) => approve(deps, input, connection),
  'panelDesk.refuse': (input, connection) => refuse(deps, input, connection),
  'panelAccounts.list': (input) => ok(accounts(deps, input)),
  'panelAccounts.setActive': (input, connection) => setActive(deps, input, connection),
  'panelAccounts.signOut': (input, connection) => signOut(deps, input, connection),
});
