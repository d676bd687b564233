import { Button } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import type { PatientId } from '#shared/kernel/ids.ts';
import { patientBillPath } from './paths.ts';

/** The way from a patient to what is to be billed. */
export function PatientBills({ patient }: { readonly patient: { readonly id: PatientId } }) {
  const { t } = useTranslation();
  if (!mayCall(useCurrentUser(), 'invoices.openCharges')) return null;
  return (
    <p>
      <Button
        component={Link}
        href={patientBillPath(patient.id)}
        size="xs"
        variant="default"
        leftSection={<IconReceipt size={16} stroke={1.6} aria-hidden />}
      >
        {t('billing.ofPatient')}
      </Button>
    </p>
  );
}
