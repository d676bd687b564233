import { Button, Menu } from '@mantine/core';
import { IconPencil, IconStar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { LineDraft } from './line-draft.ts';
import { groupsOf } from './template-groups.ts';
import { useTemplateLines } from './useTemplateLines.ts';

interface TemplatePickerProps {
  readonly onPick: (lines: readonly LineDraft[]) => void;
  /** To change, share or remove them. */
  readonly onManage: () => void;
}

/** Chooses a favourite or a set: its medicines become lines. */
export function TemplatePicker({ onPick, onManage }: TemplatePickerProps) {
  const { t } = useTranslation();
  const linesOf = useTemplateLines();
  const { data = [] } = useCall('prescriptions.templates', {});
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconStar size={14} stroke={1.8} />}>
          {t('prescribing.template.pick')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data.length === 0 && <Menu.Label>{t('prescribing.template.none')}</Menu.Label>}
        {groupsOf(data).map(([group, those]) => (
          <div key={group}>
            <Menu.Label>{t(`prescribing.template.group.${group}`)}</Menu.Label>
            {those.map((one) => (
              <Menu.Item key={one.id} onClick={() => void linesOf(one).then(onPick)}>
                {one.name}
              </Menu.Item>
            ))}
          </div>
        ))}
        {data.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPencil size={14} stroke={1.6} />} onClick={onManage}>
              {t('prescribing.template.manage')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
