import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { failureOf } from '#renderer/ui/panel/failure-of.ts';
import { NotYet } from '#renderer/ui/panel/NotYet.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { RequestLine } from '#renderer/ui/panel/RequestLine.tsx';
import { panelEvery } from '#renderer/ui/panel/usePages.ts';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useResultWords } from '#renderer/ui/useResultWords.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import { HomeCard } from './HomeCard.tsx';
import { NextAppointments } from './NextAppointments.tsx';

const every = { every: panelEvery };
/** What fits a glance; the places have the rest. */
const shown = 3;

/** What matters now, each leading to its place. */
export function HomeScreen() {
  const { t } = useTranslation();
  const { person } = usePerson();
  return (
    <Page title={person ? t('panelRecords.home.hello', { name: person.name }) : t('panel.place.home')}>
      {person && <NextAppointments patientId={person.patientId} />}
      <NotYet />
      {person?.approved && <OfRecord key={person.patientId} person={person} />}
    </Page>
  );
}

function OfRecord({ person }: { person: OwnPerson }) {
  const { patientId } = person;
  return (
    <>
      <Requests patientId={patientId} />
      <Results patientId={patientId} />
      <Medicines patientId={patientId} />
      <Balance patientId={patientId} />
    </>
  );
}

type Of = Pick<OwnPerson, 'patientId'>;

function Results({ patientId }: Of) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useResultWords();
  const { data, error } = useCall('panel.results', { patientId, limit: shown }, every);
  const empty = data?.shown
    ? t('panelRecords.home.noResults')
    : t('panelRecords.notShown', { kind: t('panelRecords.kind.results') });
  return (
    <HomeCard
      title={t('panelRecords.home.results')}
      href="/records/results"
      loading={data === undefined && !error}
      error={failureOf({ data, error })}
      empty={data?.items.length === 0 ? empty : null}
    >
      {data?.items.map((report) => (
        <li key={report.id} className={classes.line}>
          <span className={classes.name}>{words.test(report)}</span>
          {report.flag !== null && report.flag !== 'normal' && (
            <span className={classes.mark} data-tone={report.flag === 'critical' ? 'grave' : 'attention'}>
              {t(`panelRecords.flag.${report.flag}`)}
            </span>
          )}
          <span className={classes.about}>{format.day(report.effectiveAt)}</span>
        </li>
      ))}
    </HomeCard>
  );
}

function Medicines({ patientId }: Of) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useCall('panel.prescriptions', { patientId, limit: shown }, every);
  const empty = data?.shown
    ? t('panelRecords.home.noMedicines')
    : t('panelRecords.notShown', { kind: t('panelRecords.kind.prescriptions') });
  return (
    <HomeCard
      title={t('panelRecords.home.medicines')}
      href="/prescriptions"
      loading={data === undefined && !error}
      error={failureOf({ data, error })}
      empty={data?.items.length === 0 ? empty : null}
    >
      {data?.items.map(({ id, medication, strength, state, endDate }) => (
        <li key={id} className={classes.line}>
          <span className={classes.name}>{[medication, strength].filter(Boolean).join(' ')}</span>
          {state === 'active' ? (
            endDate !== null && (
              <span className={classes.about}>{t('panelRecords.until', { date: format.day(endDate) })}</span>
            )
          ) : (
            <span className={classes.mark} data-tone="attention">
              {t(`panelRecords.rx.state.${state}`)}
            </span>
          )}
        </li>
      ))}
    </HomeCard>
  );
}

function Balance({ patientId }: Of) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useCall('panel.invoices', { patientId, limit: 1 }, every);
  return (
    <HomeCard
      title={t('panelRecords.home.balance')}
      href="/billing"
      loading={data === undefined && !error}
      error={failureOf({ data, error })}
      empty={data?.open.length === 0 ? t('panelRecords.home.noBalance') : null}
    >
      {data?.open.map(({ currency, amount, invoices }) => (
        <li key={currency} className={classes.line}>
          <span className={classes.amount}>{format.money(amount, currency)}</span>
          <span className={classes.about}>{t('panelRecords.bill.of', { count: invoices })}</span>
        </li>
      ))}
    </HomeCard>
  );
}

/** What is under way; nothing where nothing is. */
function Requests({ patientId }: Of) {
  const { t } = useTranslation();
  const { data } = useCall('panel.requests', { patientId }, every);
  const open = data?.filter(({ status }) => status === 'requested') ?? [];
  if (open.length === 0) return null;
  return (
    <section className={classes.card} aria-label={t('panelRecords.home.requests')}>
      <div className={classes.head}>
        <h2>{t('panelRecords.home.requests')}</h2>
        <Link
          href="/records/request"
          className={classes.all ?? ''}
          aria-label={`${t('panelRecords.home.all')}: ${t('panelRecords.home.requests')}`}
        >
          {t('panelRecords.home.all')}
        </Link>
      </div>
      <ul className={classes.list}>
        {open.slice(0, shown).map((request) => (
          <li key={request.id}>
            <RequestLine request={request} />
          </li>
        ))}
      </ul>
    </section>
  );
}
