import { Button, Loader, SegmentedControl } from '@mantine/core';
import { IconDownload, IconFileTypePdf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { download } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { keepFile } from '#renderer/ui/panel/keep-file.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { BillingReportView } from '#shared/contract/billing-reports.ts';
import { type BillingReport, billingReportNames, billingReports } from '#shared/domain/billing/reports.ts';
import type { Language } from '#shared/i18n/languages.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import { type Days, presets } from './presets.ts';
import classes from './Reports.module.css';
import { ReportTable } from './ReportTable.tsx';
import { useReportCsv } from './useReportCsv.ts';

/** What was taken, issued and is owed: at the site chosen above, or at all. */
export function ReportsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const locationId = usePreferences((state) => state.siteId) as LocationId | null;
  const [report, setReport] = useState<BillingReport>('takings');
  const [days, setDays] = useState<Days>(() => presets.week(format.today()));
  const asked = { report, ...days, locationId };
  // Nothing tells of each payment; whoever comes here sees what there is now.
  const { data, error, refetch } = useCall('billing.report', asked, { afresh: true });
  return (
    <section className={classes.screen} aria-label={t('billingReports.title')}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('billingReports.choose')}
          value={report}
          onChange={(next) => setReport(next as BillingReport)}
          data={billingReportNames.map((value) => ({ value, label: t(`billingReports.report.${value}`) }))}
        />
        <Exports asked={asked} data={data} />
      </div>
      {billingReports[report].period && <Period days={days} onChange={setDays} />}
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <div className={classes.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('billingReports.loading')} />
        </div>
      )}
      {data && <Shown report={report} data={data} />}
    </section>
  );
}

/** Which days: some that are asked for often, or any. The other end follows one that goes past it. */
function Period({ days, onChange }: { readonly days: Days; readonly onChange: (days: Days) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const begin = (from: string) => onChange({ from, until: from > days.until ? from : days.until });
  const end = (until: string) => onChange({ from: until < days.from ? until : days.from, until });
  return (
    <div className={classes.period}>
      <DateField
        label={t('billingReports.from')}
        value={days.from}
        onChange={(day) => day !== null && begin(day)}
      />
      <DateField
        label={t('billingReports.until')}
        value={days.until}
        onChange={(day) => day !== null && end(day)}
      />
      <div className={classes.presets}>
        {(['today', 'week', 'month', 'before'] as const).map((name) => (
          <Button
            key={name}
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange(presets[name](format.today()))}
          >
            {t(`billingReports.preset.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

interface ExportsProps {
  readonly asked: Days & { readonly report: BillingReport; readonly locationId: LocationId | null };
  readonly data: BillingReportView | undefined;
}

function Exports({ asked, data }: ExportsProps) {
  const { t, i18n } = useTranslation();
  const user = useCurrentUser();
  const csv = useReportCsv();
  const file = useCommand('billing.reportFile');
  if (user === null || !mayCall(user, 'billing.reportFile')) return null;
  const saved = (name: string) => toast(t('billingReports.saved', { file: name }));
  const saveCsv = () => {
    if (data === undefined) return;
    const { name, text } = csv(asked.report, data);
    download(name, text, 'text/csv;charset=utf-8');
    saved(name);
  };
  const savePdf = () =>
    file.mutate(
      { ...asked, language: i18n.language as Language },
      {
        onSuccess: (made) => {
          keepFile(made);
          saved(made.name);
        },
        onError: (failure) => toast(errorText(t, failure), { tone: 'problem' }),
      },
    );
  return (
    <div className={classes.acts}>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
        disabled={data === undefined}
        onClick={saveCsv}
      >
        {t('billingReports.csv')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={16} stroke={1.6} aria-hidden />}
        loading={file.isPending}
        onClick={savePdf}
      >
        {t('billingReports.pdf')}
      </Button>
    </div>
  );
}

function Shown({ report, data }: { readonly report: BillingReport; readonly data: BillingReportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const currencies = [...new Set(data.rows.map(({ currency }) => currency))].toSorted();
  return (
    <div className={classes.body}>
      <p className={classes.quiet}>{t('billingReports.asOf', { time: format.time(data.asOf) })}</p>
      {!data.wholeClinic && <p className={classes.note}>{t('billingReports.someSites')}</p>}
      {data.unconfirmed > 0 && (
        <p className={classes.note} role="status">
          {t('billingReports.unconfirmed', { count: data.unconfirmed })}
        </p>
      )}
      {data.rows.length === 0 && <p className={classes.none}>{t(`billingReports.none.${report}`)}</p>}
      {currencies.map((currency) => (
        <ReportTable key={currency} report={report} data={data} currency={currency} />
      ))}
      {data.more > 0 && <p className={classes.quiet}>{t('billingReports.more', { count: data.more })}</p>}
    </div>
  );
}
