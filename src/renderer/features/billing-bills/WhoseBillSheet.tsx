import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { PatientPicker } from '#renderer/ui/PatientPicker.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { patientBillPath } from './paths.ts';

/** Whose bill is to be made. */
export function WhoseBillSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <SideSheet title={t('billing.new')} onClose={onClose}>
      <PatientPicker autoFocus onPick={({ id }) => navigate(patientBillPath(id))} />
    </SideSheet>
  );
}
