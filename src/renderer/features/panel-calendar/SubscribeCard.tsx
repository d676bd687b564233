import { Button, TextInput } from '@mantine/core';
import { IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { subscribeLink } from '#shared/domain/calendar/add-links.ts';
import classes from './Calendar.module.css';

/** The address, this once: to be copied, or opened by a calendar program. */
function NewAddress({ address }: { readonly address: string }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () => {
    field.current?.select();
    // The clipboard itself is closed to pages.
    setCopied(document.execCommand('copy'));
  };
  return (
    <>
      <p role="status">{t('panelCalendar.subscribe.once')}</p>
      <TextInput
        ref={field}
        size="md"
        readOnly
        autoFocus
        label={t('panelCalendar.subscribe.address')}
        value={address}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div className={classes.buttons}>
        <Button size="md" leftSection={<IconCopy size={20} stroke={1.6} aria-hidden />} onClick={copy}>
          {t('panelCalendar.subscribe.copy')}
        </Button>
        <Button
          size="md"
          variant="default"
          component="a"
          href={subscribeLink(address)}
          leftSection={<IconExternalLink size={20} stroke={1.6} aria-hidden />}
        >
          {t('panelCalendar.subscribe.open')}
        </Button>
      </div>
      <p className={classes.quiet} role="status">
        {copied !== null &&
          t(copied ? 'panelCalendar.subscribe.copied' : 'panelCalendar.subscribe.notCopied')}
      </p>
    </>
  );
}

/** What cannot be taken back is asked about where it is said. */
function Ask(props: {
  readonly question: string;
  readonly yes: string;
  readonly loading: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <p role="alert">{props.question}</p>
      <div className={classes.buttons}>
        <Button size="md" autoFocus loading={props.loading} onClick={props.onYes}>
          {props.yes}
        </Button>
        <Button size="md" variant="default" onClick={props.onNo}>
          {t('panelCalendar.subscribe.keep')}
        </Button>
      </div>
    </div>
  );
}

/** All appointments of the account at a secret address: made, shown once, ended. */
export function SubscribeCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const format = useFormat();
  const feed = useCall('panelCalendar.feed', {});
  const create = useCommand('panelCalendar.create');
  const revoke = useCommand('panelCalendar.revoke');
  const [address, setAddress] = useState<string | null>(null);
  const [asked, setAsked] = useState<'another' | 'stop' | null>(null);
  const again = () => {
    setAsked(null);
    return queries.invalidateQueries({ queryKey: ['panelCalendar.feed'] });
  };
  const make = () =>
    create.mutate(
      {},
      {
        onSuccess: ({ path }) => {
          setAddress(new URL(path, window.location.origin).href);
          void again();
        },
      },
    );
  const stop = () =>
    revoke.mutate(
      {},
      {
        onSuccess: () => {
          setAddress(null);
          void again();
        },
      },
    );
  const failure = feed.error ?? create.error ?? revoke.error;
  const ways = { another: make, stop } as const;
  return (
    <section className={classes.card} aria-labelledby="calendar-subscribe">
      <h2 id="calendar-subscribe">{t('panelCalendar.subscribe.title')}</h2>
      <p>{t('panelCalendar.subscribe.what')}</p>
      {failure && <Failure failure={failure} onRetry={() => void feed.refetch()} />}
      {address !== null && <NewAddress key={address} address={address} />}
      {feed.data === null && (
        <Button size="md" loading={create.isPending} onClick={make}>
          {t('panelCalendar.subscribe.create')}
        </Button>
      )}
      {feed.data && address === null && (
        <p>{t('panelCalendar.subscribe.since', { date: format.dateTime(feed.data.createdAt) })}</p>
      )}
      {feed.data && asked === null && (
        <div className={classes.buttons}>
          <Button size="md" variant="default" onClick={() => setAsked('another')}>
            {t('panelCalendar.subscribe.another')}
          </Button>
          <Button size="md" variant="default" onClick={() => setAsked('stop')}>
            {t('panelCalendar.subscribe.stop')}
          </Button>
        </div>
      )}
      {feed.data && asked !== null && (
        <Ask
          question={t(`panelCalendar.subscribe.${asked}Ask`)}
          yes={t(`panelCalendar.subscribe.${asked}`)}
          loading={create.isPending || revoke.isPending}
          onYes={ways[asked]}
          onNo={() => setAsked(null)}
        />
      )}
    </section>
  );
}
