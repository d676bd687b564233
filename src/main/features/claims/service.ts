import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import { pageOf } from '#main/core/paged.ts';
import type { claimCalls } from '#shared/contract/claims.ts';
import type { Output, Parsed } from '#shared/contract/contract.ts';
import type { OrganizationId } from '#shared/kernel/ids.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { answer } from './answer.ts';
import { candidateView, claimViews, linesOf, lineViews } from './claim-view.ts';
import { importRemittance } from './remittance.ts';
import { candidateRows, claimsPage, findClaim, mostLines, payers } from './repository.ts';
import { cancel, exportClaim, submit } from './submit.ts';

const page = (deps: FeatureDeps, asked: Parsed<'claims.page'>): Output<'claims.page'> => {
  const { rows, next } = pageOf(claimsPage(deps.store, asked), asked.limit, (row) => ({
    at: row.created_at,
    id: row.id,
  }));
  return { claims: claimViews(deps.store, rows), next };
};

const get = (deps: FeatureDeps, { id }: Parsed<'claims.get'>): Result<Output<'claims.get'>> => {
  const row = findClaim(deps.store, id);
  const [claim] = claimViews(deps.store, row === undefined ? [] : [row]);
  if (claim === undefined) return fail('not-found');
  return ok({ claim, lines: lineViews(deps.store, linesOf(deps.store, id)) });
};

/** What is asked of payers: claimed in batches, exported, answered line by line or by a remittance. */
export const claimHandlers = (deps: FeatureDeps): Handlers<keyof typeof claimCalls> => ({
  'claims.payers': () => ok(payers(deps.store).map(({ id, name }) => ({ id: id as OrganizationId, name }))),
  'claims.candidates': ({ payerId }) => {
    const rows = candidateRows(deps.store, payerId);
    return ok({ candidates: rows.slice(0, mostLines).map(candidateView), more: rows.length > mostLines });
  },
  'claims.submit': (input, connection) => submit(deps, input, connection),
  'claims.page': (input) => ok(page(deps, input)),
  'claims.get': (input) => get(deps, input),
  'claims.export': (input) => exportClaim(deps, input),
  'claims.cancel': (input, connection) => cancel(deps, input, connection),
  'claims.answer': (input, connection) => answer(deps, input, connection),
  'claims.import': (input, connection) => importRemittance(deps, input, connection),
});
