import type { PageAsked } from '#main/core/paged.ts';
import type { PanelDeps } from '#main/core/released.ts';
import type { Blobs } from '#main/data/local/blobs.ts';
import type { ResultValue } from '#shared/contract/orders.ts';
import type { PanelEncounter, PanelNote, PanelReport, PanelVitals } from '#shared/contract/panel-records.ts';
import type { ResultRule } from '#shared/domain/panel/release.ts';

/** A page of what is shown, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What is prescribed, as far as a summary says it. */
export interface TakenMedicine {
  readonly medication: string;
  readonly strength: string | null;
  readonly directions: string;
  readonly checking: boolean;
}

/** What the features of a chart show of it to its patient. Whether the clinic releases it is asked here, not there. */
export interface ForPatient {
  reports(patientId: string, rule: ResultRule, asked: PageAsked): Page<PanelReport>;
  values(
    patientId: string,
    code: string,
    rule: ResultRule,
    asked: PageAsked,
  ): Page<ResultValue & { readonly effectiveAt: string }>;
  vitals(patientId: string, asked: PageAsked): Page<PanelVitals>;
  notes(patientId: string, asked: PageAsked): Page<PanelNote>;
  encounters(patientId: string, asked: PageAsked): Page<PanelEncounter>;
  /** One of them by its id; null where it is not among what is shown of this person. */
  report(patientId: string, id: string, rule: ResultRule): PanelReport | null;
  /** By the id of any version or addendum. */
  note(patientId: string, id: string): PanelNote | null;
  encounter(patientId: string, id: string): PanelEncounter | null;
  /** What goes on, in the words of a language. */
  medicines(patientId: string, language: 'en' | 'fr'): readonly TakenMedicine[];
  /** Names of medicines by a version of their prescription; one that is not the patient's to see is left out. */
  medications(patientId: string, versions: readonly string[]): ReadonlyMap<string, string>;
}

export interface RecordsDeps extends PanelDeps {
  readonly blobs: Blobs;
  readonly forPatient: ForPatient;
}
