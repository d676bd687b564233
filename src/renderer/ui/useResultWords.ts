import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ResultValue } from '#shared/contract/orders.ts';
import { type AnalyteKey, analyteOf, type TestKey } from '#shared/domain/orders/catalogue.ts';
import { unitWords } from '#shared/domain/orders/unit-words.ts';

const signs = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' } as const;
const answers = ['negative', 'positive', 'invalid'] as const;

/** Tests, values and ranges in the words of this window. */
export function useResultWords() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const comma = (1.1).toLocaleString(locale).charAt(1);
  /** As it was written, every digit of it. */
  const number = (text: string) => text.replace('.', comma);
  const answer = (text: string) => {
    const known = answers.find((one) => one === text);
    return known === undefined ? text : t(`orders.answer.${known}`);
  };
  return {
    number,
    answer,
    test: ({ test, display }: { readonly test: TestKey | null; readonly display: string }) =>
      test === null ? display : t(`orders.test.${test}`),
    analyte: ({ analyte, name }: { readonly analyte: string | null; readonly name: string }) =>
      analyte !== null && analyteOf(analyte) !== undefined
        ? t(`orders.analyte.${analyte as AnalyteKey}`)
        : name,
    value: ({ value, valueText, comparator, unit }: ResultValue) =>
      value === null
        ? answer(valueText ?? '')
        : [comparator === null ? '' : `${signs[comparator]} `, number(value), ' ', unitWords(unit)]
            .join('')
            .trim(),
    range: ({ low, high, unit }: Pick<ResultValue, 'low' | 'high' | 'unit'>) => {
      const bounds =
        low !== null && high !== null
          ? `${number(low)}–${number(high)}`
          : low !== null
            ? `≥ ${number(low)}`
            : high !== null
              ? `≤ ${number(high)}`
              : '';
      return bounds && `${bounds} ${unitWords(unit)}`.trim();
    },
  };
}
