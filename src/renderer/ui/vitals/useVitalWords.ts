import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { VitalReading } from '#shared/contract/vitals.ts';
import {
  keptUnit,
  type MeasureName,
  measureNames,
  pregnancyStatuses,
  type Unit,
  units,
} from '#shared/domain/vitals/measures.ts';
import { isUnitOf, shownValue } from '#shared/domain/vitals/units.ts';

export type ChosenUnits = Readonly<Partial<Record<string, Unit>>>;

/** The measure of a reading that is a number. */
export const measureIn = (name: string): MeasureName | null =>
  measureNames.find((measure) => measure === name) ?? null;

/** How readings are said: in the units this account has chosen. */
export function useVitalWords(chosen: ChosenUnits = {}) {
  const { t } = useTranslation();
  const format = useFormat();
  const unitText = (unit: string): string => {
    const known = units.find((one) => one === unit);
    return known === undefined ? unit : t(`vitals.unit.${known}`);
  };
  const unitOf = (name: MeasureName): Unit => {
    const unit = chosen[name];
    return unit !== undefined && isUnitOf(name, unit) ? unit : keptUnit(name);
  };
  // Whole numbers are what the window's own format writes; here digits after the point count.
  const number = (text: string): string =>
    new Intl.NumberFormat(format.locale, { maximumFractionDigits: 6 }).format(Number(text));
  /** A kept value without its unit. */
  const bare = (name: MeasureName, value: string, unit: string | null): string =>
    unit === keptUnit(name) ? number(shownValue(name, value, unitOf(name))) : number(value);
  const withUnit = (text: string, unit: string): string =>
    unit === '%' || unit === '{score}' ? `${text}${unitText(unit)}` : `${text} ${unitText(unit)}`;
  const value = (name: string, kept: string | null, unit: string | null, text: string | null): string => {
    const measure = measureIn(name);
    if (measure !== null && kept !== null)
      return withUnit(bare(measure, kept, unit), unit === keptUnit(measure) ? unitOf(measure) : (unit ?? ''));
    const status = pregnancyStatuses.find((one) => one === text);
    if (name === 'pregnancy' && status !== undefined) return t(`vitals.pregnancy.${status}`);
    if (name === 'deliveryDate' && text !== null && /^\d{4}-\d{2}-\d{2}/.test(text))
      return format.day(text.slice(0, 10));
    return text ?? kept ?? '';
  };
  const range = (name: MeasureName, low: string | null, high: string | null): string | null => {
    const at = (limit: string) => bare(name, limit, keptUnit(name));
    if (low !== null && high !== null) return t('vitals.range.both', { low: at(low), high: at(high) });
    if (low !== null) return t('vitals.range.low', { low: at(low) });
    return high === null ? null : t('vitals.range.high', { high: at(high) });
  };
  return {
    unitText,
    unitOf,
    number,
    bare,
    withUnit,
    range,
    reading: (reading: VitalReading) => value(reading.name, reading.value, reading.unit, reading.text),
    said: value,
  };
}
