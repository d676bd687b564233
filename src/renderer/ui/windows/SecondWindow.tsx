import { ActionIcon } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyTip } from '#renderer/ui/keys/KeyTip.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFurtherWindow } from './useFurtherWindow.ts';

const keys = 'shift+o';

interface SecondWindowProps {
  /** The screen as it is shown here. */
  readonly address: string;
  /** The group of keys it belongs to. */
  readonly title: string;
}

/** The way to the same screen in a second window, for another monitor. */
export function SecondWindow({ address, title }: SecondWindowProps) {
  const { t } = useTranslation();
  const { open, link } = useFurtherWindow();
  const label = t('app.window.open');
  useKeys(title, [{ keys, label, run: () => open(address) }]);
  return (
    <KeyTip label={label} keys={keys}>
      <ActionIcon variant="default" size={32} aria-label={label} {...link(address)}>
        <IconExternalLink size={16} stroke={1.6} />
      </ActionIcon>
    </KeyTip>
  );
}
