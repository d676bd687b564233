import { photoLimits } from '#shared/domain/patients/particulars.ts';

/** What a browser can read and a camera or scanner writes. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** A file of more bytes than any camera makes is no portrait. */
const mostBytes = 20_000_000;
/** Tried one after the other until the picture fits. */
const qualities = [0.85, 0.7, 0.55, 0.4] as const;
const sizes = [1, 0.75, 0.5] as const;

export type PhotoRead =
  | { readonly ok: true; readonly data: string }
  | { readonly ok: false; readonly problem: 'photo' | 'photo-too-large' };

/** Drawn anew, so that nothing but the picture is kept: no place, no camera, no other file behind it. */
const drawn = (picture: ImageBitmap, part: number): HTMLCanvasElement | null => {
  const scale = part * Math.min(1, photoLimits.width / picture.width, photoLimits.height / picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const fitting = (picture: ImageBitmap): string | null => {
  for (const size of sizes) {
    const canvas = drawn(picture, size);
    for (const quality of qualities) {
      const data = canvas?.toDataURL('image/jpeg', quality).split(',')[1] ?? '';
      if (data !== '' && data.length <= photoLimits.characters) return data;
    }
  }
  return null;
};

/** A chosen file as a small JPEG in base64, or what is wrong with it. */
export const readPhoto = async (file: File): Promise<PhotoRead> => {
  if (file.size > mostBytes) return { ok: false, problem: 'photo-too-large' };
  if (!(photoTypes as readonly string[]).includes(file.type)) return { ok: false, problem: 'photo' };
  try {
    const picture = await createImageBitmap(file);
    const data = fitting(picture);
    picture.close();
    return data === null ? { ok: false, problem: 'photo' } : { ok: true, data };
  } catch {
    // Named like a picture, but none.
    return { ok: false, problem: 'photo' };
  }
};

/** For `src`. */
export const photoUrl = (data: string, contentType = 'image/jpeg'): string =>
  `data:${contentType};base64,${data}`;
