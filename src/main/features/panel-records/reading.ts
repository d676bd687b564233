import type { Connection, Handlers } from '#main/core/dispatch.ts';
import { approvedPatient } from '#main/core/own-patient.ts';
import { pageOf } from '#main/core/paged.ts';
import { isReleased, type ReadKind, releasedRow, releasedTo, resultRule } from '#main/core/released.ts';
import type { Output } from '#shared/contract/contract.ts';
import type {
  PanelAllergy,
  PanelCondition,
  PanelDocument,
  PanelImmunization,
} from '#shared/contract/panel-records.ts';
import { allergySeverities, allergyState, criticalities } from '#shared/domain/allergies/allergy.ts';
import { categoryOf } from '#shared/domain/documents/kinds.ts';
import { type ReleasedKind, releasedKinds } from '#shared/domain/panel/release.ts';
import { clinicalStatuses, problemSeverities } from '#shared/domain/problems/problem.ts';
import type { DocumentId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Page, RecordsDeps } from './deps.ts';
import {
  type AllergyRow,
  allergiesPage,
  allergyStatements,
  type ConditionRow,
  conditionsPage,
  type DocumentRow,
  documentsPage,
  findAllergy,
  findCondition,
  type ImmunizationRow,
  immunizationsPage,
} from './repository.ts';

const among = <T extends string>(known: readonly T[], code: string | null): T | null =>
  known.find((one) => one === code) ?? null;

const allergyOf = (row: AllergyRow): PanelAllergy => ({
  id: row.id,
  substance: row.substance,
  reaction: row.reaction ?? '',
  severity: among(allergySeverities, row.severity),
  criticality: among(criticalities, row.criticality),
  active: row.clinical_status === 'active',
  confirmed: row.verification_status === 'confirmed',
  onset: row.onset,
});

const conditionOf = (row: ConditionRow): PanelCondition => ({
  id: row.id,
  display: row.display,
  clinicalStatus: among(clinicalStatuses, row.clinical_status) ?? 'active',
  severity: among(problemSeverities, row.severity),
  onset: row.onset,
  abatement: row.abatement,
});

const immunizationOf = (row: ImmunizationRow): PanelImmunization => ({
  id: row.id,
  display: row.display,
  givenAt: row.occurrence_at,
});

const documentsOf = ({ blobs }: RecordsDeps, rows: readonly DocumentRow[]): PanelDocument[] => {
  const places = blobs.places([...new Set(rows.map(({ hash }) => hash))]);
  return rows.map((row) => ({
    id: row.id as DocumentId,
    title: row.title,
    category: categoryOf(row.category),
    contentType: row.content_type,
    size: row.size,
    createdAt: row.created_at,
    here: places.get(row.hash)?.here === true,
  }));
};

/** What statements about allergies say together. Two that contradict each other are the clinic's to put right. */
export const stateOfAllergies = (
  { store }: RecordsDeps,
  patientId: string,
): Output<'panel.allergies'>['state'] => {
  const state = allergyState(
    allergyStatements(store, patientId).map((row) => ({
      codeKind: row.code_kind === 'none-known' ? 'none-known' : null,
      clinicalStatus: row.clinical_status,
      verificationStatus: row.verification_status,
    })),
  );
  return state === 'contradiction' ? 'checking' : state;
};

interface Asked {
  readonly patientId: string;
  readonly before: string | null;
  readonly limit: number;
}

const recorded = (row: AllergyRow | ConditionRow) => ({ at: row.recorded_at, id: row.id });

/** Pages of a chart as the clinic shows them; also what the summary is made of, which asks for itself what is shown. */
export const pagesOf = (deps: RecordsDeps) => {
  const { store, forPatient } = deps;
  const mapped = <R, T>(
    { rows, next }: { readonly rows: readonly R[]; readonly next: string | null },
    view: (row: R) => T,
  ): Page<T> => ({ items: rows.map(view), next });
  return {
    allergies: (asked: Asked) =>
      mapped(pageOf(allergiesPage(store, asked.patientId, asked), asked.limit, recorded), allergyOf),
    conditions: (asked: Asked) =>
      mapped(pageOf(conditionsPage(store, asked.patientId, asked), asked.limit, recorded), conditionOf),
    immunizations: (asked: Asked) =>
      mapped(
        pageOf(immunizationsPage(store, asked.patientId, asked), asked.limit, (row) => ({
          at: row.occurrence_at,
          id: row.id,
        })),
        immunizationOf,
      ),
    documents: (asked: Asked): Page<PanelDocument> => {
      const { rows, next } = pageOf(documentsPage(store, asked.patientId, asked), asked.limit, (row) => ({
        at: row.created_at,
        id: row.id,
      }));
      return { items: documentsOf(deps, rows), next };
    },
    results: (asked: Asked) => forPatient.reports(asked.patientId, resultRule(deps), asked),
    vitals: (asked: Asked) => forPatient.vitals(asked.patientId, asked),
    notes: (asked: Asked) => forPatient.notes(asked.patientId, asked),
    encounters: (asked: Asked) => forPatient.encounters(asked.patientId, asked),
  };
};

