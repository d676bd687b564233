import { Button } from '@mantine/core';
import { IconChevronRight, IconDownload } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { keepFile } from '#renderer/ui/panel/keep-file.ts';
import { NotYet } from '#renderer/ui/panel/NotYet.tsx';
import { Notice, Page } from '#renderer/ui/panel/Page.tsx';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { AccessLogPart } from './AccessLogPart.tsx';
import { AllergiesPart } from './AllergiesPart.tsx';
import { ConditionsPart } from './ConditionsPart.tsx';
import { DocumentsPart } from './DocumentsPart.tsx';
import { ImmunizationsPart } from './ImmunizationsPart.tsx';
import { NotesPart } from './NotesPart.tsx';
import type { PartProps } from './part.ts';
import { RequestPart } from './RequestPart.tsx';
import { ResultHistory } from './ResultHistory.tsx';
import { ResultsPart } from './ResultsPart.tsx';
import { VitalsPart } from './VitalsPart.tsx';

const parts = {
  allergies: AllergiesPart,
  conditions: ConditionsPart,
  results: ResultsPart,
  vitals: VitalsPart,
  notes: NotesPart,
  documents: DocumentsPart,
  immunizations: ImmunizationsPart,
} as const satisfies Readonly<Record<string, ComponentType<PartProps>>>;
type PartName = keyof typeof parts;
const partNames = Object.keys(parts) as readonly PartName[];
const isPart = (name: string | undefined): name is PartName => partNames.some((part) => part === name);

/** A health record, one part on a screen: what the clinic shows of it, who looked at it, and what can be asked for. */
export function RecordsScreen() {
  const { t } = useTranslation();
  const [location] = useLocation();
  const { person } = usePerson();
  if (!person?.approved)
    return (
      <Page title={t('panelRecords.title')}>
        <NotYet />
      </Page>
    );
  const { patientId } = person;
  const [, , name, more] = location.split('/');
  if (name === 'results' && more !== undefined)
    return (
      <ResultHistory key={`${patientId} ${more}`} patientId={patientId} code={decodeURIComponent(more)} />
    );
  if (name === 'access') return <AccessLogPart key={patientId} patientId={patientId} />;
  if (name === 'request') return <RequestPart key={patientId} patientId={patientId} />;
  if (isPart(name)) {
    const Part = parts[name];
    return (
      <Page title={t(`panelRecords.kind.${name}`)} back="/records">
        <Part key={patientId} patientId={patientId} />
      </Page>
    );
  }
  return <Overview key={patientId} patientId={patientId} name={person.name} />;
}

function Overview({ patientId, name }: PartProps & { readonly name: string }) {
  const { t } = useTranslation();
  const releases = useCall('panel.releases', { patientId }).data?.kinds;
  return (
    <Page title={t('panelRecords.title')}>
      <p className={classes.quiet}>{t('panelRecords.intro', { name })}</p>
      <nav aria-label={t('panelRecords.sections')}>
        <ul className={classes.links}>
          {partNames.map((part) => (
            <Entry
              key={part}
              href={`/records/${part}`}
              name={t(`panelRecords.kind.${part}`)}
              about={
                releases?.[part] === false ? t('panelRecords.withheld') : t(`panelRecords.plainKind.${part}`)
              }
            />
          ))}
        </ul>
      </nav>
      <Download patientId={patientId} />
      <nav aria-label={t('panelRecords.request')}>
        <ul className={classes.links}>
          <Entry
            href="/records/request"
            name={t('panelRecords.request')}
            about={t('panelRecords.requestHint')}
          />
          <Entry href="/records/access" name={t('panelRecords.log')} about={t('panelRecords.logHint')} />
        </ul>
      </nav>
    </Page>
  );
}

function Entry({ href, name, about }: { href: string; name: string; about: string }) {
  return (
    <li>
      <Link href={href} className={classes.link ?? ''}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.about}>{about}</span>
        </span>
        <IconChevronRight size={20} aria-hidden="true" />
      </Link>
    </li>
  );
}

function Download({ patientId }: PartProps) {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  const make = useCommand('panel.summary');
  const [problem, setProblem] = useState<string | null>(null);
  const download = async () => {
    setProblem(null);
    try {
      keepFile(await make.mutateAsync({ patientId, language }));
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  return (
    <>
      <Button
        size="md"
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden="true" />}
        loading={make.isPending}
        onClick={() => void download()}
      >
        {t('panelRecords.download')}
      </Button>
      <div role="status">{make.isPending ? t('panelRecords.downloading') : ''}</div>
      {problem !== null && <Notice>{problem}</Notice>}
    </>
  );
}
