import { blank, type RowOf } from '#shared/sync/catalogue.ts';
import { type Chart, instantIn, loinc, momentIdOf, rowIdOf, sourceIdOf, visitOf } from './chart-row.ts';
import type { MapChartRow } from './clinical.ts';
import { type Findings, findingsOf } from './findings.ts';
import { idFor, type MappingContext } from './mapping.ts';
import type { Row } from './reader.ts';
import type { ImportedRow } from './work.ts';

const bloodPressure = { whole: '85354-9', parts: ['8480-6', '8462-4'] };
const loincCode = /^\d{1,7}-\d$/;
const decimal = /^-?(0|[1-9]\d{0,17})(\.\d{1,17})?$/;
const noUnit = ['', 'null', 'n/a'];

/** Scores that Synthea computes of its own simulation have no LOINC code and are no finding about a patient: they are left out. */
const observedCode = (found: Findings, row: Row): string => {
  const code = row.get('CODE');
  if (!loincCode.test(code)) found.error(code === '' ? 'missing-value' : 'not-coded', 'CODE');
  return code;
};

const measured = (found: Findings, row: Row): Pick<RowOf<'observation'>, 'value' | 'value_text' | 'unit'> => {
  const text = found.text(row, 'VALUE', 1000);
  const unit = found.text(row, 'UNITS', 50) ?? '';
  if (text === null) found.error('missing-value', 'VALUE');
  const isNumber = text !== null && decimal.test(text);
  return {
    value: isNumber ? text : null,
    value_text: isNumber ? null : text,
    unit: isNumber && !noUnit.includes(unit) ? unit : null,
  };
};

interface Moment {
  readonly row: Row;
  readonly chart: Chart;
  readonly context: MappingContext;
  readonly at: string;
  readonly encounterId: string | null;
  readonly practitionerId: string | null;
}

const observed = ({ row, chart, context, at, encounterId }: Moment): RowOf<'observation'> => ({
  ...blank('observation'),
  id: '',
  code: '',
  patient_id: chart.patientId,
  status: 'final',
  effective_at: at,
  encounter_id: encounterId,
  category: row.get('CATEGORY').toLowerCase().slice(0, 64) || null,
  source: sourceIdOf(row),
  recorded_at: context.at,
  recorded_by: context.user,
});

const once = (chart: Chart, id: string, make: () => ImportedRow): readonly ImportedRow[] => {
  if (chart.made.has(id)) return [];
  chart.made.add(id);
  return [make()];
};

/** The blood pressure that systolic and diastolic are parts of. */
const wholePressure = (moment: Moment, id: string) =>
  once(moment.chart, id, () => ({
    kind: 'observation',
    row: { ...observed(moment), id, code: bloodPressure.whole },
    derived: true,
  }));

/** The report of what the laboratory found of one encounter at one moment. */
const reportOf = (moment: Moment, id: string) =>
  once(moment.chart, id, () => ({
    kind: 'diagnostic_report',
    row: {
      ...blank('diagnostic_report'),
      id,
      patient_id: moment.chart.patientId,
      encounter_id: moment.encounterId,
      display: 'Laboratory',
      status: 'final',
      requester_id: moment.practitionerId,
      effective_at: moment.at,
      source: sourceIdOf(moment.row),
      recorded_at: moment.context.at,
      recorded_by: moment.context.user,
    },
  }));

/** The name of a code, kept once: an observation has none of its own. */
const conceptOf = (found: Findings, row: Row, chart: Chart, code: string): readonly ImportedRow[] => {
  const display = found.text(row, 'DESCRIPTION', 1000);
  if (display === null || chart.run.concepts.has(code)) return [];
  return [
    {
      kind: 'concept',
      row: {
        id: idFor('concept', `${loinc}|${code}`),
        code_system: loinc,
        code,
        display,
        edition: 'synthea',
        // It names values; problems are not coded by it.
        active: 0,
      },
    },
  ];
};

export const mapObservation: MapChartRow = (row, chart, context) => {
  const found = findingsOf();
  const visit = visitOf(found, row, chart);
  const code = observedCode(found, row);
  const at = instantIn(found, row, 'DATE', context) ?? '';
  const value = measured(found, row);
  const id = rowIdOf('observation', row, chart, 'DATE');
  const concept = conceptOf(found, row, chart, code);
  const moment = { row, chart, context, at, ...visit };
  return found.result(() => {
    chart.run.concepts.add(code);
    const isPart = bloodPressure.parts.includes(code);
    const isLaboratory = row.get('CATEGORY').toLowerCase() === 'laboratory';
    const pressureId = isPart ? momentIdOf('observation', row, bloodPressure.whole) : null;
    const reportId = isLaboratory ? momentIdOf('diagnostic_report', row, '') : null;
    return [
      ...concept,
      ...(pressureId === null ? [] : wholePressure(moment, pressureId)),
      ...(reportId === null ? [] : reportOf(moment, reportId)),
      {
        kind: 'observation',
        row: {
          ...observed(moment),
          id,
          code,
          ...value,
          component_of: pressureId,
          report_id: reportId,
        },
      },
    ];
  });
};
