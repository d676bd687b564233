import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import type { KeyGroup } from '#renderer/ui/keys/registry.ts';
import { useKeyGroups } from '#renderer/ui/keys/useKeys.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import classes from './KeysOverlay.module.css';

/** Groups of the same title are one, the screen's own come first, and a key that is listed twice is shown once. */
function arranged(groups: readonly KeyGroup[]): readonly KeyGroup[] {
  const byTitle = new Map<string, KeyGroup>();
  for (const group of groups.toReversed()) {
    if (group.bindings.length === 0) continue;
    const known = byTitle.get(group.title)?.bindings ?? [];
    const added = group.bindings.filter((one) => !known.some((other) => other.keys === one.keys));
    byTitle.set(group.title, { title: group.title, bindings: [...known, ...added] });
  }
  return [...byTitle.values()];
}

/** What the keyboard can do on this screen at the moment. */
export function KeysOverlay({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const groups = arranged(useKeyGroups());
  const singleKeys = usePreferences((state) => state.singleKeys);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={720}
      centered
      classNames={{ content: classes.content ?? '' }}
      lockScroll={false}
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title>{t('app.keys.title')}</Modal.Title>
          <Modal.CloseButton aria-label={t('common.close')} />
        </div>
        <Modal.Body>
          <p className={classes.scan}>{t('app.scan.hint')}</p>
          {!singleKeys && <p className={classes.off}>{t('app.keys.off')}</p>}
          <div className={classes.groups}>
            {groups.map((group) => (
              <section key={group.title} className={classes.group}>
                <h3>{group.title}</h3>
                <dl>
                  {group.bindings.map((binding) => (
                    <div key={binding.keys + binding.label} className={classes.binding}>
                      <dt>{binding.label}</dt>
                      <dd>
                        {binding.keys.split('|').map((keys, index) => (
                          <span key={keys} className={classes.way}>
                            {index > 0 && <span className={classes.or}>/</span>}
                            <KeyHint keys={keys} />
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
