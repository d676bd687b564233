import { useState } from 'react';
import { useCall } from '#renderer/client/calls.ts';
import type { MedicineView } from '#shared/contract/formulary.ts';

type After = { readonly name: string; readonly id: string };

/** Medicines by name, page after page, or those that fit a text; what was fetched stays when more comes. */
export function useMedicines(text: string) {
  const [pages, setPages] = useState<{
    readonly text: string;
    readonly kept: readonly MedicineView[];
    readonly after: After | null;
  }>({
    text,
    kept: [],
    after: null,
  });
  const here = pages.text === text ? pages : { text, kept: [], after: null };
  const page = useCall('formulary.list', { text, after: here.after }, { keepPrevious: true });
  const isCurrent = page.data !== undefined && !page.isPlaceholderData;
  const medicines =
    isCurrent || here.after === null ? [...here.kept, ...(page.data?.medicines ?? [])] : here.kept;
  const next = () => {
    const last = page.data?.medicines.at(-1);
    if (!isCurrent || !page.data.more || last === undefined) return;
    setPages({ text, kept: medicines, after: { name: last.name, id: last.id } });
  };
  return {
    medicines,
    total: page.data?.total ?? null,
    error: page.error,
    retry: () => void page.refetch(),
    next,
  };
}
