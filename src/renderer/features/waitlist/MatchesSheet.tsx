import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import type { Input } from '#shared/contract/contract.ts';
import type { WaitlistMatch } from '#shared/contract/waitlist.ts';
import classes from './MatchesSheet.module.css';
import { useBookWaiting, useOffer } from './useEntryCommands.ts';
import { useWaitWords } from './useWaitWords.ts';

export type OpenTime = Input<'waitlist.matches'>;

/** Offers run out without anybody writing. */
const glance = 30_000;

interface MatchesSheetProps {
  readonly time: OpenTime;
  readonly onClose: () => void;
}

/** Who could have a free time, best first, with why and whom to ring; one key books it for one of them. */
export function MatchesSheet({ time, onClose }: MatchesSheetProps) {
  const { t } = useTranslation();
  const words = useWaitWords();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const mayWrite = mayCall(user, 'waitlist.offer');
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const { data, error, refetch } = useCall('waitlist.matches', time, { every: glance });
  const doctor = useCall('practitioners.list', {}).data?.find(({ id }) => id === time.practitionerId);
  const { book, booking } = useBookWaiting();
  const offer = useOffer();
  const matches = data?.matches ?? [];
  const selected = matches.find(({ entry }) => entry.id === selectedId) ?? matches[0];
  const slotOf = ({ startLocal }: WaitlistMatch) => ({
    practitionerId: time.practitionerId,
    locationId: time.locationId,
    startLocal,
  });
  const bookIt = async (match: WaitlistMatch | undefined) => {
    if (match && mayWrite && !booking && (await book(match.entry, slotOf(match)))) onClose();
  };
  const offerIt = async () => {
    if (selected) await offer(selected.entry, slotOf(selected));
  };
  const list = useRef<PickListHandle>(null);
  const firstId = matches[0]?.entry.id ?? null;
  const isThere = firstId !== null;
  // The marked one has the focus as soon as there is one: Enter is about somebody one sees.
  useEffect(() => {
    if (!isThere) return;
    list.current?.focus();
    setSelectedId(firstId);
  }, [isThere]);
  const isChosen = mayWrite && selected !== undefined;
  useSheetKeys(t('waitlist.matches.title'), [
    {
      keys: 'Enter|mod+Enter',
      label: t('waitlist.matches.book'),
      run: () => void bookIt(selected),
      enabled: isChosen,
    },
    { keys: 'o', label: t('waitlist.matches.offer'), run: () => void offerIt(), enabled: isChosen },
    {
      keys: 'p',
      label: t('appointments.details.openPatient'),
      run: () => selected && navigate(`/patients/${selected.entry.patientId}`),
      enabled: selected !== undefined,
    },
  ]);
  return (
    <SideSheet
      title={t('waitlist.matches.title')}
      onClose={onClose}
      footer={
        isChosen && (
          <>
            <Button
              loading={booking}
              onClick={() => void bookIt(selected)}
              rightSection={<KeyHint keys="Enter" quiet />}
            >
              {t('waitlist.action.book')}
            </Button>
            <Button
              variant="default"
              onClick={() => void offerIt()}
              rightSection={<KeyHint keys="o" quiet />}
            >
              {t('waitlist.matches.offerShort')}
            </Button>
          </>
        )
      }
    >
      <p className={classes.time}>
        {[words.time(time.startLocal), t('appointments.book.minutes', { count: time.minutes }), doctor?.name]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {data?.offered.map((entry) => (
        <p key={entry.id} className={classes.offered}>
          {entry.patientName}: {words.state(entry)}
        </p>
      ))}
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && matches.length === 0 && <EmptyState text={t('waitlist.matches.none')} />}
      {matches.length > 0 && (
        <div className={classes.list}>
          <PickList
            ref={list}
            label={t('waitlist.matches.title')}
            keysTitle={t('waitlist.matches.title')}
            keysLabel={t('waitlist.matches.walk')}
            items={matches}
            itemKey={({ entry }) => entry.id}
            selectedKey={selected?.entry.id ?? null}
            onSelect={({ entry }) => setSelectedId(entry.id)}
            onOpen={(match) => void bookIt(match)}
            render={(match) => <MatchLine match={match} time={time} />}
          />
        </div>
      )}
    </SideSheet>
  );
}

function MatchLine({ match, time }: { match: WaitlistMatch; time: OpenTime }) {
  const { t } = useTranslation();
  const words = useWaitWords();
  const { entry, reasons, startLocal } = match;
  const why = [
    ...reasons.map((reason) => t(`waitlist.reason.${reason}`)),
    t('waitlist.reason.fits', { count: entry.minutes }),
    startLocal !== time.startLocal && t('waitlist.reason.from', { time: startLocal.slice(11) }),
  ];
  return (
    <span className={classes.match}>
      <span className={classes.first}>
        <span className={classes.name}>{entry.patientName}</span>
        {entry.priority !== 'routine' && (
          <span className={classes.urgency} data-priority={entry.priority}>
            {t(`visits.priority.${entry.priority}`)}
          </span>
        )}
      </span>
      <span className={classes.facts}>
        {entry.patientPhone ? formatPhone(entry.patientPhone) : t('appointments.details.noPhone')} ·{' '}
        {t('waitlist.matches.since', { day: words.since(entry) })}
      </span>
      <span className={classes.facts}>{why.filter(Boolean).join(', ')}</span>
      {entry.lost && <span className={classes.facts}>{t('waitlist.lost')}</span>}
      {entry.note && <span className={classes.facts}>{entry.note}</span>}
    </span>
  );
}
