import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { Drawer, Takings, Variance } from './Figures.tsx';
import classes from './Till.module.css';

const tones = {
  open: 'green',
  counted: 'grey',
  variance: 'amber',
  closed: 'grey',
  unsettled: 'amber',
} as const;

const standing = ({ state, isSettled }: TillSessionView): keyof typeof tones => {
  if (state === 'closed') return isSettled ? 'closed' : 'unsettled';
  if (state === 'counted') return isSettled ? 'counted' : 'variance';
  return 'open';
};

export function StateBadge({ session }: { readonly session: TillSessionView }) {
  const { t } = useTranslation();
  const is = standing(session);
  return (
    <span className={classes.state} data-tone={tones[is]}>
      {t(`till.is.${is}`)}
    </span>
  );
}

function Moves({ session: { moves, currency } }: { readonly session: TillSessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (moves.length === 0) return null;
  return (
    <>
      <h4 className={classes.subtitle}>{t('till.moves')}</h4>
      <ul className={classes.lines}>
        {moves.map(({ id, kind, amount, reason, byName, at }) => (
          <li key={id}>
            {format.time(at)} {t(`till.move.${kind}`)} {format.money(amount, currency)} · {reason} · {byName}
          </li>
        ))}
      </ul>
    </>
  );
}

function Counts({ session: { counts, currency } }: { readonly session: TillSessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (counts.length === 0) return null;
  return (
    <>
      <h4 className={classes.subtitle}>{t('till.counts')}</h4>
      <ul className={classes.lines}>
        {counts.map(({ turn, amount, byName, said, saidByName, reason }) => {
          const name = saidByName ?? '';
          return (
            <li key={turn}>
              {t('till.countLine', { turn, amount: format.money(amount, currency), name: byName })}
              {said === 'approved' && ` · ${t('till.acceptedBy', { name })}${reason ? `: ${reason}` : ''}`}
              {said === 'rejected' && ` · ${t('till.rejectedBy', { name, reason: reason ?? '' })}`}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Signed({ session: { signed, currency } }: { readonly session: TillSessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (signed === null) return <p className={classes.quiet}>{t('till.notSigned')}</p>;
  const { expected } = signed;
  return (
    <>
      <p className={classes.quiet}>
        {t('till.signedBy', { name: signed.byName, at: format.dateTime(signed.at) })}
      </p>
      {signed.changed && (
        <p className={classes.note} role="note">
          {expected === null
            ? t('till.changedOnly')
            : t('till.changed', { expected: format.money(expected, currency) })}
        </p>
      )}
    </>
  );
}

interface SessionProps {
  readonly session: TillSessionView;
  /** What can be done to it. */
  readonly children?: ReactNode;
}

/** All there is to say of a session; until it is counted nothing that tells what should be in the drawer. */
export function SessionFacts({ session, children }: SessionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { figures, currency, receipts, unsent, closedAt, handedToName } = session;
  return (
    <>
      <p className={classes.quiet}>
        {t('till.openedAt', {
          at: format.dateTime(session.openedAt),
          amount: format.money(session.float, currency),
        })}
        {closedAt !== null && ` · ${t('till.closedAt', { at: format.dateTime(closedAt) })}`}
        {handedToName !== null && ` · ${t('till.handedTo', { name: handedToName })}`}
      </p>
      {session.alsoOpen && (
        <p className={classes.note} role="note">
          {t('till.alsoOpen')}
        </p>
      )}
      <Variance session={session} />
      {children}
      {figures !== null && (
        <>
          <Drawer label={t('till.figure.expected')} figures={figures} currency={currency} />
          <h4 className={classes.subtitle}>{t('till.takings')}</h4>
          <Takings label={t('till.takings')} figures={figures} currency={currency} />
        </>
      )}
      {receipts !== null && <p className={classes.quiet}>{t('till.receipts', receipts)}</p>}
      <Moves session={session} />
      <Counts session={session} />
      {session.state === 'closed' && <Signed session={session} />}
      {unsent > 0 && <p className={classes.quiet}>{t('till.unsent', { count: unsent })}</p>}
    </>
  );
}

/** A session as a card. */
export function SessionCard({ session, children }: SessionProps) {
  return (
    <section className={classes.card} aria-label={`${session.cashierName}, ${session.tillName}`}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          {session.tillName} · {session.cashierName}
        </h3>
        <StateBadge session={session} />
        <CertaintyMark certainty={session.certainty} quiet />
      </div>
      <SessionFacts session={session}>{children}</SessionFacts>
    </section>
  );
}