type Calls =
  | 'panel.releases'
  | 'panel.allergies'
  | 'panel.allergy'
  | 'panel.conditions'
  | 'panel.condition'
  | 'panel.results'
  | 'panel.result'
  | 'panel.resultHistory'
  | 'panel.vitals'
  | 'panel.notes'
  | 'panel.note'
  | 'panel.encounters'
  | 'panel.encounter'
  | 'panel.immunizations'
  | 'panel.documents';

const withheld = { shown: false, items: [], next: null };

/** Reading one's own chart, as far as the clinic shows it. */
export const readingHandlers = (deps: RecordsDeps): Handlers<Calls> => {
  const pages = pagesOf(deps);
  const shown = <T>(
    kind: ReadKind,
    asked: Asked,
    connection: Connection,
    read: () => Page<T>,
  ): Result<{ shown: boolean; items: T[]; next: string | null }> => {
    const released = releasedTo(deps, connection, asked.patientId, kind);
    if (!released.ok) return released;
    if (!released.value.shown) return ok({ ...withheld, items: [] });
    const { items, next } = read();
    return ok({ shown: true, items: [...items], next });
  };
  const one =
    <T>(kind: ReadKind, find: (patientId: string, id: string) => T | null | undefined) =>
    ({ patientId, id }: { readonly patientId: string; readonly id: string }, connection: Connection) =>
      releasedRow(deps, connection, patientId, kind, () => find(patientId, id));
  const view = <R, T>(row: R | undefined, of: (row: R) => T): T | null =>
    row === undefined ? null : of(row);
  const also = <T, M>(result: Result<T>, more: () => M): Result<T & M> =>
    result.ok ? ok({ ...result.value, ...more() }) : result;
  return {
    'panel.releases': ({ patientId }, connection) => {
      const own = approvedPatient(deps, connection, patientId);
      return own.ok
        ? ok({
            kinds: Object.fromEntries(
              releasedKinds.map((kind) => [kind, isReleased(deps, patientId, kind)]),
            ) as Record<ReleasedKind, boolean>,
          })
        : own;
    },
    'panel.allergies': (asked, connection) => {
      const found = shown('allergies', asked, connection, () => pages.allergies(asked));
      return also(
        found,
        (): Pick<Output<'panel.allergies'>, 'state'> => ({
          state: found.ok && found.value.shown ? stateOfAllergies(deps, asked.patientId) : 'not-asked',
        }),
      );
    },
    'panel.allergy': one('allergies', (patientId, id) =>
      view(findAllergy(deps.store, patientId, id), allergyOf),
    ),
    'panel.conditions': (asked, connection) =>
      shown('conditions', asked, connection, () => pages.conditions(asked)),
    'panel.condition': one('conditions', (patientId, id) =>
      view(findCondition(deps.store, patientId, id), conditionOf),
    ),
    'panel.results': (asked, connection) =>
      also(
        shown('results', asked, connection, () => pages.results(asked)),
        () => ({ afterReading: resultRule(deps) === 'acknowledged' }),
      ),
    'panel.result': one('results', (patientId, id) =>
      deps.forPatient.report(patientId, id, resultRule(deps)),
    ),
    'panel.resultHistory': (asked, connection) =>
      shown('results', asked, connection, () =>
        deps.forPatient.values(asked.patientId, asked.code, resultRule(deps), asked),
      ),
    'panel.vitals': (asked, connection) => shown('vitals', asked, connection, () => pages.vitals(asked)),
    'panel.notes': (asked, connection) => shown('notes', asked, connection, () => pages.notes(asked)),
    'panel.note': one('notes', (patientId, id) => deps.forPatient.note(patientId, id)),
    'panel.encounters': (asked, connection) =>
      shown('encounters', asked, connection, () => pages.encounters(asked)),
    'panel.encounter': one('encounters', (patientId, id) => deps.forPatient.encounter(patientId, id)),
    'panel.immunizations': (asked, connection) =>
      shown('immunizations', asked, connection, () => pages.immunizations(asked)),
    'panel.documents': (asked, connection) =>
      shown('documents', asked, connection, () => pages.documents(asked)),
  };
};
