import { useMemo } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import { type CallFilter, isWithin } from '#renderer/ui/call-words.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { usePrintSetup } from '#renderer/ui/printing/usePrintSetup.ts';
import { callSection } from './day-sections.tsx';
import { Preview } from './Preview.tsx';
import { useImprint } from './useImprint.ts';
import { useListPages } from './useListPages.tsx';
import { useWords } from './useWords.ts';

/** The patients to tell of another time, to be called with paper and pen. */
export function CallList({ day, practitionerId }: CallFilter) {
  const words = useWords();
  const setup = usePrintSetup('call-list');
  const { data, error, refetch } = useCall('calls.list', {});
  const sections = useMemo(
    () =>
      data
        ? [
            callSection(
              words,
              data.filter((entry) => isWithin(entry, { day, practitionerId })),
            ),
          ]
        : null,
    [data, words, day, practitionerId],
  );
  const { pages, measured } = useListPages(sections, setup.settings.paper, useImprint());
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <>
      {measured}
      <Preview setup={setup} pages={pages} />
    </>
  );
}
