import { downloadFile } from '#renderer/ui/download.ts';

/** Hands a file that came in base64 to the person. */
export const keepFile = (file: {
  readonly name: string;
  readonly contentType: string;
  readonly data: string;
}): void => {
  const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0));
  downloadFile(file.name, new Blob([bytes], { type: file.contentType }));
};
