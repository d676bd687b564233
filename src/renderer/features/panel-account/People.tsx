import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OwnLink } from '#shared/contract/panel-people.ts';
import classes from './Account.module.css';
import { Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

const askedAgain = 30_000;

/** Gives up a person, or takes back what was asked for and is not decided yet. */
function Leave({ link }: { link: OwnLink }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const leave = useAsk('panel.leave');
  const withdraw = useAsk('panel.withdrawLink');
  const isAsked = link.status === 'requested';
  const ask = isAsked ? withdraw : leave;
  const go = async () => {
    if (isAsked) await withdraw.send({ linkId: link.id });
    else await leave.send({ patientId: link.patientId });
    await queries.invalidateQueries({ queryKey: ['panel.links'] });
    await queries.invalidateQueries({ queryKey: ['panel.me'] });
  };
  if (!sure)
    return (
      <Button variant="default" onClick={() => setSure(true)}>
        {t(isAsked ? 'panelAccount.withdraw' : 'panelAccount.leave')}
      </Button>
    );
  return (
    <div className={classes.form}>
      <p>{t(isAsked ? 'panelAccount.withdrawSure' : 'panelAccount.leaveSure', { name: link.name })}</p>
      <Refusal words={ask.failure} />
      <div className={classes.row}>
        <Button color="red.9" loading={ask.isPending} onClick={() => void go()}>
          {t(isAsked ? 'panelAccount.withdrawYes' : 'panelAccount.yes')}
        </Button>
        <Button variant="default" autoFocus onClick={() => setSure(false)}>
          {t('panelAccount.no')}
        </Button>
      </div>
    </div>
  );
}

function LinkCard({ link }: { link: OwnLink }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isOpen = link.status === 'requested' || link.status === 'approved';
  return (
    <li className={classes.card}>
      <div className={classes.row}>
        <strong>{link.name || t('panelAccount.someone')}</strong>
        <span className={classes.quiet}>{t(`panelAccount.relationship.${link.relationship}`)}</span>
      </div>
      <p>
        {t(`panelAccount.status.${link.status}`)}
        {'. '}
        <span className={classes.quiet}>
          {t('panelAccount.since', { date: format.dateTime(link.decidedAt ?? link.requestedAt) })}
        </span>
      </p>
      {link.reason !== null && (
        <p className={classes.notice}>{t('panelAccount.reason', { reason: link.reason })}</p>
      )}
      {link.status === 'refused' && link.byCode && link.reason === null && (
        <p className={classes.notice}>{t('panelAccount.codeLost')}</p>
      )}
      {link.certainty === 'provisional' && <p className={classes.quiet}>{t('panelAccount.toConfirm')}</p>}
      {link.certainty === 'parked' && <p className={classes.bad}>{t('panelAccount.refusedChange')}</p>}
      {isOpen && <Leave link={link} />}
    </li>
  );
}

/** Whom the account looks after, asked for and was refused. */
export function People() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('panel.links', {}, { every: askedAgain });
  return (
    <Page title={t('panelAccount.people')} back="/profile">
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.quiet}>{t('panelAccount.nobodyYet')}</p>}
      <ul className={classes.list}>
        {data?.map((link) => (
          <LinkCard key={link.id} link={link} />
        ))}
      </ul>
      <Button component={Link} href="/people/add">
        {t('panelAccount.addPerson')}
      </Button>
    </Page>
  );
}
