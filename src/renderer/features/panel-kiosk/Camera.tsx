import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMrn } from '#shared/domain/patients/mrn.ts';
import { codeReader } from './code-reader.ts';
import classes from './Kiosk.module.css';

interface CameraProps {
  readonly onRead: (mrn: string) => void;
  readonly onClose: () => void;
}

/** How often a picture is looked at, milliseconds. */
const pause = 200;

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** Shows what the camera sees until there is a record number in it. No picture leaves this page. */
export function Camera({ onRead, onClose }: CameraProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const read = useRef(onRead);
  useEffect(() => {
    read.current = onRead;
  });
  useEffect(() => {
    const reader = codeReader();
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = async () => {
      const element = video.current;
      if (over || element === null || reader === null) return;
      const found = await reader.detect(element).catch(() => []);
      const mrn = found.map(({ rawValue }) => parseMrn(rawValue)).find((one) => one !== null);
      if (over) return;
      if (mrn) read.current(mrn);
      else timer = setTimeout(() => void look(), pause);
    };
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
        const element = video.current;
        if (over || element === null) return stop(stream);
        element.srcObject = stream;
        await element.play();
        await look();
      } catch {
        setFailed(true);
      }
    };
    void open();
    return () => {
      over = true;
      clearTimeout(timer);
      if (stream) stop(stream);
    };
  }, []);
  return (
    <div className={classes.camera}>
      {failed ? (
        <p role="alert" className={classes.text}>
          {t('kiosk.number.cameraFailed')}
        </p>
      ) : (
        <video ref={video} muted playsInline aria-label={t('kiosk.number.cameraView')} />
      )}
      <Button variant="default" className={classes.small ?? ''} onClick={onClose}>
        {t('kiosk.number.cameraOff')}
      </Button>
    </div>
  );
}
