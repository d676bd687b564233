import { Button } from '@mantine/core';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { formatWallTime } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import { isOfChart } from '#shared/domain/chart/tables.ts';
import { isAboutAnswer } from '#shared/domain/conflicts/conflict.ts';
import classes from './ConflictDetail.module.css';
import { EditValues } from './EditValues.tsx';
import { conflictTitle } from './inbox.ts';
import { useSettle } from './useSettle.ts';
import { Versions } from './Versions.tsx';

/** Whose it is and what it is about, under the heading. */
export function ConflictHeading({ conflict }: { conflict: ConflictView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { startLocal } = conflict;
  const about = [
    conflict.mrn,
    startLocal && `${format.day(startLocal, 'weekday')} ${formatWallTime(startLocal)}`,
    conflict.practitionerName,
  ].filter(Boolean);
  return (
    <>
      <h2 className={classes.heading}>{conflictTitle(t, conflict)}</h2>
      {about.length > 0 && <p className={classes.about}>{about.join(' · ')}</p>}
    </>
  );
}

export interface ConflictDetailProps {
  readonly conflict: ConflictView;
  readonly onDone: () => void;
  /** Set to what Enter does in the list. */
  readonly openRef: RefObject<(() => void) | undefined>;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** Two versions and the decision between them. */
export function ConflictDetail({ conflict, onDone, openRef, onLeave }: ConflictDetailProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [editing, setEditing] = useState(false);
  const detail = useRef<HTMLElement>(null);
  const { decide, busy } = useSettle(conflict, onDone);
  const { kind, decidedTwice, patientId } = conflict;
  const isAllowed = mayCall(useCurrentUser(), 'conflicts.settle');
  const mayDecide = conflict.mayDecide && isAllowed;
  const { byValue } = conflict;
  const isAnswer = isAboutAnswer({ tbl: conflict.table });
  const mayEdit =
    mayDecide && byValue && kind === 'field' && conflict.fields.some(({ editable }) => editable);
  // Of two versions one is taken back, and for that it must be here.
  const mayKeep = mayDecide && (byValue || kind !== 'version');
  const openPatient = () => patientId !== null && navigate(`/patients/${patientId}`);
  const { restricted } = conflict;
  const closeEdit = () => {
    setEditing(false);
    onLeave();
  };
  useImperativeHandle(openRef, () => () => detail.current?.querySelector('button')?.focus());
  useKeys(t('conflicts.keys'), [
    {
      keys: '1',
      label: t('conflicts.action.keep'),
      run: () => void decide('kept'),
      enabled: mayKeep && !busy,
    },
    {
      keys: '2',
      label: t('conflicts.action.take'),
      run: () => void decide('attempted'),
      enabled: mayDecide && byValue && !busy,
    },
    { keys: 'e', label: t('conflicts.action.edit'), run: () => setEditing(true), enabled: mayEdit },
    {
      keys: 'p',
      label: t('conflicts.action.patient'),
      run: openPatient,
      enabled: patientId !== null,
    },
  ]);
  const titles = decidedTwice
    ? { kept: t('conflicts.first'), attempted: t('conflicts.second') }
    : { kept: t('conflicts.stands'), attempted: t('conflicts.attempted') };
  const explained = restricted
    ? 'restricted'
    : isAnswer
      ? 'answer'
      : decidedTwice
        ? 'twice'
        : kind === 'version'
          ? 'version'
          : 'field';
  return (
    <section ref={detail} className={classes.detail} aria-label={conflictTitle(t, conflict)}>
      <ConflictHeading conflict={conflict} />
      <p className={classes.explain}>{t(`conflicts.explain.${explained}`)}</p>
      {!restricted && (
        <Versions
          conflict={conflict}
          titles={titles}
          byValue={byValue}
          busy={busy}
          {...(mayKeep ? { onChoose: (side) => void decide(side) } : {})}
        />
      )}
      {mayDecide && !byValue && !isAnswer && <p className={classes.explain}>{t('conflicts.gone')}</p>}
      {!mayDecide && !restricted && (
        <p className={classes.explain}>
          {isAllowed
            ? t(`conflicts.notYours.${kind === 'version' || isOfChart(conflict.table) ? 'doctor' : 'admin'}`)
            : t('common.onlyLook')}
        </p>
      )}
      {editing ? (
        <EditValues
          conflict={conflict}
          busy={busy}
          onSave={(typed) => decide('edited', typed)}
          onClose={closeEdit}
        />
      ) : (
        <div className={classes.actions}>
          {mayEdit && (
            <Button
              variant="default"
              disabled={busy}
              onClick={() => setEditing(true)}
              rightSection={<KeyHint keys="e" quiet />}
            >
              {t('conflicts.edit')}
            </Button>
          )}
          {patientId !== null && (
            <Button variant="subtle" onClick={openPatient} rightSection={<KeyHint keys="p" quiet />}>
              {t('conflicts.openPatient')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
