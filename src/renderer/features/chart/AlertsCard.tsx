import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { FlagView, OpenChart } from '#shared/contract/chart.ts';
import { dayAt } from '#shared/domain/appointments/wall-time.ts';
import { restricted } from '#shared/domain/chart/flag.ts';
import { AddAlertSheet, EndFlagSheet, RestrictSheet } from './AlertSheets.tsx';
import classes from './AlertsCard.module.css';

type Sheet = 'add' | 'restrict' | FlagView | null;

/** The alerts of a chart and its restriction, with who set each; a doctor adds and ends them. */
export function AlertsCard({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const [sheet, setSheet] = useState<Sheet>(null);
  const { id } = chart.patient;
  const may = mayCall(user, 'chart.addAlert');
  const mayEnd = mayCall(user, 'chart.endFlag');
  const isRestricted = chart.flags.some(({ category }) => category === restricted);
  const close = () => setSheet(null);
  useKeys(t('chart.alerts.title'), [
    { keys: 'shift+a', label: t('chart.alerts.add'), run: () => setSheet('add'), enabled: may },
    { keys: 'alt+a', label: t('chart.alerts.add'), run: () => setSheet('add'), enabled: may, inFields: true },
    {
      keys: 'shift+r',
      label: t('chart.alerts.restrict'),
      run: () => setSheet('restrict'),
      enabled: may && !isRestricted,
    },
  ]);
  const actions = may && (
    <>
      {!isRestricted && (
        <Tooltip
          label={
            <>
              {t('chart.alerts.restrict')} <KeyHint keys="shift+r" />
            </>
          }
        >
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('chart.alerts.restrict')}
            onClick={() => setSheet('restrict')}
          >
            <IconLock size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip
        label={
          <>
            {t('chart.alerts.add')} <KeyHint keys="shift+a" />
          </>
        }
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('chart.alerts.add')}
          onClick={() => setSheet('add')}
        >
          <IconPlus size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
  return (
    <ChartCard title={t('chart.alerts.title')} actions={actions}>
      {chart.flags.length === 0 && <p className={classes.none}>{t('chart.alerts.none')}</p>}
      <ul className={classes.list}>
        {chart.flags.map((flag) => (
          <FlagLine key={flag.id} flag={flag} onEnd={mayEnd ? () => setSheet(flag) : null} />
        ))}
      </ul>
      {sheet === 'add' && <AddAlertSheet id={id} onClose={close} />}
      {sheet === 'restrict' && <RestrictSheet id={id} onClose={close} />}
      {sheet !== null && typeof sheet === 'object' && (
        <EndFlagSheet key={sheet.id} flag={sheet} onClose={close} />
      )}
    </ChartCard>
  );
}

function FlagLine({ flag, onEnd }: { flag: FlagView; onEnd: (() => void) | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = flag.category === restricted ? IconLock : IconAlertTriangle;
  const facts = [
    t('chart.alerts.since', { day: format.day(dayAt(Date.parse(flag.createdAt), format.timeZone)) }),
    flag.endDate && t('chart.alerts.untilDay', { day: format.day(flag.endDate) }),
    flag.createdBy && t('chart.alerts.by', { name: flag.createdBy }),
  ].filter(Boolean);
  return (
    <li className={classes.line}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={classes.what}>
        <span>
          {t(`chart.category.${flag.category}`)}: <strong>{flag.text}</strong>{' '}
          <CertaintyMark certainty={flag.certainty} quiet />
        </span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </span>
      {onEnd && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={onEnd}
          aria-label={`${t('chart.alerts.end')}: ${flag.text}`}
        >
          {t('chart.alerts.end')}
        </Button>
      )}
    </li>
  );
}
