import { Button, Loader, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { patientName } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import frame from '#renderer/ui/ListScreen.module.css';
import { PickList, type PickListHandle } from '#renderer/ui/PickList.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PossibleDuplicate } from '#shared/contract/patient-merge.ts';
import classes from './DuplicatesScreen.module.css';
import { LikenessLine } from './LikenessLine.tsx';
import { MergePanel } from './MergePanel.tsx';
import { pairKey, usePossibleDuplicates } from './usePossibleDuplicates.ts';

/** Pairs that two desks, or one on two days, may have registered for one person; each waits for a decision. */
export function DuplicatesScreen() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { answer } = usePossibleDuplicates();
  const toPatients = () => navigate('/patients');
  useKeys(t('duplicates.title'), [{ keys: 'Backspace', label: t('patients.toList'), run: toPatients }]);
  const pairs = answer.data;
  const further = answer.hasNextPage && (
    <Button
      variant="default"
      size="compact-sm"
      loading={answer.isFetchingNextPage}
      onClick={() => void answer.fetchNextPage()}
    >
      {t('duplicates.further')}
    </Button>
  );
  return (
    <div className={frame.screen}>
      <header className={frame.bar}>
        <Tooltip label={<KeyHint keys="Backspace" />}>
          <Button
            variant="subtle"
            leftSection={<IconArrowLeft size={16} stroke={1.6} />}
            onClick={toPatients}
          >
            {t('patients.title')}
          </Button>
        </Tooltip>
        <h1 className={frame.title}>{t('duplicates.title')}</h1>
        {pairs !== undefined && pairs.length > 0 && (
          <span className={frame.count}>{t('duplicates.count', { count: pairs.length })}</span>
        )}
        {pairs !== undefined && pairs.length > 0 && further}
      </header>
      {answer.error && <Failure failure={answer.error} onRetry={() => void answer.refetch()} />}
      {pairs === undefined && !answer.error && (
        <div className={frame.loading} aria-busy="true">
          <Loader size="sm" aria-label={t('duplicates.loading')} />
        </div>
      )}
      {pairs?.length === 0 && (
        <EmptyState
          text={t(answer.hasNextPage ? 'duplicates.emptySoFar' : 'duplicates.empty')}
          action={
            further || (
              <Button variant="default" ref={takeLostFocus} onClick={toPatients}>
                {t('patients.toList')}
              </Button>
            )
          }
        />
      )}
      {pairs !== undefined && pairs.length > 0 && <Pairs pairs={pairs} />}
    </div>
  );
}

/** With the last pair its line and its buttons are gone; the focus goes on to what can be done next. */
const takeLostFocus = (button: HTMLButtonElement | null) => {
  if (document.activeElement === document.body) button?.focus();
};

function Pairs({ pairs }: { pairs: readonly PossibleDuplicate[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<PickListHandle>(null);
  const openRef = useRef<() => void>(undefined);
  // Where the chosen one was: when it is decided, the next one takes its place.
  const place = useRef(0);
  const found = pairs.findIndex((pair) => pairKey(pair) === chosen);
  const at = found >= 0 ? found : Math.min(chosen === null ? 0 : place.current, pairs.length - 1);
  place.current = at;
  const pair = pairs[at];
  if (pair === undefined) return null;
  const onDone = () => {
    const next = pairs[at + 1] ?? pairs[at - 1];
    setChosen(next === undefined ? null : pairKey(next));
    list.current?.focus();
  };
  return (
    <div className={frame.columns}>
      <PickList
        ref={list}
        label={t('duplicates.list')}
        keysTitle={t('duplicates.title')}
        keysLabel={t('duplicates.keys.walk')}
        items={pairs}
        itemKey={pairKey}
        selectedKey={pairKey(pair)}
        onSelect={(next) => setChosen(pairKey(next))}
        onOpen={() => openRef.current?.()}
        render={(one) => <PairLine pair={one} />}
      />
      <MergePanel
        key={pairKey(pair)}
        leftId={pair.left.id}
        rightId={pair.right.id}
        onDone={onDone}
        openRef={openRef}
      />
    </div>
  );
}

function PairLine({ pair }: { pair: PossibleDuplicate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { left, right } = pair;
  return (
    <span className={classes.line}>
      <span className={classes.name}>{patientName(right)}</span>
      <span className={classes.about}>
        {left.mrn} · {right.mrn}
      </span>
      <span className={classes.about}>
        {t('duplicates.registered', { time: format.dateTime(pair.registeredAt) })}
      </span>
      <LikenessLine likeness={pair} />
    </span>
  );
}
