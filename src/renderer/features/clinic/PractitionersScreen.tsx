import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import type { PractitionerRecord } from '#shared/contract/clinic.ts';
import { practitionerColours } from '#shared/domain/clinic/colours.ts';
import classes from './ClinicScreens.module.css';
import { PractitionerSheet, type RenderAbsence } from './PractitionerSheet.tsx';

const hueOf = ({ colour }: PractitionerRecord) =>
  colour === null ? undefined : practitionerColours.indexOf(colour);

function useColumns(): readonly TableColumn<PractitionerRecord>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      header: t('clinic.practitioner.name'),
      width: 'minmax(180px, 1.4fr)',
      cell: (row) => (
        <span className={`hue ${classes.name}`} data-hue={hueOf(row)} data-off={!row.active || undefined}>
          {[row.prefix, row.given, row.family].filter(Boolean).join(' ')}
        </span>
      ),
    },
    {
      key: 'speciality',
      header: t('clinic.practitioner.speciality'),
      width: 'minmax(140px, 1fr)',
      cell: ({ speciality, furtherSpecialities }) => [speciality, ...furtherSpecialities].join(', '),
    },
    {
      key: 'licence',
      header: t('clinic.practitioner.licenceNumber'),
      width: 'minmax(110px, 0.7fr)',
      tabular: true,
      cell: ({ licenceNumber }) => licenceNumber ?? '',
    },
    {
      key: 'sites',
      header: t('clinic.practitioner.sites'),
      width: 'minmax(160px, 1.2fr)',
      cell: ({ active, sites }) =>
        active ? (
          sites.join(', ') || <span className={classes.quiet}>{t('clinic.practitioner.noHoursShort')}</span>
        ) : (
          <span className={classes.quiet}>{t('clinic.practitioner.gone')}</span>
        ),
    },
  ];
}

/** The doctors of the clinic, those who left too. */
export function PractitionersScreen({ renderAbsence }: { readonly renderAbsence: RenderAbsence }) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { data, error, refetch } = useCall('clinic.practitioners', {});
  const mayAdd = mayCall(useCurrentUser(), 'clinic.addPractitioner');
  // `null` is a new one; undefined: the sheet is closed.
  const [sheet, openSheet] = useState<PractitionerRecord | null>();
  const add = () => openSheet(null);
  useKeys(t('clinic.practitioner.title'), [
    {
      keys: 'n',
      label: t('clinic.practitioner.add'),
      run: add,
      enabled: mayAdd && sheet === undefined,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('clinic.practitioner.title')}</h1>
        {mayAdd && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            rightSection={<KeyHint keys="n" quiet />}
            onClick={add}
          >
            {t('clinic.practitioner.add')}
          </Button>
        )}
      </div>
      <div className={classes.list}>
        <DataTable
          label={t('clinic.practitioner.title')}
          rows={data ?? []}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={openSheet}
          empty={data && <NoPractitioners onAdd={mayAdd ? add : undefined} />}
        />
      </div>
      {sheet !== undefined && (
        <PractitionerSheet
          key={sheet?.id ?? 'new'}
          practitioner={sheet}
          renderAbsence={renderAbsence}
          onClose={() => openSheet(undefined)}
        />
      )}
    </div>
  );
}

/** A clinic begins with where it is. */
function NoPractitioners({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const maySee = mayCall(useCurrentUser(), 'clinic.places');
  const { data } = useCall('clinic.places', {}, { enabled: maySee });
  if (data?.length !== 0)
    return (
      <EmptyState
        text={t('clinic.practitioner.none')}
        action={onAdd && <Button onClick={onAdd}>{t('clinic.practitioner.add')}</Button>}
      />
    );
  return (
    <EmptyState
      text={t('clinic.practitioner.noSite')}
      action={
        <Button variant="default" onClick={() => navigate('/places')}>
          {t('clinic.practitioner.toPlaces')}
        </Button>
      }
    />
  );
}
