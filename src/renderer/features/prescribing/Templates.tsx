import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconStar, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { useClient } from '#renderer/client/provider.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PrescriptionTemplate } from '#shared/contract/prescriptions.ts';
import { emptyLine, fromTemplate, type LineDraft } from './line-draft.ts';
import classes from './Prescribing.module.css';
import { useRxWords } from './useRxWords.ts';
import { nextKey } from './useWriting.ts';

/** Chooses a favourite or a set: its medicines become lines. */
export function TemplatePicker({ onPick }: { onPick: (lines: readonly LineDraft[]) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { today } = useFormat();
  const { language } = useRxWords();
  const drop = useCommand('prescriptions.dropTemplate');
  const { data = [] } = useCall('prescriptions.templates', {});
  const pick = async ({ items }: PrescriptionTemplate) => {
    const ids = items.flatMap(({ medicineId }) => medicineId ?? []);
    const medicines = ids.length > 0 ? await client.call('prescriptions.medicines', { ids }) : [];
    onPick(
      items.map((item) => {
        const medicine = medicines.find(({ id }) => id === item.medicineId) ?? null;
        return fromTemplate(emptyLine(today(), nextKey()), item, medicine, language);
      }),
    );
  };
  const remove = async ({ id, name }: PrescriptionTemplate) => {
    await drop.mutateAsync({ id });
    toast(t('prescribing.template.dropped', { name }));
  };
  const groups = [
    ['favourite', t('prescribing.template.favourites')],
    ['order-set', t('prescribing.template.sets')],
  ] as const;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconStar size={14} stroke={1.8} />}>
          {t('prescribing.template.pick')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data.length === 0 && <Menu.Label>{t('prescribing.template.none')}</Menu.Label>}
        {groups.map(([kind, title]) => {
          const those = data.filter((one) => one.kind === kind);
          return those.length === 0 ? null : (
            <div key={kind}>
              <Menu.Label>{title}</Menu.Label>
              {those.map((one) => (
                <div key={one.id} className={classes.head}>
                  <Menu.Item onClick={() => void pick(one)}>{one.name}</Menu.Item>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('prescribing.template.drop', { name: one.name })}
                    onClick={() => void remove(one)}
                  >
                    <IconTrash size={14} stroke={1.6} />
                  </ActionIcon>
                </div>
              ))}
            </div>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
