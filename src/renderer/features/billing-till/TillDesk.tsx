import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { CashSheet } from './CashSheet.tsx';
import { CountSheet } from './CountSheet.tsx';
import { CloseSheet, HandOverSheet } from './EndSheets.tsx';
import { OpenSheet } from './OpenSheet.tsx';
import { SessionCard } from './Session.tsx';
import { SessionSheet } from './SessionSheet.tsx';
import { SessionTable } from './SessionTable.tsx';
import classes from './Till.module.css';

type Act = 'cashIn' | 'cashOut' | 'count' | 'handOver' | 'close';
type Sheet = { readonly kind: 'open' } | { readonly kind: Act | 'session'; readonly id: string };

const acts: Readonly<Record<Act, string>> = {
  count: 'c',
  cashIn: 'i',
  cashOut: 'o',
  handOver: 'h',
  close: 'x',
};

/** What the cashier of a session can do with it now. */
const actsOf = ({ state, isSettled }: TillSessionView): readonly Act[] => {
  if (state === 'open') return ['count', 'cashIn', 'cashOut'];
  return state === 'counted' && isSettled ? ['close', 'handOver'] : [];
};

interface OwnProps {
  readonly session: TillSessionView;
  /** Whether keys are for this one. */
  readonly isFirst: boolean;
  readonly isFree: boolean;
  readonly onAct: (act: Act) => void;
}

function Own({ session, isFirst, isFree, onAct }: OwnProps) {
  const { t } = useTranslation();
  const may = actsOf(session);
  useKeys(
    t('till.mine'),
    may.map((act) => ({
      keys: acts[act],
      label: t(`till.${act}`),
      run: () => onAct(act),
      enabled: isFirst && isFree,
    })),
  );
  return (
    <SessionCard session={session}>
      {session.state === 'counted' && !session.isSettled && (
        <p className={classes.note} role="note">
          {t('till.waits')}
        </p>
      )}
      {may.length > 0 && (
        <div className={classes.acts}>
          {may.map((act, index) => (
            <Button
              key={act}
              variant={index === 0 ? 'filled' : 'default'}
              rightSection={isFirst ? <KeyHint keys={acts[act]} quiet /> : undefined}
              onClick={() => onAct(act)}
            >
              {t(`till.${act}`)}
            </Button>
          ))}
        </div>
      )}
    </SessionCard>
  );
}

interface SheetsProps {
  readonly desk: Output<'till.desk'>;
  readonly sheet: Sheet;
  readonly onClose: () => void;
}

function Sheets({ desk, sheet, onClose }: SheetsProps) {
  if (sheet.kind === 'open')
    return desk.currency === null ? null : (
      <OpenSheet desk={desk} currency={desk.currency} onClose={onClose} />
    );
  const session = desk.open.find(({ id }) => id === sheet.id);
  if (session === undefined) return null;
  const shared = { session, onClose };
  switch (sheet.kind) {
    case 'cashIn':
      return <CashSheet key="in" kind="cash-in" {...shared} />;
    case 'cashOut':
      return <CashSheet key="out" kind="cash-out" {...shared} />;
    case 'count':
      return <CountSheet {...shared} />;
    case 'handOver':
      return <HandOverSheet cashiers={desk.cashiers} {...shared} />;
    case 'close':
      return <CloseSheet {...shared} />;
    case 'session':
      return <SessionSheet key={session.id} {...shared} />;
  }
}

/** One's own till, and whose else are open. */
export function TillDesk() {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const { data: desk, error, refetch } = useCall('till.desk', {});
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const close = () => setSheet(null);
  const mine = (desk?.open ?? []).filter(({ cashierId }) => cashierId === user?.id);
  const others = (desk?.open ?? []).filter(({ cashierId }) => cashierId !== user?.id);
  const hasTill = desk?.tills.some(({ active }) => active) ?? false;
  const mayOpen =
    mayCall(user, 'till.open') &&
    hasTill &&
    desk?.currency !== null &&
    desk !== undefined &&
    mine.length === 0;
  const open = () => setSheet({ kind: 'open' });
  useKeys(t('till.view.desk'), [
    { keys: 'n', label: t('till.open'), run: open, enabled: mayOpen && sheet === null },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  if (desk === undefined) return null;
  const none = () => {
    if (desk.currency === null) return t('till.noCurrency');
    if (hasTill) return t('till.noneOpen');
    return t(mayCall(user, 'till.save') ? 'till.noTillsAdmin' : 'till.noTills');
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <section className={classes.body} tabIndex={0} aria-label={t('till.view.desk')}>
      <h2 className={classes.subtitle}>{t('till.mine')}</h2>
      {mine.length === 0 && (
        <EmptyState
          text={none()}
          action={
            mayOpen && (
              <Button rightSection={<KeyHint keys="n" quiet />} onClick={open}>
                {t('till.open')}
              </Button>
            )
          }
        />
      )}
      {mine.map((session, index) => (
        <Own
          key={session.id}
          session={session}
          isFirst={index === 0}
          isFree={sheet === null}
          onAct={(kind) => setSheet({ kind, id: session.id })}
        />
      ))}
      <h2 className={classes.subtitle}>{t('till.others')}</h2>
      {others.length === 0 ? (
        <p className={classes.quiet}>{t('till.noOthers')}</p>
      ) : (
        <div className={classes.list}>
          <SessionTable
            label={t('till.others')}
            sessions={others}
            empty={t('till.noOthers')}
            onOpen={({ id }) => setSheet({ kind: 'session', id })}
          />
        </div>
      )}
      {sheet && <Sheets desk={desk} sheet={sheet} onClose={close} />}
    </section>
  );
}
