import { useTranslation } from 'react-i18next';
import { formatPhone } from '#renderer/ui/format-phone.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { LinkRequest } from '#shared/contract/panel-desk.ts';
import { fullName } from '#shared/domain/patients/name.ts';
import classes from './Requests.module.css';

/** Who asks, and what they said of the person. */
export function Asked({ request }: { request: LinkRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patient, accountName, accountEmail, relationship, note, appointments } = request;
  const address = [patient.addressLine, patient.city].filter(Boolean).join(', ');
  const facts: readonly (readonly [string, string | null])[] = [
    [t('panelDesk.request.account'), `${accountName} · ${accountEmail}`],
    [t('panelDesk.request.as'), t(`panelDesk.relationship.${relationship}`)],
    [t('patients.name'), fullName(patient)],
    [t('patients.birthDate'), patient.birthDate && format.day(patient.birthDate)],
    [t('patients.phone'), patient.phone && formatPhone(patient.phone)],
    [t('patients.email'), patient.email === accountEmail ? null : patient.email],
    [t('patients.address'), address],
    [t('panelDesk.request.note'), note],
    [t('panelDesk.request.record'), patient.mrn],
    [t('panelDesk.request.booked'), t('panelDesk.request.appointments', { count: appointments })],
  ];
  return (
    <section className={classes.side} aria-labelledby="what-was-asked">
      <h3 id="what-was-asked" className={classes.title}>
        {t('panelDesk.request.asked')}
      </h3>
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} className={classes.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
