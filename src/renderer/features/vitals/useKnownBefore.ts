import { useCall } from '#renderer/client/calls.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ChartPatient } from '#shared/contract/chart.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import type { ReadingName } from '#shared/domain/vitals/measures.ts';
import type { KnownBefore } from '#shared/domain/vitals/plausible.ts';

interface About {
  /** When the value was taken, null for now. */
  readonly until: string | null;
  /** The value that is corrected: it is not compared with itself. */
  readonly itself?: string;
}

/** What a value that is being typed is compared with, as the service does again. */
export function useKnownBefore(patient: ChartPatient, { until, itself }: About) {
  const format = useFormat();
  const latest =
    useCall('vitals.latest', { patientId: patient.id, until }, { keepPrevious: true }).data ?? [];
  const last = (name: ReadingName): VitalReading | null => {
    const found = latest.find((reading) => reading.name === name);
    if (found === undefined) return null;
    return found.id === itself ? found.previous : found;
  };
  const known = (name: 'weight' | 'height', unit: string): KnownBefore['weight'] => {
    const reading = last(name);
    if (reading === null || reading.value === null || reading.unit !== unit) return null;
    return { value: reading.value, day: dayAt(Date.parse(reading.effectiveAt), format.timeZone) };
  };
  const before: KnownBefore = {
    person: { birthDate: patient.birthDate, gender: patient.gender },
    day: until === null ? format.today() : dayAt(Date.parse(until), format.timeZone),
    weight: known('weight', 'kg'),
    height: known('height', 'cm'),
  };
  return { before, last };
}
