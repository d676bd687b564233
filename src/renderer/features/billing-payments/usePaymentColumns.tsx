import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '#renderer/ui/CertaintyMark.tsx';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PaymentView } from '#shared/contract/payments.ts';

const isBack = ({ kind }: PaymentView): boolean => kind === 'refund' || kind === 'deposit-release';

/** The ledger as a table: of one patient, or of everybody on a day. */
export function usePaymentColumns(of: 'patient' | 'day'): readonly TableColumn<PaymentView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'time',
      header: t('payments.column.time'),
      width: of === 'day' ? 'minmax(64px, 0.6fr)' : 'minmax(120px, 1fr)',
      tabular: true,
      cell: ({ paidAt }) => (of === 'day' ? format.time(paidAt) : format.dateTime(paidAt)),
    },
    {
      key: 'receipt',
      header: t('payments.column.receipt'),
      width: 'minmax(72px, 0.6fr)',
      tabular: true,
      cell: ({ receiptNumber, certainty }) => (
        <>
          {receiptNumber} <CertaintyMark certainty={certainty} quiet />
        </>
      ),
    },
    ...(of === 'day'
      ? [
          {
            key: 'who',
            header: t('payments.column.who'),
            width: 'minmax(100px, 1.4fr)',
            cell: ({ patientName }: PaymentView) => <bdi dir="auto">{patientName}</bdi>,
          },
        ]
      : []),
    {
      key: 'what',
      header: t('payments.column.what'),
      width: 'minmax(100px, 1.4fr)',
      cell: ({ kind, invoice }) => [t(`payments.kind.${kind}`), invoice?.number].filter(Boolean).join(' · '),
    },
    {
      key: 'method',
      header: t('payments.column.method'),
      width: 'minmax(0, 1.2fr)',
      cell: ({ method, reference }) =>
        [t(`payments.method.${method}`), reference].filter(Boolean).join(' · '),
    },
    {
      key: 'amount',
      header: t('payments.column.amount'),
      width: 'minmax(96px, 0.9fr)',
      align: 'end',
      tabular: true,
      cell: (row) => format.money(isBack(row) ? -row.amount : row.amount, row.currency),
    },
    {
      key: 'by',
      header: t('payments.column.by'),
      width: 'minmax(0, 1fr)',
      cell: ({ recordedBy }) => recordedBy ?? '',
    },
  ];
}
