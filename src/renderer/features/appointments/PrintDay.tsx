import { ActionIcon } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { KeyTip } from '#renderer/ui/keys/KeyTip.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { printPath } from '#renderer/ui/print-paths.ts';

interface PrintDayProps {
  readonly date: string;
  /** Whose sheet; null: everybody's. */
  readonly practitionerId: string | null;
  /** The group of keys it belongs to. */
  readonly title: string;
  readonly keys: string;
}

/** The way to the sheets of a day on paper. */
export function PrintDay({ date, practitionerId, title, keys }: PrintDayProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const open = () => navigate(printPath.day('day-sheet', date, practitionerId));
  const label = t('printing.ofDay');
  useKeys(title, [{ keys, label, run: open }]);
  return (
    <KeyTip label={label} keys={keys}>
      <ActionIcon variant="default" size={32} aria-label={label} onClick={open}>
        <IconPrinter size={16} stroke={1.6} />
      </ActionIcon>
    </KeyTip>
  );
}
