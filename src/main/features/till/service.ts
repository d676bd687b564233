import type { Handlers } from '#main/core/dispatch.ts';
import type { tillCalls } from '#shared/contract/till.ts';
import { ok } from '#shared/kernel/result.ts';
import { handOver, say, type TillDeps } from './confirmed.ts';
import { reportFile } from './paper.ts';
import { history, report, sign } from './report.ts';
import { cash, close, count, open } from './session.ts';
import { desk, saveTill } from './tills.ts';

/** Cash in drawers: opened with a float, counted blind, handed over, closed, reported. */
export const tillHandlers = (deps: TillDeps): Handlers<keyof typeof tillCalls> => ({
  'till.desk': () => ok(desk(deps)),
  'till.save': (input, connection) => saveTill(deps, input, connection),
  'till.open': (input, connection) => open(deps, input, connection),
  'till.cash': (input, connection) => cash(deps, input, connection),
  'till.count': (input, connection) => count(deps, input, connection),
  'till.approve': (input, connection) => say(deps, { kind: 'approved', ...input }, connection),
  'till.reject': (input, connection) => say(deps, { kind: 'rejected', ...input }, connection),
  'till.handOver': (input, connection) => handOver(deps, input, connection),
  'till.close': (input, connection) => close(deps, input, connection),
  'till.report': (input, connection) => report(deps, input, connection),
  'till.sign': (input, connection) => sign(deps, input, connection),
  'till.reportFile': (input, connection) => reportFile(deps, input, connection),
  'till.history': (input) => history(deps, input),
});
