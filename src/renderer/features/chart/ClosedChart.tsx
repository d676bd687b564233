import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import classes from './ClosedChart.module.css';

/** In place of a restricted chart: why it is closed, and the one way in. */
export function ClosedChart({ id }: { id: PatientId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayOpen = mayCall(useCurrentUser(), 'chart.breakGlass');
  const breakGlass = useCommand('chart.breakGlass');
  const [busy, setBusy] = useState(false);
  const form = 'break-glass-form';
  return (
    <section className={classes.page} aria-labelledby="closed-chart">
      <div className={classes.card}>
        <h2 id="closed-chart" className={classes.title}>
          <IconLock size={20} stroke={1.6} aria-hidden /> {t('chart.glass.title')}
        </h2>
        <p className={classes.text}>{t(mayOpen ? 'chart.glass.text' : 'errors.not-permitted')}</p>
        {mayOpen && (
          <ReasonForm
            id={form}
            label={t('chart.glass.reason')}
            usual={[
              t('chart.glass.usual.emergency'),
              t('chart.glass.usual.cover'),
              t('chart.glass.usual.asked'),
            ]}
            focused
            onBusy={setBusy}
            onSubmit={async (reason) => {
              const { until } = await breakGlass.mutateAsync({ id, reason });
              toast(t('chart.glass.done', { time: format.time(until) }), { tone: 'attention' });
            }}
          />
        )}
        {mayOpen && (
          <Button
            type="submit"
            form={form}
            color="red.9"
            loading={busy}
            rightSection={<KeyHint keys="Enter" quiet />}
          >
            {t('chart.glass.submit')}
          </Button>
        )}
      </div>
    </section>
  );
}
