import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { papersOf } from '#shared/domain/printing/paper.ts';
import type { PrintSetup } from './usePrintSetup.ts';

const ask = '';

/** Paper, copies and printer of a document, as far as there is something to choose. */
export function PrintChoices({ setup }: { setup: PrintSetup }) {
  const { t } = useTranslation();
  const { document, printers, settings, change } = setup;
  const papers = papersOf[document];
  return (
    <>
      {papers.length > 1 && (
        <Select
          size="xs"
          w={190}
          aria-label={t('printing.paper.label')}
          allowDeselect={false}
          data={papers.map((paper) => ({ value: paper, label: t(`printing.paper.${paper}`) }))}
          value={settings.paper}
          onChange={(paper) => paper && change({ paper })}
        />
      )}
      {printers && (
        <>
          <NumberInput
            size="xs"
            w={72}
            aria-label={t('printing.copies')}
            min={1}
            max={99}
            clampBehavior="strict"
            allowDecimal={false}
            value={settings.copies}
            onChange={(copies) => typeof copies === 'number' && copies >= 1 && change({ copies })}
          />
          <Select
            size="xs"
            w={200}
            aria-label={t('printing.printer')}
            allowDeselect={false}
            data={[
              { value: ask, label: t('printing.ask') },
              ...printers.map(({ name, displayName }) => ({ value: name, label: displayName })),
            ]}
            value={settings.printer ?? ask}
            onChange={(printer) => change({ printer: printer || null })}
          />
        </>
      )}
    </>
  );
}
