import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '#renderer/client/provider.tsx';
import { downloadFile } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from '#renderer/ui/panel/Parts.module.css';
import { usePages } from '#renderer/ui/panel/usePages.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { PanelDocument } from '#shared/contract/panel-records.ts';
import { partsOf } from '#shared/domain/documents/limits.ts';
import type { PartProps } from './part.ts';
import { Released } from './Released.tsx';

const endings: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
};

export function DocumentsPart({ patientId }: PartProps) {
  const pages = usePages('panel.documents', { patientId });
  return (
    <Released kind="documents" pages={pages}>
      <ul className={classes.list}>
        {pages.items.map((document) => (
          <Line key={document.id} patientId={patientId} document={document} />
        ))}
      </ul>
    </Released>
  );
}

function Line({ patientId, document }: PartProps & { readonly document: PanelDocument }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const { id, title, category, contentType, size, createdAt } = document;
  const open = async () => {
    setBusy(true);
    setSaid(t('panelRecords.opening'));
    try {
      const { file } = await client.call('panel.openDocument', { patientId, id });
      if (file !== 'here') return setSaid(t(`panelRecords.notHere.${file}`));
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for (let n = 0; n < partsOf(size); n += 1) {
        const { data } = await client.call('panel.documentBytes', { patientId, id, n });
        parts.push(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
      }
      downloadFile(`${title}${endings[contentType] ?? ''}`, new Blob(parts, { type: contentType }));
      setSaid('');
    } catch (failure) {
      setSaid(errorText(t, failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={classes.card}>
      <div className={classes.line}>
        <span className={classes.name}>{title}</span>
        <span className={classes.about}>
          {t(`documents.category.${category}`)} · {format.day(createdAt)}
        </span>
      </div>
      <div className={classes.actions}>
        <Button
          size="md"
          variant="default"
          loading={busy}
          aria-label={`${t('panelRecords.open')}: ${title}`}
          onClick={() => void open()}
        >
          {t('panelRecords.open')}
        </Button>
      </div>
      <div role="status">{said}</div>
    </li>
  );
}
