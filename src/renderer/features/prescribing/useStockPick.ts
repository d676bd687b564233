import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import type { StockPick, StockProposal } from '#shared/contract/prescriptions.ts';
import { readQuantity } from '#shared/domain/stock/quantity.ts';
import type { LocationId, PrescriptionId, StockItemId } from '#shared/kernel/ids.ts';

const typingPause = 80;

interface Chosen {
  readonly locationId: LocationId | null;
  /** Null: the item of the medicine. */
  readonly itemId: StockItemId | null;
  /** It does not come from the stock room. */
  readonly without: boolean;
  /** What is taken of which batch, as it was typed; null: as proposed. */
  readonly takes: Readonly<Record<string, string>> | null;
  readonly substitution: string;
  readonly beyond: boolean;
}

const asProposed: Chosen = {
  locationId: null,
  itemId: null,
  without: false,
  takes: null,
  substitution: '',
  beyond: false,
};

const proposedTakes = ({ batches }: StockProposal): Readonly<Record<string, string>> =>
  Object.fromEntries(batches.map(({ id, take }) => [id, take > 0 ? String(take) : '']));

/** What is taken of each batch; null where something typed is no quantity. */
const partsOf = (takes: Readonly<Record<string, string>>, { batches }: StockProposal) => {
  const parts = batches.flatMap(({ id }) => {
    const typed = (takes[id] ?? '').trim();
    if (typed === '' || typed === '0') return [];
    const read = readQuantity(typed);
    return [{ batchId: id, quantity: read.ok ? read.value : null }];
  });
  return parts.flatMap(({ batchId, quantity }) => (quantity === null ? [] : [{ batchId, quantity }])).length <
    parts.length
    ? null
    : parts.map(({ batchId, quantity }) => ({ batchId, quantity: quantity ?? 0 }));
};

type Wrong = Readonly<Record<string, string>>;

/** A proposal with what somebody has chosen of it. */
const seenOf = (chosen: Chosen, proposal: StockProposal | null) => {
  const item = proposal?.items.find((one) => one.id === proposal.itemId) ?? null;
  const takes = chosen.takes ?? (proposal ? proposedTakes(proposal) : {});
  const parts = proposal === null ? [] : partsOf(takes, proposal);
  return {
    proposal,
    item,
    takes,
    parts,
    taken: (parts ?? []).reduce((sum, part) => sum + part.quantity, 0),
    isOther: item !== null && !item.prescribed,
    isUsed: proposal !== null && item !== null && !chosen.without,
  };
};

type Seen = ReturnType<typeof seenOf>;

const problemsOf = (chosen: Chosen, { proposal, parts, taken, isOther, isUsed }: Seen): Wrong => {
  if (!isUsed || proposal === null) return {};
  const isSum = taken > 0 && (proposal.wanted === null || taken === proposal.wanted);
  return {
    ...(isOther && chosen.substitution.trim() === '' && { substitution: 'required' }),
    ...(parts === null ? { stock: 'whole-number' } : !isSum && { stock: 'sum' }),
  };
};

const pickOf = (chosen: Chosen, { proposal, item, parts, isOther, isUsed }: Seen): StockPick | null =>
  isUsed && item !== null && proposal !== null && proposal.locationId !== null
    ? {
        locationId: proposal.locationId,
        itemId: item.id,
        parts: parts ?? [],
        substitution: isOther ? chosen.substitution : '',
        beyond: chosen.beyond,
      }
    : null;

/** What of the stock room is handed out for a prescription: the batches proposed, or others that somebody chooses. */
export function useStockPick(id: PrescriptionId, quantity: string) {
  const client = useClient();
  const [chosen, setChosen] = useHeldState<Chosen>(`dispense stock ${id}`, asProposed);
  const [settled] = useDebouncedValue(quantity.slice(0, 40), typingPause);
  const { locationId, itemId } = chosen;
  const { data, isPlaceholderData } = useCall(
    'prescriptions.stock',
    { id, quantity: settled, locationId, itemId },
    { keepPrevious: true },
  );
  const proposal = data ?? null;
  const isBehind = isPlaceholderData || settled !== quantity.slice(0, 40);
  const seen = seenOf(chosen, proposal);
  /** What is handed out of the quantity as it is typed now, whatever is shown yet; what is wrong with it by field. */
  const decide = async (): Promise<{ readonly wrong: Wrong; readonly pick: StockPick | null }> => {
    const now =
      isBehind && !chosen.without
        ? await client.call('prescriptions.stock', {
            id,
            quantity: quantity.slice(0, 40),
            locationId,
            itemId,
          })
        : proposal;
    const of = seenOf(chosen, now);
    return { wrong: problemsOf(chosen, of), pick: pickOf(chosen, of) };
  };
  return {
    ...seen,
    chosen,
    decide,
    change: (more: Partial<Chosen>) => setChosen({ ...chosen, ...more }),
    /** Another quantity, store or item: what was chosen of the batches is proposed anew. */
    anew: (more: Partial<Chosen> = {}) => setChosen({ ...chosen, ...more, takes: null, beyond: false }),
  };
}

export type StockPicking = ReturnType<typeof useStockPick>;
