import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import classes from '#renderer/ui/RecordLines.module.css';
import type { OpenChart } from '#shared/contract/chart.ts';
import { isNow, ProblemLines } from './ProblemLines.tsx';
import { useProblems } from './useProblems.tsx';

/** What the patient has now. */
export function ProblemsCard({ chart, href }: { chart: OpenChart; href: string }) {
  const { t } = useTranslation();
  const { list, failure, retry, mayAdd, openNew, openOne, sheet } = useProblems(chart);
  const now = list?.filter(isNow) ?? [];
  const past = (list?.length ?? 0) - now.length;
  const add = (
    <Tooltip
      label={
        <>
          {t('problems.add')} <KeyHint keys="d" />
        </>
      }
    >
      <ActionIcon variant="subtle" color="gray" aria-label={t('problems.add')} onClick={openNew}>
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <ChartCard
      title={t('problems.title')}
      {...(now.length > 0 ? { count: now.length } : {})}
      to={{ href, label: t('problems.all') }}
      actions={mayAdd && add}
    >
      {failure && <Failure failure={failure} onRetry={retry} />}
      {list && now.length === 0 && (
        <p className={classes.none}>
          {past > 0 ? t('problems.noneNow', { count: past }) : t('problems.none')}
        </p>
      )}
      <ProblemLines problems={now} onOpen={openOne} />
      {sheet}
    </ChartCard>
  );
}
