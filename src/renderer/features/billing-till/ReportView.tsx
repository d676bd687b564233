import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import formClasses from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { keepFile } from '#renderer/ui/panel/keep-file.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { SignSheet } from '#renderer/ui/SignSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Input, Output } from '#shared/contract/contract.ts';
import type { TillReport, TillSessionView } from '#shared/contract/till.ts';
import { Drawer, Takings } from './Figures.tsx';
import { SessionCard } from './Session.tsx';
import { SessionSheet } from './SessionSheet.tsx';
import classes from './Till.module.css';

function Totals({ report }: { readonly report: TillReport }) {
  const { t } = useTranslation();
  return report.totals.map(({ currency, figures }) => {
    const title = t('till.total', { currency });
    return (
      <section key={currency} className={classes.card} aria-label={title}>
        <h2 className={classes.name}>{title}</h2>
        <Takings label={t('till.takings')} figures={figures} currency={currency} />
        <Drawer label={title} figures={figures} currency={currency} />
      </section>
    );
  });
}

interface SignReportProps {
  readonly asked: Input<'till.report'>;
  readonly report: TillReport;
  readonly onClose: () => void;
}

function SignReport({ asked, report, onClose }: SignReportProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sign = useCommand('till.sign');
  return (
    <SignSheet
      title={t('till.signTitle', { day: format.day(asked.day) })}
      action={t('till.sign')}
      onSign={(pin) => sign.mutateAsync({ ...asked, pin })}
      onSigned={() => {
        toast(t('till.signed'));
        onClose();
      }}
      onClose={onClose}
    >
      <p className={formClasses.quiet}>{t('till.signHint')}</p>
      <Totals report={report} />
    </SignSheet>
  );
}

type Asked = Input<'till.report'>;

interface ChoiceProps {
  readonly desk: Output<'till.desk'>;
  readonly asked: Asked;
  readonly cashiers: TillReport['cashiers'];
  readonly onAsk: (asked: Asked) => void;
}

function Choice({ desk, asked, cashiers, onAsk }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <>
      <DateField
        ariaLabel={t('till.day')}
        width={150}
        value={asked.day}
        onChange={(day) => day !== '' && onAsk({ ...asked, day, cashierId: null })}
      />
      <NativeSelect
        aria-label={t('till.site')}
        data={desk.sites.map(({ id, name }) => ({ value: id as string, label: name }))}
        value={asked.siteId}
        onChange={(event) => {
          const site = desk.sites.find(({ id }) => id === event.currentTarget.value);
          if (site) onAsk({ ...asked, siteId: site.id, cashierId: null });
        }}
      />
      <NativeSelect
        aria-label={t('till.cashier')}
        data={[
          { value: '', label: t('till.everybody') },
          ...cashiers.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
        value={asked.cashierId ?? ''}
        onChange={(event) =>
          onAsk({
            ...asked,
            cashierId: cashiers.find(({ id }) => id === event.currentTarget.value)?.id ?? null,
          })
        }
      />
    </>
  );
}

function Report({ desk, start }: { readonly desk: Output<'till.desk'>; readonly start: Asked }) {
  const { t } = useTranslation();
  const [asked, ask] = useState(start);
  const { data: report, error, refetch } = useCall('till.report', asked, { keepPrevious: true });
  const reportFile = useCommand('till.reportFile');
  const language = usePreferences((state) => state.language);
  const maySign = mayCall(useCurrentUser(), 'till.sign') && (report?.maySign ?? false);
  const [sheet, setSheet] = useState<'sign' | { readonly id: string } | null>(null);
  const close = () => setSheet(null);
  const sign = () => setSheet('sign');
  const print = () =>
    void reportFile
      .mutateAsync({ ...asked, language })
      .then(keepFile)
      .catch((failure: unknown) => toast(errorText(t, failure), { tone: 'problem' }));
  useKeys(t('till.view.report'), [
    { keys: 's', label: t('till.sign'), run: sign, enabled: maySign && sheet === null },
    { keys: 'p', label: t('till.pdf'), run: print, enabled: sheet === null },
  ]);
  const opened = (report?.sessions ?? []).find(({ id }) => sheet !== 'sign' && id === sheet?.id);
  return (
    <div className={classes.body}>
      <div className={classes.acts}>
        <Choice desk={desk} asked={asked} cashiers={report?.cashiers ?? []} onAsk={ask} />
        <span className={classes.spring} />
        <Button variant="default" rightSection={<KeyHint keys="p" quiet />} onClick={print}>
          {t('till.pdf')}
        </Button>
        {maySign && (
          <Button rightSection={<KeyHint keys="s" quiet />} onClick={sign}>
            {t('till.sign')}
          </Button>
        )}
      </div>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {report && <ReportBody report={report} onOpen={({ id }) => setSheet({ id })} />}
      {report && sheet === 'sign' && <SignReport asked={asked} report={report} onClose={close} />}
      {opened && <SessionSheet key={opened.id} session={opened} onClose={close} />}
    </div>
  );
}

interface ReportBodyProps {
  readonly report: TillReport;
  readonly onOpen: (session: TillSessionView) => void;
}

function ReportBody({ report, onOpen }: ReportBodyProps) {
  const { t } = useTranslation();
  const decides = mayCall(useCurrentUser(), 'till.approve');
  const { sessions, uncounted, unsent } = report;
  if (sessions.length === 0) return <EmptyState text={t('till.noSessions')} />;
  return (
    <>
      {uncounted > 0 && (
        <p className={classes.note} role="note">
          {t('till.uncounted', { count: uncounted })}
        </p>
      )}
      {unsent > 0 && (
        <p className={classes.note} role="note">
          {t('till.unsent', { count: unsent })}
        </p>
      )}
      <div className={classes.sessions}>
        <Totals report={report} />
        {sessions.map((session) => (
          <SessionCard key={session.id} session={session}>
            {decides && session.figures !== null && !session.isSettled && (
              <div className={classes.acts}>
                <Button variant="default" onClick={() => onOpen(session)}>
                  {t('till.approve')}
                </Button>
              </div>
            )}
          </SessionCard>
        ))}
      </div>
    </>
  );
}

/** What the tills of a day at a site came to, of one cashier or all: to be signed and printed. */
export function ReportView() {
  const { t } = useTranslation();
  const { data: desk, error, refetch } = useCall('till.desk', {});
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const siteId = desk?.siteId ?? desk?.sites[0]?.id;
  if (desk === undefined) return null;
  if (siteId === undefined) return <EmptyState text={t('till.noTills')} />;
  return <Report desk={desk} start={{ day: desk.today, siteId, cashierId: null }} />;
}
