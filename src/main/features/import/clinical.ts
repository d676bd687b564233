import { blank } from '#shared/sync/catalogue.ts';
import {
  type Chart,
  codeOf,
  dayIn,
  endOf,
  instantIn,
  plainWords,
  rowIdOf,
  rxNorm,
  snomed,
  sourceIdOf,
  visitOf,
} from './chart-row.ts';
import { type Findings, findingsOf, type Mapped } from './findings.ts';
import { readMedicineName, readSubstance } from './ingredients.ts';
import { idFor, type MappingContext } from './mapping.ts';
import type { Row } from './reader.ts';
import type { ImportedRow } from './work.ts';

/** How the rows of a patient's chart become ours, each with what it brings along. Pure but for what `chart` remembers. */

export type MapChartRow = (row: Row, chart: Chart, context: MappingContext) => Mapped<readonly ImportedRow[]>;

const described = (found: Findings, row: Row): string => {
  const text = found.text(row, 'DESCRIPTION', 200);
  if (text === null) found.error('missing-value', 'DESCRIPTION');
  return text ?? '';
};

export const mapCondition: MapChartRow = (row, chart, context) => {
  const found = findingsOf();
  const visit = visitOf(found, row, chart);
  const code = codeOf(found, row);
  const display = plainWords(described(found, row));
  const onset = dayIn(found, row, 'START', context);
  const abatement = endOf(found, row, onset);
  const id = rowIdOf('condition', row, chart, 'START');
  return found.result(() => [
    {
      kind: 'condition',
      row: {
        ...blank('condition'),
        id,
        patient_id: chart.patientId,
        encounter_id: visit.encounterId,
        code_system: snomed,
        code,
        display,
        clinical_status: abatement === null ? 'active' : 'resolved',
        verification_status: 'confirmed',
        onset,
        abatement,
        source: sourceIdOf(row),
        recorded_at: context.at,
        recorded_by: context.user,
      },
    },
  ]);
};

const allergyCategories: Readonly<Record<string, string>> = {
  food: 'food',
  medication: 'medication',
  drug: 'medication',
  environment: 'environment',
  biologic: 'biologic',
};
const severities: readonly string[] = ['mild', 'moderate', 'severe'];

/** What happened, in words, and the worst of it. */
const reactionsOf = (found: Findings, row: Row) => {
  const words = ['DESCRIPTION1', 'DESCRIPTION2'].flatMap((column) => {
    const text = found.text(row, column, 400);
    return text === null ? [] : [plainWords(text)];
  });
  const worst = Math.max(
    ...['SEVERITY1', 'SEVERITY2'].map((column) => {
      const text = row.get(column).toLowerCase();
      const at = severities.indexOf(text);
      if (text !== '' && at < 0) found.warn('bad-value', column);
      return at;
    }),
  );
  return { reaction: words.length > 0 ? words.join('; ') : null, severity: severities[worst] ?? null };
};

export const mapAllergy: MapChartRow = (row, chart, context) => {
  const found = findingsOf();
  visitOf(found, row, chart);
  codeOf(found, row);
  const substance = plainWords(described(found, row));
  const onset = dayIn(found, row, 'START', context);
  const stop = endOf(found, row, onset);
  const { reaction, severity } = reactionsOf(found, row);
  const type = row.get('TYPE').toLowerCase();
  const category = allergyCategories[row.get('CATEGORY').toLowerCase()] ?? null;
  const id = rowIdOf('allergy_intolerance', row, chart, 'START');
  return found.result(() => [
    {
      kind: 'allergy_intolerance',
      row: {
        ...blank('allergy_intolerance'),
        id,
        patient_id: chart.patientId,
        substance,
        clinical_status: stop === null ? 'active' : 'resolved',
        verification_status: 'confirmed',
        criticality: severity === 'severe' ? 'high' : null,
        type: type === 'allergy' || type === 'intolerance' ? type : null,
        category,
        ...(category === 'medication' ? readSubstance(substance) : { code_kind: 'other' as const }),
        reaction,
        severity,
        onset,
        source: sourceIdOf(row),
        recorded_at: context.at,
        recorded_by: context.user,
      },
    },
  ]);
};

/**
 * A prescription of the other system: not signed here. Its RxNorm code is that of a medicine which the formulary does not offer,
 * made once. The file has no dosage; none is made up.
 */
export const mapMedication: MapChartRow = (row, chart, context) => {
  const found = findingsOf();
  const visit = visitOf(found, row, chart);
  const code = codeOf(found, row);
  const medication = described(found, row);
  const start = instantIn(found, row, 'START', context);
  const startDay = start?.slice(0, 10) ?? null;
  const endDay = endOf(found, row, startDay);
  const indication = found.text(row, 'REASONDESCRIPTION', 200);
  const id = rowIdOf('medication_request', row, chart, 'START');
  const medicineId = idFor('medicine', code);
  return found.result(() => {
    const isNew = !chart.run.medicines.has(code);
    chart.run.medicines.add(code);
    const read = readMedicineName(medication);
    const medicine: ImportedRow = {
      kind: 'medicine',
      row: {
        ...blank('medicine'),
        id: medicineId,
        name: medication,
        ingredients: read.ingredients ?? '[]',
        unit_of_dose: read.unitOfDose,
        code_system: rxNorm,
        code,
        source: 'synthea',
        active: 0,
        created_at: context.at,
        created_by: context.user,
      },
    };
    const request: ImportedRow = {
      kind: 'medication_request',
      row: {
        ...blank('medication_request'),
        id,
        patient_id: chart.patientId,
        encounter_id: visit.encounterId,
        medicine_id: medicineId,
        medication,
        ingredients: read.ingredients,
        dosage: '',
        status: endDay === null ? 'active' : 'completed',
        requester_id: visit.practitionerId,
        start_date: startDay,
        end_date: endDay,
        indication: indication === null ? null : plainWords(indication),
        source: sourceIdOf(row),
        created_at: start ?? context.at,
        created_by: context.user,
      },
    };
    return isNew ? [medicine, request] : [request];
  });
};

const cvx = 'http://hl7.org/fhir/sid/cvx';

export const mapImmunization: MapChartRow = (row, chart, context) => {
  const found = findingsOf();
  const visit = visitOf(found, row, chart);
  const code = codeOf(found, row);
  const display = described(found, row);
  const at = instantIn(found, row, 'DATE', context);
  const id = rowIdOf('immunization', row, chart, 'DATE');
  return found.result(() => [
    {
      kind: 'immunization',
      row: {
        ...blank('immunization'),
        id,
        patient_id: chart.patientId,
        encounter_id: visit.encounterId,
        vaccine_system: cvx,
        vaccine_code: code,
        display,
        status: 'completed',
        occurrence_at: at ?? context.at,
        source: sourceIdOf(row),
        recorded_at: context.at,
        recorded_by: context.user,
      },
    },
  ]);
};
