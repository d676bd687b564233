import { Button, Loader } from '@mantine/core';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { may, mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { ReasonSheet } from '#renderer/ui/ReasonSheet.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import type { SimilarPatient } from '#shared/contract/patients.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import { Asked } from './Asked.tsx';
import { ChartChoice } from './ChartChoice.tsx';
import { Comparison, type TakenColumns, takenOf } from './Comparison.tsx';
import classes from './Requests.module.css';
import { requestTitle } from './request-words.ts';
import { useDecisions } from './useDecisions.ts';

export interface RequestCardProps {
  readonly request: LinkRequest;
  readonly onDone: () => void;
  /** Set to what Enter does in the list. */
  readonly openRef: RefObject<(() => void) | undefined>;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** What was asked on the left, who it may be on the right, and the decision. */
export function RequestCard(props: RequestCardProps) {
  const { request } = props;
  const { t } = useTranslation();
  const merged = request.patient.mergedInto;
  const alike = useCall('panelDesk.alike', { linkId: request.id }, { enabled: merged === null });
  if (alike.error?.error.code === 'changed-meanwhile' || alike.error?.error.code === 'not-found') return null;
  if (alike.error) return <Failure failure={alike.error} onRetry={() => void alike.refetch()} />;
  if (merged === null && alike.data === undefined)
    return (
      <div className={classes.loading} aria-busy="true">
        <Loader size="sm" aria-label={t('conflicts.loading')} />
      </div>
    );
  return <Deciding {...props} charts={alike.data ?? []} />;
}

function Deciding({
  request,
  charts,
  onDone,
  openRef,
  onLeave,
}: RequestCardProps & { charts: readonly SimilarPatient[] }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const format = useFormat();
  const user = useCurrentUser();
  const card = useRef<HTMLElement>(null);
  const [chosen, choose] = useState<string | null>(null);
  const [taken, setTaken] = useState<TakenColumns>({});
  const [refusing, setRefusing] = useState(false);
  const merged = request.patient.mergedInto;
  const mayMerge = mayCall(user, 'patients.mergePreview') && may(user, 'patient.merge');
  const chart = merged === null ? (charts.find(({ id }) => id === chosen) ?? charts[0]) : undefined;
  const preview = useCall(
    'patients.mergePreview',
    { leftId: chart?.id ?? request.patient.id, rightId: request.patient.id },
    { enabled: chart !== undefined && mayMerge },
  );
  const { same, approve, refuse, busy } = useDecisions(request, onDone);
  const maySame = chart !== undefined && mayMerge && preview.data !== undefined && !busy;
  const isSame = () => {
    if (chart && preview.data) void same(chart, takenOf(preview.data, taken), preview.data);
  };
  const pick = (id: string) => {
    choose(id);
    setTaken({});
  };
  const openPatient = () => navigate(`/patients/${merged?.id ?? request.patient.id}`);
  useImperativeHandle(openRef, () => () => card.current?.querySelector('button')?.focus());
  useKeys(t('panelDesk.request.keys.title'), [
    { keys: 's', label: t('panelDesk.request.keys.same'), run: isSame, enabled: maySame },
    { keys: 'n', label: t('panelDesk.request.keys.new'), run: () => void approve(), enabled: !busy },
    { keys: 'x', label: t('panelDesk.request.keys.refuse'), run: () => setRefusing(true), enabled: !busy },
    { keys: 'p', label: t('panelDesk.request.keys.patient'), run: openPatient },
    ...charts.map(({ id }, index) => ({
      keys: String(index + 1),
      label: t('panelDesk.request.keys.chart'),
      run: () => pick(id),
    })),
  ]);
  const close = () => {
    setRefusing(false);
    onLeave();
  };
  return (
    <section ref={card} className={classes.card} aria-label={requestTitle(t, request)}>
      <h2 className={classes.heading}>
        {requestTitle(t, request)} <CertaintyMark certainty={request.certainty} quiet />
      </h2>
      <p className={classes.about}>{t('panelDesk.since', { when: format.dateTime(request.requestedAt) })}</p>
      <p className={classes.explain}>
        {merged === null
          ? t('panelDesk.request.explain')
          : t('panelDesk.request.merged', { name: fullName(merged), mrn: merged.mrn })}
      </p>
      <div className={classes.sides}>
        <Asked request={request} />
        {merged === null && (
          <section className={classes.side} aria-labelledby="likely-charts">
            <h3 id="likely-charts" className={classes.title}>
              {t('panelDesk.request.likely')}
            </h3>
            {charts.length === 0 && <p className={classes.quiet}>{t('panelDesk.request.noneLikely')}</p>}
            <ChartChoice charts={charts} chosen={chart?.id ?? null} onChoose={pick} />
            {charts.length > 0 && !mayMerge && (
              <p className={classes.quiet}>{t('panelDesk.request.mayNotMerge')}</p>
            )}
          </section>
        )}
      </div>
      {chart && preview.error && <Failure failure={preview.error} onRetry={() => void preview.refetch()} />}
      {chart && preview.data && (
        <Comparison preview={preview.data} taken={taken} onTake={setTaken} mrn={chart.mrn} />
      )}
      <div className={classes.actions}>
        {chart !== undefined && mayMerge && (
          <Button
            disabled={!maySame}
            loading={busy}
            onClick={isSame}
            rightSection={<KeyHint keys="s" quiet />}
          >
            {t('panelDesk.request.theSame')}
          </Button>
        )}
        <Button
          variant={chart === undefined || !mayMerge ? 'filled' : 'default'}
          disabled={busy}
          onClick={() => void approve()}
          rightSection={<KeyHint keys="n" quiet />}
        >
          {merged === null ? t('panelDesk.request.aNew') : t('panelDesk.request.approveMerged')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() => setRefusing(true)}
          rightSection={<KeyHint keys="x" quiet />}
        >
          {t('panelDesk.request.refuse')}
        </Button>
        <Button variant="subtle" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
          {t('conflicts.openPatient')}
        </Button>
      </div>
      {refusing && (
        <ReasonSheet
          title={t('panelDesk.request.refuseTitle', { name: request.accountName })}
          about={t('panelDesk.request.refuseAbout')}
          label={t('panelDesk.request.refuseLabel')}
          usual={[
            t('panelDesk.request.reasons.desk'),
            t('panelDesk.request.reasons.unknown'),
            t('panelDesk.request.reasons.entitled'),
          ]}
          submit={t('panelDesk.request.refuse')}
          onSubmit={refuse}
          onClose={close}
        />
      )}
    </section>
  );
}
