import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { ChartCard } from '#renderer/ui/ChartCard.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { OpenChart } from '#shared/contract/chart.ts';
import type { ReportView, ServiceRequestView } from '#shared/contract/orders.ts';
import { CancelRequestSheet } from './CancelRequestSheet.tsx';
import { EnterSheet } from './EnterSheet.tsx';
import { FlagMark } from './FlagMark.tsx';
import { RequestSheet } from './RequestSheet.tsx';
import classes from './Results.module.css';

const latest = 3;

export type ChartSheet =
  | { readonly kind: 'request' }
  | { readonly kind: 'enter'; readonly request?: ServiceRequestView }
  | { readonly kind: 'cancel'; readonly request: ServiceRequestView }
  | null;

/** The latest results of a chart and the tests that wait for one. */
export function ResultsCard({ chart }: { chart: OpenChart }) {
  const { t } = useTranslation();
  const patientId = chart.patient.id;
  const reports = useCall('results.ofPatient', { patientId, before: null, limit: latest });
  const open = useCall('orders.open', { patientId });
  const [sheet, setSheet] = useState<ChartSheet>(null);
  const failure = reports.error ?? open.error;
  const requests = open.data?.requests ?? [];
  return (
    <ChartCard
      title={t('orders.card.title')}
      to={{ href: `/patients/${patientId}/chart/results`, label: t('orders.card.all') }}
      actions={<ChartActions onSheet={setSheet} />}
    >
      {failure && <Failure failure={failure} onRetry={() => void reports.refetch()} />}
      <OpenRequests requests={requests} onSheet={setSheet} />
      {reports.data?.reports.length === 0 && requests.length === 0 && (
        <p className={classes.quiet}>{t('orders.card.empty')}</p>
      )}
      <ul className={classes.list} aria-label={t('orders.card.latest')}>
        {reports.data?.reports.map((report) => (
          <LatestReport key={report.id} report={report} />
        ))}
      </ul>
      <ChartSheets chart={chart} sheet={sheet} onClose={() => setSheet(null)} />
    </ChartCard>
  );
}

/** What is done about results in a chart, with its keys; as icons where there is little room. */
export function ChartActions({ onSheet, inWords = false }: ChartActionsProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const may = mayCall(user, 'orders.request');
  const mayEnter = mayCall(user, 'results.enter');
  const request = () => onSheet({ kind: 'request' });
  const enter = () => onSheet({ kind: 'enter' });
  useKeys(t('orders.card.title'), [
    { keys: 'o', label: t('orders.request.title'), run: request, enabled: may },
    { keys: 'e', label: t('orders.enter.title'), run: enter, enabled: mayEnter },
  ]);
  const Show = inWords ? WordAction : IconAction;
  return (
    <>
      {may && <Show label={t('orders.request.title')} keys="o" icon={IconPlus} onClick={request} />}
      {mayEnter && <Show label={t('orders.enter.title')} keys="e" icon={IconFlask} onClick={enter} />}
    </>
  );
}

interface ChartActionsProps {
  readonly onSheet: (sheet: ChartSheet) => void;
  readonly inWords?: boolean;
}

interface ActionProps {
  readonly label: string;
  readonly keys: string;
  readonly icon: typeof IconPlus;
  readonly onClick: () => void;
}

function WordAction({ label, keys, icon: Icon, onClick }: ActionProps) {
  return (
    <Button
      size="sm"
      variant="default"
      leftSection={<Icon size={16} stroke={1.6} />}
      rightSection={<KeyHint keys={keys} quiet />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function IconAction({ label, keys, icon: Icon, onClick }: ActionProps) {
  return (
    <Tooltip
      label={
        <>
          {label} <KeyHint keys={keys} />
        </>
      }
    >
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

interface ChartSheetsProps {
  readonly chart: OpenChart;
  readonly sheet: ChartSheet;
  readonly onClose: () => void;
}

/** The sheet that is open, if any. */
export function ChartSheets({ chart, sheet, onClose }: ChartSheetsProps) {
  if (sheet === null) return null;
  const { id, family, given } = chart.patient;
  if (sheet.kind === 'request') return <RequestSheet patientId={id} onClose={onClose} />;
  if (sheet.kind === 'cancel') return <CancelRequestSheet request={sheet.request} onClose={onClose} />;
  return (
    <EnterSheet
      patientId={id}
      patientName={`${family} ${given}`}
      {...(sheet.request ? { request: sheet.request } : {})}
      onClose={onClose}
    />
  );
}

interface OpenRequestsProps {
  readonly requests: readonly ServiceRequestView[];
  readonly onSheet: (sheet: ChartSheet) => void;
}

/** Tests of a chart that wait for a result. */
export function OpenRequests({ requests, onSheet }: OpenRequestsProps) {
  const { t } = useTranslation();
  if (requests.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('orders.requests.title')}>
      {requests.map((request) => (
        <OpenRequest key={request.id} request={request} onSheet={onSheet} />
      ))}
    </ul>
  );
}

function OpenRequest({
  request,
  onSheet,
}: {
  request: ServiceRequestView;
  onSheet: (sheet: ChartSheet) => void;
}) {
  const { t } = useTranslation();
  const words = useResultWords();
  const format = useFormat();
  const test = words.test(request);
  const user = useCurrentUser();
  return (
    <li className={classes.item}>
      <span className={classes.grow}>
        {test} <CertaintyMark certainty={request.certainty} quiet />{' '}
        <span className={classes.quiet}>
          {t('orders.card.requested', { at: format.dateTime(request.authoredAt) })}
        </span>
      </span>
      {mayCall(user, 'results.enter') && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${t('orders.action.enter')}: ${test}`}
          onClick={() => onSheet({ kind: 'enter', request })}
        >
          {t('orders.action.enter')}
        </Button>
      )}
      {mayCall(user, 'orders.cancel') && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`${t('orders.action.cancel')}: ${test}`}
          onClick={() => onSheet({ kind: 'cancel', request })}
        >
          {t('common.cancel')}
        </Button>
      )}
    </li>
  );
}

/** The values of a report in one line: those that are not normal first. */
function LatestReport({ report }: { report: ReportView }) {
  const words = useResultWords();
  const format = useFormat();
  const odd = report.values.filter(({ interpretation }) => interpretation !== null && interpretation !== 'N');
  const shown = (odd.length > 0 ? odd : report.values).slice(0, 4);
  return (
    <li className={classes.item}>
      <span className={classes.grow}>
        {words.test(report)} <CertaintyMark certainty={report.certainty} quiet />{' '}
        <span className={classes.quiet}>
          {[
            format.dateTime(report.effectiveAt),
            ...shown.map((value) =>
              // A test of one value has its name.
              report.values.length === 1
                ? words.value(value)
                : `${words.analyte(value)} ${words.value(value)}`,
            ),
          ].join(' · ')}
        </span>
      </span>
      <FlagMark flag={report.flag} />
    </li>
  );
}
