import { useTranslation } from 'react-i18next';
import type { BannerAllergy } from '#shared/contract/chart.ts';

const severities = ['mild', 'moderate', 'severe'] as const;
const criticalities = ['low', 'high', 'unable-to-assess'] as const;

const among = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((one) => one === value);

/** What is known of an allergy beside its substance: the reaction, and how grave it is. */
export function useAllergyText(): (allergy: BannerAllergy) => string {
  const { t } = useTranslation();
  return ({ severity, criticality, reaction }) => {
    const grave = among(severities, severity);
    const risk = grave === undefined ? among(criticalities, criticality) : undefined;
    const words = [
      reaction,
      grave && t(`chart.severity.${grave}`),
      risk && t(`chart.criticality.${risk}`),
    ].filter(Boolean);
    return words.length === 0 ? '' : `(${words.join(', ')})`;
  };
}
