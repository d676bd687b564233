import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type PageProps, Page as PanelPage } from '#renderer/ui/panel/Page.tsx';
import parts from '#renderer/ui/panel/Parts.module.css';
import { useFresh } from './asking.ts';

/** A page about appointments: what it shows is asked for again when somebody comes to it. */
export function Page(props: PageProps) {
  useFresh();
  return <PanelPage {...props} />;
}

/** Says so while the centre is out of reach. */
export function LiveNotice({ live }: { live: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {live === false && (
        <div className={parts.notice} data-tone="waiting">
          <IconCloudOff size={20} aria-hidden />
          <div>{t('panelBooking.notLive')}</div>
        </div>
      )}
    </div>
  );
}
