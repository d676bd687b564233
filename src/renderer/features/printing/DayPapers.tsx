import { SegmentedControl, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { type DayPaper, dayPapers, printPath } from '#renderer/ui/print-paths.ts';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import type { LocationId, PractitionerId } from '#shared/kernel/ids.ts';
import { daySection, phoneSection, type Words } from './day-sections.tsx';
import type { ListSection } from './ListPage.tsx';
import { Preview } from './Preview.tsx';
import { useImprint } from './useImprint.ts';
import { useListPages } from './useListPages.tsx';
import { useWords } from './useWords.ts';

interface DayPapersProps {
  readonly document: DayPaper;
  readonly date: string;
  /** The one doctor whose sheet it is; without one, everybody's. */
  readonly practitioner: PractitionerId | null;
}

/** What is printed of a day: each doctor's sheet, and whom to call. Of the site that is chosen above. */
export function DayPapers(props: DayPapersProps) {
  return props.document === 'day-sheet' ? <DaySheets {...props} /> : <PhoneList {...props} />;
}

const useSite = () => usePreferences((state) => state.siteId) as LocationId | null;

function DaySheets(props: DayPapersProps) {
  const { date, practitioner } = props;
  const words = useWords();
  const { t } = words;
  const board = useCall('appointments.board', { date, locationId: useSite() });
  const columns = board.data?.columns;
  const sections = useMemo(() => {
    if (!columns) return null;
    const chosen = columns.filter((one) => practitioner === null || one.practitionerId === practitioner);
    const some = chosen.map((column) => daySection(words, column));
    return some.length > 0 ? some : [nobody(words, date)];
  }, [columns, practitioner, words, date]);
  if (board.error) return <Failure failure={board.error} onRetry={() => void board.refetch()} />;
  return (
    <Lists
      {...props}
      sections={sections}
      notice={board.data?.complete === false ? t('printing.incomplete') : null}
      doctors={columns?.map(({ practitionerId, practitionerName }) => ({
        value: practitionerId,
        label: practitionerName,
      }))}
    />
  );
}

const nobody = ({ t, format }: Words, date: string): ListSection => ({
  key: 'nobody',
  title: t('printing.document.day-sheet'),
  about: format.day(date, 'full'),
  columns: [],
  lines: [],
  empty: t('printing.nobodyWorks'),
});

function PhoneList(props: DayPapersProps) {
  const { date } = props;
  const words = useWords();
  const list = useCall('appointments.phoneList', { date, locationId: useSite() });
  const sections = useMemo(
    () => list.data && [phoneSection(words, date, list.data)],
    [list.data, words, date],
  );
  if (list.error) return <Failure failure={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Lists
      {...props}
      sections={sections ?? null}
      notice={list.data?.complete === false ? words.t('printing.incomplete') : null}
    />
  );
}

interface ListsProps extends DayPapersProps {
  readonly sections: readonly ListSection[] | null;
  readonly notice: string | null;
  readonly doctors?: readonly { readonly value: string; readonly label: string }[] | undefined;
}

function Lists({ sections, notice, doctors, ...about }: ListsProps) {
  const setup = usePrintSetup(about.document);
  const { pages, measured } = useListPages(sections, setup.settings.paper, useImprint());
  return (
    <>
      {measured}
      <Preview setup={setup} tabs={<Choice {...about} doctors={doctors} />} notice={notice} pages={pages} />
    </>
  );
}

const everybody = '';

/** Which document of which day, and whose. */
function Choice({ document, date, practitioner, doctors }: DayPapersProps & Pick<ListsProps, 'doctors'>) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const user = useCurrentUser();
  const documents = dayPapers.filter(
    (one) => one !== 'phone-list' || mayCall(user, 'appointments.phoneList'),
  );
  const go = (to: Partial<DayPapersProps>) => {
    const next = { document, date, practitioner, ...to };
    navigate(printPath.day(next.document, next.date, next.practitioner), { replace: true });
  };
  useKeys(
    t('printing.title'),
    documents.map((one, index) => ({
      keys: String(index + 1),
      label: t(`printing.document.${one}`),
      run: () => go({ document: one }),
    })),
  );
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('printing.which')}
        value={document}
        data={documents.map((one) => ({ value: one, label: t(`printing.document.${one}`) }))}
        onChange={(one) => go({ document: one as DayPaper })}
        transitionDuration={80}
      />
      <DateField
        size="xs"
        width={136}
        ariaLabel={t('appointments.day.date')}
        value={date}
        onChange={(chosen) => chosen && go({ date: chosen })}
      />
      {doctors && (
        <Select
          size="xs"
          w={180}
          aria-label={t('printing.whose')}
          allowDeselect={false}
          data={[{ value: everybody, label: t('printing.everybody') }, ...doctors]}
          value={practitioner ?? everybody}
          onChange={(chosen) => go({ practitioner: (chosen || null) as PractitionerId | null })}
        />
      )}
    </>
  );
}
