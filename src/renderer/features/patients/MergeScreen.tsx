import { Button, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import classes from '#renderer/ui/ListScreen.module.css';
import type { PatientId } from '#shared/kernel/ids.ts';
import { MergePanel } from './MergePanel.tsx';

/** Two records somebody chose to compare. */
export function MergeScreen({ leftId, rightId }: { leftId: PatientId; rightId: PatientId }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const back = () => navigate(`/patients/${leftId}`);
  useKeys(t('duplicates.compare'), [{ keys: 'Backspace', label: t('common.back'), run: back }]);
  return (
    <div className={classes.screen}>
      <header className={classes.bar}>
        <Tooltip label={<KeyHint keys="Backspace" />}>
          <Button variant="subtle" leftSection={<IconArrowLeft size={16} stroke={1.6} />} onClick={back}>
            {t('common.back')}
          </Button>
        </Tooltip>
        <h1 className={classes.title}>{t('duplicates.compare')}</h1>
      </header>
      <MergePanel
        leftId={leftId}
        rightId={rightId}
        onDone={(goesOn) => navigate(`/patients/${goesOn ?? leftId}`, { replace: true })}
      />
    </div>
  );
}
