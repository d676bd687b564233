import { Button, Progress, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import type { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ImportReport } from '#shared/contract/import.ts';
import { Counts, Problems } from './ImportReportTables.tsx';
import classes from './ImportScreen.module.css';

const isRunning = (report: ImportReport) => report.phase === 'checking' || report.phase === 'importing';

/** Check a folder, see what would happen, import it, read the report. */
export function ImportScreen() {
  const { t } = useTranslation();
  // Events tell the progress; asking now and then covers an event that was lost.
  const status = useCall('import.status', {}, { every: 5000 });
  return (
    <div className={classes.screen}>
      <div className={classes.top}>
        <h1 className={classes.title}>{t('import.title')}</h1>
        <p className={classes.quiet}>{t('import.intro')}</p>
      </div>
      {status.error && <Failure failure={status.error} onRetry={() => void status.refetch()} />}
      {status.data && (
        <>
          <Start report={status.data} />
          <State report={status.data} />
          {status.data.phase !== 'idle' && (
            <>
              <Counts report={status.data} />
              <Problems report={status.data} />
            </>
          )}
        </>
      )}
    </div>
  );
}

function Start({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState(report.folder ?? '');
  const check = useCommand('import.check');
  const run = useCommand('import.run');
  const cancel = useCommand('import.cancel');
  const running = isRunning(report);
  const checked = report.phase === 'checked' && report.folder === folder.trim();
  const failure = check.error ?? run.error ?? cancel.error;
  const start = (command: typeof check | typeof run) => {
    check.reset();
    run.reset();
    command.mutate({ folder: folder.trim() });
  };
  return (
    <form
      className={classes.start}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!running) start(checked ? run : check);
      }}
    >
      <TextInput
        className={classes.folder ?? ''}
        label={t('import.folder')}
        description={checked ? t('import.runHint') : t('import.folderHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={folder}
        onChange={(event) => setFolder(event.currentTarget.value)}
        error={failure && startFailure(t, failure)}
        disabled={running}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={classes.buttons}>
        <Button
          variant={checked ? 'default' : 'filled'}
          loading={check.isPending}
          disabled={running || folder.trim() === ''}
          onClick={() => start(check)}
        >
          {t('import.check')}
        </Button>
        <Button loading={run.isPending} disabled={running || !checked} onClick={() => start(run)}>
          {t('import.run')}
        </Button>
        {running && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({})}>
            {t('import.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function startFailure(t: Parameters<typeof errorText>[0], failure: AppErrorException): string {
  if (failure.error.code === 'not-found') return t('import.noFolder');
  const [problem] = Object.values(failure.error.fields ?? {});
  return problem === undefined ? errorText(t, failure) : fieldText(t, problem);
}

function State({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const running = isRunning(report);
  const share = report.total > 0 ? Math.min(100, (report.done / report.total) * 100) : 0;
  return (
    <div className={classes.state} data-phase={report.phase}>
      <div className={classes.phase}>
        <span role="status">{t(`import.phase.${report.phase}`)}</span>
        {running && (
          <span className={classes.quiet}>
            {t('import.progress', { done: format.number(report.done), total: format.number(report.total) })}
          </span>
        )}
        {report.message && <span className={classes.quiet}>{report.message}</span>}
      </div>
      {running && (
        <Progress value={share} aria-label={t(`import.phase.${report.phase}`)} transitionDuration={100} />
      )}
    </div>
  );
}
