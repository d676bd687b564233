/** Hands a file to the person: the browser keeps it among its downloads, the desktop asks where to. */
export function downloadFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Hands a text to the person as a file. */
export const download = (name: string, text: string, type: string): void =>
  downloadFile(name, new Blob([text], { type }));
