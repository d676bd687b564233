import { create } from 'zustand';
import { useCall } from '#renderer/client/calls.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';

/** Whose appointments and record are looked at; null: the first, who is the account's own person. */
const useChosen = create<{ readonly id: string | null; choose(id: string): void }>()((set) => ({
  id: null,
  choose: (id) => set({ id }),
}));

/** Everybody the account looks after, and who of them is looked at; undefined while nobody is linked or it is not known yet. */
export function usePerson(): {
  readonly people: readonly OwnPerson[];
  readonly person: OwnPerson | undefined;
  readonly choose: (id: string) => void;
} {
  const people = useCall('panel.me', {}).data?.people ?? [];
  const { id, choose } = useChosen();
  return { people, person: people.find(({ patientId }) => patientId === id) ?? people[0], choose };
}
