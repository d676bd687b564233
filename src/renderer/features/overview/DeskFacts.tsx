import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import classes from './Overview.module.css';

/** How the workstation one sits at stands with the centre. */
export function DeskFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useCall('sync.status', {});
  const version = useCall('app.info', {}).data?.version;
  if (data === undefined) return null;
  const facts = [
    ['connection', t(`overview.desk.${data.connection}`)],
    ['contact', data.lastContact ? format.dateTime(data.lastContact) : t('overview.desk.never')],
    ['waiting', format.number(data.waiting)],
    ['parked', format.number(data.parked)],
    ['version', version ?? ''],
  ] as const;
  return (
    <section className={classes.panel}>
      <h2 className={classes.heading}>{t('overview.desk.title')}</h2>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`overview.desk.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
