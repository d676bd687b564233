const allowed = new Set(['https:', 'mailto:']);

/**
 * The address as the system's browser or mail program may get it, or null. Only https and mailto, and no
 * `https://user:password@host`, which is a trick to make one host look like another.
 */
export const externalAddress = (address: string): string | null => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!allowed.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
};
