import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { DatasetView } from '#shared/contract/safety.ts';
import { DatasetImportForm } from './DatasetImportForm.tsx';
import classes from './SafetyScreen.module.css';

const kinds = [
  'ingredient',
  'class',
  'product',
  'cross-reactivity',
  'interaction',
  'dose',
  'pregnancy',
  'renal',
] as const;

/** The data set in use with what it is, the others, and the import of another. */
export function DatasetsView() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('safety.datasets', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const [current, ...others] = data ?? [];
  return (
    <div className={classes.page}>
      {current && <Current dataset={current} />}
      <section className={classes.section}>
        <h2 className={classes.subtitle}>{t('safety.others')}</h2>
        {data && others.length === 0 ? (
          <p className={classes.quiet}>{t('safety.noOthers')}</p>
        ) : (
          <ul className={classes.others}>
            {others.map((dataset) => (
              <Other key={dataset.id ?? 'bundled'} dataset={dataset} />
            ))}
          </ul>
        )}
      </section>
      <DatasetImportForm />
    </div>
  );
}

function useOrigin(): (dataset: DatasetView) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ bundled, importedAt, importedBy, releasedOn }) => {
    const released = t('safety.released', { day: format.day(releasedOn) });
    if (bundled || importedAt === null) return `${released}, ${t('safety.bundled')}`;
    const at = format.dateTime(importedAt);
    const imported =
      importedBy === null ? t('safety.importedAt', { at }) : t('safety.importedBy', { at, name: importedBy });
    return `${released}, ${imported}`;
  };
}

function Current({ dataset }: { dataset: DatasetView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const origin = useOrigin();
  return (
    <section className={classes.current} aria-label={t('safety.inUse')}>
      <div className={classes.head}>
        <h2 className={classes.name}>{dataset.name}</h2>
        <span>{t('safety.version', { version: dataset.version })}</span>
        <span className={classes.used}>
          <IconCircleCheck size={16} stroke={1.8} aria-hidden />
          {t('safety.inUse')}
        </span>
      </div>
      <p className={classes.quiet}>{origin(dataset)}</p>
      <p className={classes.quiet}>
        {t('safety.publisher')}: {dataset.publisher}
      </p>
      {!dataset.whole && (
        <p className={classes.wrong} role="alert">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          {t('safety.notWhole')}
        </p>
      )}
      <dl className={classes.facts}>
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`safety.facts.${kind}`)}</dt>
            <dd>{format.number(dataset.facts[kind] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.notice} role="note">
        <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
        <div>
          <p>{t('safety.incomplete')}</p>
          <p>
            {t('safety.compared', {
              checked: format.number(dataset.checked),
              total: format.number(Object.values(dataset.facts).reduce((sum, count) => sum + count, 0)),
            })}
          </p>
          {dataset.note && <p lang="en">{dataset.note}</p>}
        </div>
      </div>
    </section>
  );
}

function Other({ dataset }: { dataset: DatasetView }) {
  const { t } = useTranslation();
  const origin = useOrigin();
  const use = useCommand('safety.useDataset');
  const start = () =>
    use.mutate(
      { id: dataset.id },
      {
        onSuccess: () => toast(t('safety.used', { name: dataset.name })),
        onError: (failure) => toast(errorText(t, failure)),
      },
    );
  return (
    <li className={classes.other}>
      <div className={classes.what}>
        <span className={classes.strong}>
          {dataset.name} {dataset.version}
        </span>
        <span className={classes.quiet}>{origin(dataset)}</span>
      </div>
      <span className={dataset.whole ? classes.quiet : classes.late}>
        {t(`safety.status.${dataset.whole ? dataset.status : 'importing'}`)}
      </span>
      <Button
        variant="default"
        size="xs"
        loading={use.isPending}
        disabled={!dataset.whole}
        aria-label={`${t('safety.use')}: ${dataset.name} ${dataset.version}`}
        onClick={start}
      >
        {t('safety.use')}
      </Button>
    </li>
  );
}
