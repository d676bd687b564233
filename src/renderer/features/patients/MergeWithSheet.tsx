import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { PatientPicker } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import type { PatientId } from '#shared/kernel/ids.ts';

/** Finds the other record of a person; then both are shown. */
export function MergeWithSheet({ id, onClose }: { id: PatientId; onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <SideSheet title={t('duplicates.mergeWith')} onClose={onClose}>
      <p>{t('duplicates.mergeWithHint')}</p>
      <PatientPicker autoFocus onPick={(other) => navigate(`/patients/${id}/merge/${other.id}`)} />
    </SideSheet>
  );
}
