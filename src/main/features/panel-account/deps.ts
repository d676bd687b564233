import type { Connection } from '#main/core/dispatch.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import type { SessionLimits } from '#main/session/limits.ts';
import type { Sessions } from '#main/session/session.ts';
import type { Throttle } from '#main/session/throttle.ts';
import type { Parsed } from '#shared/contract/contract.ts';
import type { PatientView } from '#shared/contract/patients.ts';
import type { PatientDetails } from '#shared/domain/patients/patient.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { CodeDeps } from './codes.ts';

/** What patients' accounts are built on. */
export interface AccountDeps extends CodeDeps {
  readonly sessions: Pick<Sessions, 'begin' | 'outlive' | 'ofAccount' | 'endOne'>;
  readonly throttle: Throttle;
  readonly limits: SessionLimits;
  /** Whether patients' accounts are for this host: browsers ask it, and it holds the whole clinic. */
  readonly panelHere: () => boolean;
  /** Of the feature of patients: a record of whom an account says it looks after; `besides` is written with it. */
  readonly registerPatient: (
    details: PatientDetails,
    accountId: string,
    besides: (writer: LocalWriter, id: string) => void,
  ) => Result<PatientView>;
  /** Of the feature of patients: makes a record that an account wrote part of the chart of the same person, where that can be. */
  readonly joinRecords: (writer: LocalWriter, chartId: string, recordId: string, accountId: string) => void;
  /** Of the feature of patients: as at the desk. */
  readonly updatePatient: (input: Parsed<'patients.update'>, connection: Connection) => Result<PatientView>;
}
