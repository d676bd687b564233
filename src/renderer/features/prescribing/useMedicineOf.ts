import { useCall } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { PrescribedMedicineView, PrescriptionView } from '#shared/contract/prescriptions.ts';

interface MedicineOf {
  /** Null for words of somebody's own; undefined as long as it is not known. */
  readonly medicine: PrescribedMedicineView | null | undefined;
  /** Waits until it is. */
  readonly askMedicine: () => Promise<PrescribedMedicineView | null>;
}

/** The medicine of a prescription that is looked at, read with it: what answers the prescription then opens with the key. */
export function useMedicineOf(prescription: Pick<PrescriptionView, 'medicineId'> | null): MedicineOf {
  const user = useCurrentUser();
  const id = prescription?.medicineId ?? null;
  const { data, refetch } = useCall(
    'prescriptions.medicines',
    { ids: id === null ? [] : [id] },
    { enabled: id !== null && mayCall(user, 'prescriptions.medicines') },
  );
  return {
    medicine: id === null ? null : data && (data[0] ?? null),
    askMedicine: async () => (await refetch()).data?.[0] ?? null,
  };
}
