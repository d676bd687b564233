import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { OpenChart } from '#shared/contract/chart.ts';
import { isNow, ProblemLines } from './ProblemLines.tsx';
import classes from './ProblemsView.module.css';
import { useProblems } from './useProblems.tsx';

/** All problems of a patient: what goes on, and what is past or was refuted. */
export function ProblemsView({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const { list, failure, retry, mayAdd, openNew, openOne, sheet } = useProblems(chart);
  if (failure) return <Failure failure={failure} onRetry={retry} />;
  const now = list?.filter(isNow) ?? [];
  const past = list?.filter((problem) => !isNow(problem)) ?? [];
  const add = mayAdd && (
    <Button onClick={openNew} rightSection={<KeyHint keys="d" quiet />}>
      {t('problems.add')}
    </Button>
  );
  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <h2>{t('problems.title')}</h2>
        {list && list.length > 0 && add}
      </div>
      {list?.length === 0 && <EmptyState text={t('problems.none')} action={add} />}
      {now.length > 0 && (
        <ChartCard title={t('problems.now')} count={now.length}>
          <ProblemLines problems={now} onOpen={openOne} />
        </ChartCard>
      )}
      {past.length > 0 && (
        <ChartCard title={t('problems.past')} count={past.length}>
          <ProblemLines problems={past} onOpen={openOne} />
        </ChartCard>
      )}
      {sheet}
    </div>
  );
}
